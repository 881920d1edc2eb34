import EngineTestSupport
import Foundation
import Testing
import TextIndex

@Suite("TextIndex: inverted index")
struct InvertedIndexTests {
    /// Worked out by hand. The first field has 1 and 3 words, 2 on average;
    /// the second 2 in the one document that has it.
    @Test func impactsAreThoseOfTheFormula() throws {
        let fields = [
            TextField(weight: 2, lengthNormalization: 0.5), TextField(weight: 1, lengthNormalization: 0.75),
        ]
        let fixture = try IndexFixture(
            [[["sun"], ["sun", "moon"]], [["moon", "sea", "sky"], []]], fields: fields, saturation: 1)
        let index = try fixture.opened()
        #expect(index.documentCount == 2 && index.termCount == 4 && index.postingCount == 5)
        #expect(index.fields == fields && index.saturation == 1)
        #expect(index.allWords == ["moon", "sea", "sky", "sun"])

        // "sun": 2 / (1 - 0.5 + 0.5 · 1/2) + 1 = 11/3, of which 255 · 11/14 = 200.4.
        let sun = try #require(index.term("sun"))
        #expect(index.postings(sun).map(\.document) == [0] && index.postings(sun).map(\.impact) == [200])
        // "moon": 1, half of 255 and rounded up; 2 / (1 - 0.5 + 0.5 · 3/2) = 1.6, 255 · 1.6/2.6 = 156.9.
        let moon = try #require(index.term("moon"))
        #expect(index.postings(moon).map(\.document) == [0, 1] && index.postings(moon).map(\.impact) == [128, 157])

        #expect(index.documentFrequency(sun) == 1 && index.documentFrequency(moon) == 2)
        #expect(abs(index.inverseDocumentFrequency(sun) - 0.693_147_2) < 1e-6)
        #expect(abs(index.inverseDocumentFrequency(moon) - 0.182_321_6) < 1e-6)
        #expect(abs(index.inverseDocumentFrequencyOfUnknown - 1.791_759_5) < 1e-6)

        var scores: [Float] = [1, 10]
        index.accumulate(moon, weight: 2, into: &scores)
        index.accumulate(sun, weight: -1, into: &scores)
        #expect(abs(scores[0] - (1 + 2 * 128 / 255 - 200 / 255)) < 1e-5)
        #expect(abs(scores[1] - (10 + 2 * 157 / 255)) < 1e-5)
    }

    @Test func wordsThatStandForOneAnotherCountOnce() throws {
        let words = [["sea", "ocean"], ["ocean"], ["sea", "boat", "boat"], ["hill"]]
        let index = try IndexFixture(words.map { [$0] }).opened()
        let terms = try [("sea", 1), ("ocean", 0.5), ("boat", 0.9)].map { (word: String, factor: Float) in
            (term: try #require(index.term(word)), factor: factor)
        }
        var scores: [Float] = [1, 2, 3, 4]
        var best = [Float](repeating: 0, count: 4)
        index.accumulateBest(of: terms, weight: 2, into: &scores, using: &best)
        for document in 0..<4 {
            let impacts = terms.map { term, factor in
                factor * Float(index.postings(term).first { $0.document == document }?.impact ?? 0) / 255
            }
            #expect(abs(scores[document] - (Float(document + 1) + 2 * impacts.max()!)) < 1e-5)
        }
        #expect(best == [0, 0, 0, 0])
        // One by itself is what `accumulate` makes of it.
        var (one, same) = (best, best)
        index.accumulateBest(of: [terms[1]], weight: 3, into: &one, using: &best)
        index.accumulate(terms[1].term, weight: 1.5, into: &same)
        #expect(one == same && one[0] > 0)
    }

    @Test func withoutSaturationEveryWordCountsInFull() throws {
        let index = try IndexFixture([[["a", "a", "b"]], [["b"]]], saturation: 0).opened()
        #expect((0..<2).flatMap(index.postings).map(\.impact) == [255, 255, 255])
    }

    /// 255 · 3 / (7 + 3) = 76.5.
    @Test func halvesAreRoundedUp() throws {
        let index = try IndexFixture([[["a"]]], fields: [TextField(weight: 3)], saturation: 7).opened()
        #expect(index.postings(0).map(\.impact) == [77])
    }

    /// Nothing that is there counts nothing.
    @Test func theSmallestImpactIsOne() throws {
        let index = try IndexFixture([[["a"]]], fields: [TextField(weight: 1e-6)], saturation: 1000).opened()
        #expect(index.postings(0).map(\.impact) == [1])
    }

    @Test func noDocumentsAreAnIndexToo() throws {
        let index = try IndexFixture([[[String]]]()).opened()
        #expect(index.documentCount == 0 && index.termCount == 0 && index.postingCount == 0)
        #expect(
            index.term("a") == nil && index.terms(withPrefix: "").isEmpty
                && NearWords(index).terms(near: "a", edits: 2).isEmpty)
        #expect(abs(index.inverseDocumentFrequencyOfUnknown - 0.693_147_2) < 1e-6)
    }

