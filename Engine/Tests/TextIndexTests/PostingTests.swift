import Evaluation
import Testing

@testable import TextIndex

@Suite("TextIndex: postings")
struct PostingTests {
    /// Documents and impacts as they are read back.
    private func decoded(_ bytes: [UInt8], count: Int, documents: Int) -> (isWhole: Bool, [UInt32], [UInt8]) {
        var found: ([UInt32], [UInt8]) = ([], [])
        let isWhole = bytes.withUnsafeBytes { bytes in
            let list = PostingList(
                bytes: UnsafeRawBufferPointer(rebasing: bytes.dropLast(PostingBlock.slack)), count: count,
                documents: documents)
            return list.forEachBlock { documents, impacts, count in
                found.0 += UnsafeBufferPointer(start: documents, count: count)
                found.1 += UnsafeBufferPointer(start: impacts, count: count)
            }
        }
        return (isWhole, found.0, found.1)
    }

    private func encoded(_ documents: [UInt32], _ impacts: [UInt8]) -> [UInt8] {
        documents.withUnsafeBufferPointer { documents in
            let size = PostingBlock.size(of: documents)
            var bytes = [UInt8](repeating: 0, count: size + PostingBlock.slack)
            bytes.withUnsafeMutableBytes { bytes in
                let end = PostingBlock.encode(documents, impacts, to: bytes.baseAddress!)
                #expect(end == bytes.baseAddress! + size)
            }
            return bytes
        }
    }

    /// Gaps of each number of bits, in lists that end before, at and after
    /// the border of a block.
    @Test func listsOfEveryLengthAndGapComeBack() {
        var random = SeededGenerator(seed: 92)
        for bits in 0...30 {
            for count in [1, 2, 7, 127, 128, 129, 255, 256, 257, 400] where count << bits < 1 << 31 {
                var documents: [UInt32] = []
                var last: UInt32?
                for place in 0..<count {
                    // The largest gap there is room for, and the smallest, too.
                    let most = UInt32(1) << UInt32(bits) - 1
                    let gap = place % 3 == 0 ? most : UInt32.random(in: 0...most, using: &random)
                    documents.append((last.map { $0 + 1 } ?? 0) + gap)
                    last = documents.last
                }
                let impacts = (0..<count).map { UInt8(1 + $0 % 255) }
                let bytes = encoded(documents, impacts)
                let back = decoded(bytes, count: count, documents: Int(documents.last!) + 1)
                #expect(back.isWhole && back.1 == documents && back.2 == impacts, "\(count) gaps of \(bits) bits")
                #expect(!decoded(bytes, count: count, documents: Int(documents.last!)).isWhole)
            }
        }
        // The last document that there can be.
        let back = decoded(encoded([0, 2_147_483_646], [3, 4]), count: 2, documents: 2_147_483_647)
        #expect(back.isWhole && back.1 == [0, 2_147_483_646] && back.2 == [3, 4])
    }

    @Test func documentsInARowTakeNoBits() {
        let bytes = encoded(Array(0..<300), [UInt8](repeating: 9, count: 300))
        #expect(bytes.count == 3 + 300 + PostingBlock.slack)
    }

    /// The layout, byte by byte, as another program would read it.
    @Test func theLayoutIsAsDocumented() {
        // Gaps 4, 0 and 6 in three bits: 0b110_000_100.
        #expect(encoded([4, 5, 12], [7, 8, 9]) == [3, 0b1000_0100, 0b1, 7, 8, 9] + [UInt8](repeating: 0, count: 8))
    }

    @Test func listsThatAreNotWholeEndEarly() {
        let bytes = encoded(Array(stride(from: 3, to: 900, by: 3)), [UInt8](repeating: 1, count: 299))
        for cut in 0..<bytes.count - PostingBlock.slack {
            let part = Array(bytes.prefix(cut)) + [UInt8](repeating: 0, count: PostingBlock.slack)
            let back = decoded(part, count: 299, documents: 1000)
            #expect(!back.isWhole && back.1.count < 299 && back.1.count.isMultiple(of: 128))
        }
        let longer = decoded(bytes + [0], count: 299, documents: 1000)
        #expect(!longer.isWhole && longer.1.count == 299)
        var wide = bytes
        wide[0] = 33
        #expect(decoded(wide, count: 299, documents: 1000).1.isEmpty)
    }

    /// Through the file, with words that are in every document, in none for
    /// long, and in few.
    @Test func everyPostingIsInTheIndex() throws {
        let count = 5000
        var random = SeededGenerator(seed: 93)
        let periods = [1, 2, 3, 7, 39, 40, 128, 1000, 4999]
        let documents = (0..<count).map { number in
            [periods.filter { number % $0 == 0 || Int.random(in: 0..<2000, using: &random) == 0 }.map { "p\($0)" }]
        }
        let index = try IndexFixture(documents).opened()
        #expect(index.postingCount == documents.reduce(0) { $0 + $1[0].count })
        for period in periods {
            let term = try #require(index.term("p\(period)"))
            let wanted = documents.indices.filter { documents[$0][0].contains("p\(period)") }
            let postings = index.postings(term)
            #expect(postings.map(\.document) == wanted && index.documentFrequency(term) == wanted.count)
            var blocks: [UInt32] = []
            index.forEachBlock(ofDocumentsWith: term) { blocks += $0 }
            #expect(blocks.map(Int.init) == wanted)
            var scores = [Float](repeating: 0.5, count: count)
            index.accumulate(term, weight: 3, into: &scores)
            var expected = [Float](repeating: 0.5, count: count)
            for posting in postings { expected[posting.document] += 3 / 255 * Float(posting.impact) }
            #expect(scores == expected)
        }
    }

    /// Documents come in parts of about a million words.
    @Test func manyWordsFitInSeveralParts() throws {
        let words = (0..<1000).map { "w\($0)" }
        var builder = try InvertedIndexBuilder(fields: [TextField(), TextField()])
        for number in 0..<2500 { try builder.add(document: [["first\(number % 2)"], words]) }
        let fixture = try IndexFixture(words: [])
        try builder.write(to: fixture.path)
        let index = try fixture.opened()
        #expect(index.documentCount == 2500 && index.postingCount == 2500 * 1001)
        #expect(
            index.postings(try #require(index.term("first1"))).map(\.document)
                == Array(stride(from: 1, to: 2500, by: 2)))
        #expect(index.postings(try #require(index.term("w999"))).map(\.document) == Array(0..<2500))
    }
}
