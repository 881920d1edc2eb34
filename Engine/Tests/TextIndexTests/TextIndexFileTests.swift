import EngineTestSupport
import Evaluation
import Foundation
import MemoryMapping
import Testing
import TextIndex

@Suite("TextIndex: files")
struct TextIndexFileTests {
    let fixture: IndexFixture
    let bytes: [UInt8]

    init() throws {
        var random = SeededGenerator(seed: 95)
        let documents = (0..<400).map { _ in
            [
                (0..<6).map { _ in "w\(Int.random(in: 0..<50, using: &random) * Int.random(in: 0..<4, using: &random))"
                }, ["all"],
            ]
        }
        fixture = try IndexFixture(documents, fields: [TextField(), TextField(weight: 2)])
        bytes = try fixture.bytes()
    }

    private func opening(_ bytes: [UInt8], _ verification: FileVerification = .automatic) throws -> InvertedIndex {
        try fixture.folder.write(bytes, to: "changed")
        return try InvertedIndex(path: fixture.folder.path("changed"), verification: verification)
    }

    private func refuses(
        _ bytes: [UInt8], _ code: TextIndexError.Code, _ words: String, _ verification: FileVerification = .automatic,
        _ comment: Comment? = nil
    ) {
        let error = #expect(throws: TextIndexError.self, comment) { try opening(bytes, verification) }
        guard let error else { return }
        #expect(error.code == code && "\(error)".contains(words) && "\(error)".contains("changed"), comment)
    }

    private func number(_ offset: Int, _ size: Int = 8, in bytes: [UInt8]) -> Int {
        (0..<size).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }

    /// Where section `index` lies.
    private func section(_ index: Int) -> Range<Int> {
        let start = number(56 + 24 * index, in: bytes)
        return start..<start + number(64 + 24 * index, in: bytes)
    }

