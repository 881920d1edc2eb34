import Testing
import TextIndex

@Suite("TextIndex: trigrams")
struct TrigramTests {
    @Test(arguments: [
        ("", []), ("  ", []), ("x", ["  x", " x "]), ("it", ["  i", " it", "it "]),
        ("the", ["  t", " th", "the", "he "]),
        ("sun shine", ["  s", " su", "sun", "un ", " sh", "shi", "hin", "ine", "ne ", "uns", "nsh"]),
        // Over both borders at once, and with spaces around.
        ("a b c", ["  a", " a ", "  b", " b ", "  c", " c ", " ab", "abc", "bc "]),
        ("aaaa", ["  a", " aa", "aaa", "aa "]), ("日本", ["  日", " 日本", "日本 "]),
        ("e\u{301}", ["  e", " e\u{301}", "e\u{301} "]),
    ])
    func trigramsAreThoseOfWordsAndBorders(text: String, trigrams: [String]) {
        #expect(Trigrams.of(text) == trigrams)
    }

    /// Whoever joins words finds what is written apart.
    @Test(arguments: ["sun shine", "i t", "a b c d", "the hitch hikers guide to the galaxy", "o brian", "x", "日 本 語"])
    func trigramsOfJoinedWordsAreAmongThoseOfTheWords(text: String) {
        let joined = text.replacing(" ", with: "")
        #expect(Set(Trigrams.of(joined)).isSubset(of: Trigrams.of(text)))
    }

    @Test func misspeltWordsShareSome() {
        for (right, wrong) in [("the", "teh"), ("it", "ti t"), ("dune", "dnue"), ("tolkien", "tolkein")] {
            let shared = Set(Trigrams.of(right)).intersection(Trigrams.of(wrong))
            #expect(!shared.isEmpty, "\(right), \(wrong)")
        }
        #expect(Trigrams.of(" the  sun ") == Trigrams.of("the sun"))
    }
}
