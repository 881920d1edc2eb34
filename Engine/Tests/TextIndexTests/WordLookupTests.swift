import Evaluation
import Testing
import TextIndex

@Suite("TextIndex: words")
struct WordLookupTests {
    // "é" in one scalar and in two: equal as strings, but other bytes.
    static let words = [
        "a", "ab", "abc", "b", "zürich", "zug", "é", "e\u{301}", "éa", "été", "ê", "日本", "日本語", "🙂", "🙂🙂", "\u{10FFFF}",
    ]

    @Test func everyWordIsFoundAndNoOther() throws {
        let index = try IndexFixture(words: Self.words.shuffled()).opened()
        let sorted = Self.words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        #expect(index.termCount == Self.words.count)
        for (term, word) in sorted.enumerated() {
            #expect(index.term(word) == term)
            #expect(Array(index.word(term).utf8) == Array(word.utf8))
        }
        for word in ["", "A", "aa", "abcd", "c", "日", "日本語語", "\u{FFFF}", "\u{0}", "zürich "] {
            #expect(index.term(word) == nil, "\(word)")
        }
    }

    @Test func prefixesCoverTheirWords() throws {
        let index = try IndexFixture(words: Self.words).opened()
        let prefixes = Self.words + ["", "z", "zu", "zü", "日", "c", "\u{FFFF}", "ab\u{0}", "~", "abcd"]
        for prefix in prefixes {
            let range = index.terms(withPrefix: prefix)
            let wanted = (0..<index.termCount).filter { index.word($0).utf8.starts(with: prefix.utf8) }
            #expect(Array(range) == wanted, "'\(prefix)'")
        }
        #expect(index.terms(withPrefix: "ab").map(index.word) == ["ab", "abc"])
        #expect(index.terms(withPrefix: "日").map(index.word) == ["日本", "日本語"])
        #expect(index.terms(withPrefix: "\u{10FFFF}").count == 1)
    }

    /// Against the distance to each word, on words of few letters, of which
    /// many are near, and of letters of one to four bytes.
    @Test(arguments: ["ab", "abcdef", "aé日🙂"])
    func nearWordsAreThoseThatAreNear(alphabet: String) throws {
        var random = SeededGenerator(seed: 91)
        func word(_ longest: Int) -> String {
            String(
                (0..<Int.random(in: 1...longest, using: &random)).map { _ in alphabet.randomElement(using: &random)! })
        }
        let index = try IndexFixture(words: (0..<1500).map { _ in word(8) }).opened()
        let all = index.allWords
        let nearWords = NearWords(index)
        for query in (0..<60).map({ _ in word(10) }) + ["", "xyz", String(repeating: "a", count: 80)] {
            for limit in [0, 1, 2, 3, 9] {
                let found = nearWords.terms(near: query, edits: limit)
                let wanted = all.enumerated().compactMap { term, word in
                    EditDistance.optimalStringAlignment(query, word, limit: limit).map { (term, $0) }
                }
                #expect(found.map(\.term) == wanted.map(\.0), "'\(query)', \(limit)")
                #expect(found.map(\.edits) == wanted.map(\.1), "'\(query)', \(limit)")
            }
        }
    }

    @Test func everyWordIsNearWithManyEdits() throws {
        let index = try IndexFixture(words: Self.words).opened()
        #expect(NearWords(index).terms(near: "ab", edits: 255).map(\.term) == Array(0..<index.termCount))
    }
}