    @Test func documentsWithoutWordsKeepTheirNumbers() throws {
        let fields = [TextField(), TextField(weight: 2)]
        let none: [[String]] = [[], []]
        let index = try IndexFixture([none, [[], ["b"]], none, [["a"], []], none], fields: fields).opened()
        #expect(index.documentCount == 5)
        #expect(index.postings(0).map(\.document) == [3] && index.postings(1).map(\.document) == [1])
        let alone = try IndexFixture([none, none], fields: fields).opened()
        #expect(alone.documentCount == 2 && alone.termCount == 0)
    }

    @Test func sameDocumentsGiveTheSameBytes() throws {
        let documents = (0..<500).map { number in [(0..<number % 9).map { "w\(number * ($0 + 3) % 101)" }] }
        let (first, second) = (try IndexFixture(documents), try IndexFixture(documents))
        #expect(try first.bytes() == second.bytes())
        var builder = try InvertedIndexBuilder(fields: [TextField()], saturation: 1.25)
        for document in documents.reversed() { try builder.add(document: document) }
        try builder.write(to: second.path)
        #expect(try first.bytes() != second.bytes())
        #expect(try second.folder.names() == ["words.index"])
    }

    @Test func aDocumentThatDoesNotFitIsRefusedAndForgotten() throws {
        let folder = try TemporaryFolder()
        var builder = try InvertedIndexBuilder(fields: [TextField(), TextField()])
        try builder.add(document: [["a"], []])
        for (document, words) in [
            ([["x"]], "1 fields instead of 2"), ([["x"], [], []], "3 fields instead of 2"),
            ([["x"], ["y", ""]], "empty word in field 1"),
        ] as [([[String]], String)] {
            let error = #expect(throws: TextIndexError.self) { try builder.add(document: document) }
            #expect(error?.code == .badDocument && "\(error!)".contains(words) && "\(error!)".contains("document 1"))
        }
        try builder.add(document: [[], ["b"]])
        #expect(builder.documentCount == 2)
        try builder.write(to: folder.path("index"))
        let index = try InvertedIndex(path: folder.path("index"))
        #expect(index.documentCount == 2 && index.allWords == ["a", "b"])
    }

    @Test func parametersOutOfRangeAreRefused() {
        let bad: [([TextField], Float, String)] = [
            ([], 1, "0 fields"), ([TextField](repeating: TextField(), count: 256), 1, "256 fields"),
            ([TextField(weight: 0)], 1, "weight"), ([TextField(), TextField(weight: -1)], 1, "field 1"),
            ([TextField(weight: .nan)], 1, "weight"), ([TextField(weight: .infinity)], 1, "weight"),
            ([TextField(lengthNormalization: -0.1)], 1, "normalisation"),
            ([TextField(lengthNormalization: 1.1)], 1, "normalisation"),
            ([TextField(lengthNormalization: .nan)], 1, "normalisation"),
            ([TextField()], -1, "saturation"), ([TextField()], .nan, "saturation"),
            ([TextField()], .infinity, "saturation"),
        ]
        for (fields, saturation, words) in bad {
            #expect {
                _ = try InvertedIndexBuilder(fields: fields, saturation: saturation)
            } throws: {
                ($0 as? TextIndexError)?.code == .badParameter && "\($0)".contains(words)
            }
        }
    }
}