    /// The file with `change` made to it and checksums that fit.
    private func sealed(_ change: (inout [UInt8]) -> Void) -> [UInt8] {
        var changed = bytes
        change(&changed)
        func set(_ offset: Int, to value: UInt64) {
            for byte in 0..<8 { changed[offset + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte)) }
        }
        for index in 0..<6 {
            let place = number(56 + 24 * index, in: changed)
            let end = place.addingReportingOverflow(number(64 + 24 * index, in: changed))
            guard place >= 0, !end.overflow, end.partialValue >= place, end.partialValue <= changed.count else {
                continue
            }
            set(72 + 24 * index, to: Array(changed[place..<end.partialValue]).withUnsafeBytes(XXHash64.hash))
        }
        // Header: 56 + 6 · 24 + 8 bytes, and filled up to 256.
        set(248, to: Array(changed[..<248]).withUnsafeBytes(XXHash64.hash))
        return changed
    }

    private func set(_ bytes: inout [UInt8], _ offset: Int, _ size: Int, to value: UInt64) {
        for byte in 0..<size { bytes[offset + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte)) }
    }

    @Test func theLayoutIsAsDocumented() throws {
        let index = try fixture.opened()
        #expect(String(decoding: bytes[..<8], as: UTF8.self) == "BRTEXTIX")
        #expect(number(8, 4, in: bytes) == 1 && number(12, 4, in: bytes) == 6 && number(16, in: bytes) == bytes.count)
        #expect(number(24, in: bytes) == 400 && number(32, in: bytes) == index.termCount)
        #expect(number(40, in: bytes) == index.postingCount && number(48, in: bytes) == Int(Float(1.25).bitPattern))
        #expect(section(0).count == 16 && section(1).count == 4 * (index.termCount + 1))
        #expect(String(decoding: bytes[section(2)], as: UTF8.self) == index.allWords.joined())
        #expect(section(3).count == 8 * (index.termCount + 1) && section(4).count == 4 * index.termCount)
        #expect(number(section(4).lowerBound, 4, in: bytes) == 400 && index.word(0) == "all")
        #expect(section(5).count == number(section(3).upperBound - 8, in: bytes) + 8)
        // What is sealed again without a change is the same file.
        #expect(sealed { _ in } == bytes)
    }

    @Test func everyTruncationIsRefused() {
        for count in Array(0..<260) + [bytes.count / 2, bytes.count - 1] {
            refuses(
                Array(bytes.prefix(count)), count < 8 ? .wrongFormat : .wrongFileSize,
                count < 8 ? "start with" : "bytes",
                .header, "\(count) bytes")
        }
        refuses(bytes + [0], .wrongFileSize, "bytes")
    }

    @Test func everyByteOfTheHeaderCounts() {
        for bit in (0..<256).map({ 8 * $0 + $0 % 8 }) {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            let (code, words): (TextIndexError.Code, String) =
                bit < 64 ? (.wrongFormat, "start with") : bit < 96 ? (.wrongFormat, "version") : (.damaged, "header")
            refuses(changed, code, words, .header, "bit \(bit)")
        }
    }

    @Test func flipsInTheSectionsAreFound() {
        for index in 0..<6 {
            for place in stride(from: section(index).lowerBound, to: section(index).upperBound, by: 7) {
                var changed = bytes
                changed[place] ^= 16
                refuses(changed, .damaged, "section \(index)", .everything)
            }
        }
    }

    /// With checksums that fit: what is wrong is seen all the same, without a
    /// look at the postings where tables are wrong.
    @Test func placesOutOfRangeAreRefused() throws {
        let index = try fixture.opened()
        let terms = index.termCount
        for index in 0..<6 {
            for (entry, value) in [
                (56, UInt64(bytes.count + 64) / 64 * 64), (56, 1 << 63), (56, 7), (64, UInt64(bytes.count)), (64, .max),
            ] {
                refuses(
                    sealed { set(&$0, entry + 24 * index, 8, to: value) }, .damaged, "section \(index)", .header,
                    "section \(index), \(value)")
            }
        }
        for (place, value) in [(24, UInt64(1) << 31), (24, .max), (32, 1 << 32), (32, .max), (40, .max), (48, 1 << 32)]
        {
            refuses(sealed { set(&$0, place, 8, to: value) }, .damaged, "shape", .header)
        }
        refuses(sealed { set(&$0, 32, 8, to: UInt64(terms - 1)) }, .damaged, "section 1", .header)
        refuses(sealed { set(&$0, 32, 8, to: UInt64(terms + 1)) }, .damaged, "section 1", .header)
        // Fewer documents than a word is in.
        refuses(sealed { set(&$0, 24, 8, to: 399) }, .damaged, "term 0", .header)

        let tables: [(Int, Int, UInt64, String)] = [
            (1, 0, 1, "tables"), (1, terms, 0, "tables"), (1, terms, .max, "tables"), (1, 3, .max, "word 3"),
            (1, 3, 0, "word 2"), (3, 0, 1, "tables"), (3, terms, 1 << 62, "tables"), (3, terms, .max, "tables"),
            (3, 3, 1 << 63, "postings 3"), (3, 3, 0, "postings 2"), (4, 3, 0, "term 3"), (4, 3, 401, "term 3"),
            (4, 3, .max, "term 3"),
        ]
        for (table, entry, value, words) in tables {
            let size = table == 3 ? 8 : 4
            let changed = sealed { set(&$0, section(table).lowerBound + size * entry, size, to: value) }
            refuses(changed, .damaged, words, .header, "table \(table), entry \(entry), \(value)")
        }
    }

    @Test func contentsOutOfRangeAreRefused() {
        let (words, postings) = (section(2).lowerBound, section(5).lowerBound)
        refuses(sealed { set(&$0, words, 1, to: 0xFF) }, .damaged, "word 1")
        // The first list is of all documents: no bits, and 128 impacts a block.
        for width in [1, 9, 32, 33, 255] as [UInt64] {
            refuses(sealed { set(&$0, postings, 1, to: width) }, .damaged, "term 0", .everything, "width \(width)")
        }
        refuses(sealed { set(&$0, postings + 1, 1, to: 0) }, .damaged, "term 0")
        refuses(sealed { set(&$0, section(4).lowerBound, 4, to: 399) }, .damaged, "term 0")
        refuses(sealed { set(&$0, 40, 8, to: 3) }, .damaged, "instead of 3")
    }

    /// Whatever an unverified file holds, calls end, within the index.
    @Test func damageHarmsNobody() throws {
        var random = SeededGenerator(seed: 96)
        var opened = 0
        for round in 0..<400 {
            let changed = sealed { bytes in
                for _ in 0..<1 + round / 4 {
                    let section = section([0, 2, 2, 5, 5, 5][Int.random(in: 0..<6, using: &random)])
                    let value = UInt8.random(in: 0...255, using: &random)
                    bytes[Int.random(in: section, using: &random)] = round % 2 == 0 ? value : value & 3
                }
                // Other numbers of postings, but possible ones.
                let term = Int.random(in: 1..<number(32, in: bytes), using: &random)
                if round % 3 == 0 { bytes[section(4).lowerBound + 4 * term] = 200 }
            }
            guard let index = try? opening(changed, .header) else { continue }
            opened += 1
            for term in 0..<index.termCount {
                var scores = [Float](repeating: 0, count: index.documentCount)
                index.accumulate(term, weight: 1, into: &scores)
                index.forEachPosting(term) { document, impact in
                    #expect((0..<400).contains(document) && (0...1).contains(impact))
                }
                let word = index.word(term)
                _ = (index.term(word), index.inverseDocumentFrequency(term))
                let range = index.terms(withPrefix: String(word.prefix(1)))
                #expect(range.lowerBound >= 0 && range.upperBound <= index.termCount)
            }
            for limit in 0...3 {
                #expect(
                    NearWords(index).terms(near: "w77", edits: limit).allSatisfy {
                        $0.term < index.termCount && $0.edits <= limit
                    }
                )
            }
        }
        #expect(opened > 100)
    }

    @Test func whatCannotBeReadOrWrittenIsNamed() throws {
        let folder = fixture.folder
        #expect {
            try InvertedIndex(path: folder.path("none"))
        } throws: {
            ($0 as? TextIndexError)?.code == .cannotRead && "\($0)".contains("none") && "\($0)".contains("No such file")
        }
        let error = #expect(throws: TextIndexError.self) {
            try InvertedIndexBuilder(fields: [TextField()]).write(to: folder.path("none/index"))
        }
        #expect(error?.code == .cannotWrite && "\(error!)".contains("No such file"))
        try FileManager.default.createDirectory(atPath: folder.path("folder/inside"), withIntermediateDirectories: true)
        let other = #expect(throws: TextIndexError.self) {
            try InvertedIndexBuilder(fields: [TextField()]).write(to: folder.path("folder"))
        }
        #expect(other?.code == .cannotWrite)
        #expect(try folder.names() == ["folder", "words.index"])
    }

    @Test func anotherIndexIsRefused() {
        var vectors = bytes
        vectors.replaceSubrange(0..<8, with: "BRVECTOR".utf8)
        refuses(vectors, .wrongFormat, "BRTEXTIX")
    }
}
