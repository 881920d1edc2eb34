import HTTPTypes
import Hummingbird
import Testing

@testable import WebService

struct WordingTests {
    @Test(arguments: [
        (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (12_345, "12,345"), (1_234_567, "1,234,567"),
        (-1_000, "−1,000"), (Int.min, "−9,223,372,036,854,775,808"),
    ])
    func groups(number: Int, words: String) {
        #expect(Wording.grouped(number) == words)
    }

    @Test(arguments: [(-750, "750 BC"), (-1, "1 BC"), (0, nil), (1, "1"), (1998, "1998")])
    func years(year: Int, words: String?) {
        #expect(Wording.year(year) == words)
    }

    @Test(arguments: [
        (4.25, 1, "4.3"), (4.0, 1, "4.0"), (3.96, 1, "4.0"), (0.05, 2, "0.05"), (1234.5, 1, "1,234.5"),
        (-0.001, 2, "0.00"), (-1.5, 1, "−1.5"), (.nan, 1, "?"), (.infinity, 1, "?"), (10, 0, "10"),
    ])
    func decimals(number: Double, places: Int, words: String) {
        #expect(Wording.decimal(number, places: places) == words)
    }

    @Test func plainNumbers() {
        #expect(Wording.plain(4) == "4")
        #expect(Wording.plain(3.75) == "3.75")
        #expect(Wording.capitalized("éclair x") == "Éclair x")
        #expect(Wording.capitalized("") == "")
    }

    @Test func ratings() {
        #expect(Wording.rating(4.21, readers: 1_234) == "4.2 of 5 from 1,234 readers")
        #expect(Wording.rating(5, readers: 1) == "5.0 of 5 from 1 reader")
        #expect(Wording.rating(4, readers: 0) == nil)
        #expect(Wording.rating(nil, readers: 10) == nil)
    }

    @Test func listsAndExcerpts() {
        #expect(Wording.list([]) == "")
        #expect(Wording.list(["A"]) == "A")
        #expect(Wording.list(["A", "B"]) == "A and B")
        #expect(Wording.list(["A", "B", "C"]) == "A, B and C")
        #expect(Wording.excerpt("short", length: 10) == "short")
        #expect(Wording.excerpt("one two three", length: 9) == "one two…")
    }

    @Test func markupEscapesScalarsNotCharacters() {
        #expect(Markup.escape("<a href='x'>\"&\"</a>") == "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;&lt;/a&gt;")
        #expect(Markup.escape("\"\u{301}<\u{301}") == "&quot;\u{301}&lt;\u{301}")
        #expect(Markup.escape("a\u{0}b\u{1B}c\td\n") == "abc\td\n")
    }

    @Test(arguments: ["", "plain", "a b+c&d=e/f?g#h%", "café 月 🐙", "\u{0}\n\"<>"])
    func percentCodingComesBack(text: String) {
        let encoded = PercentCoding.encode(text)
        #expect(encoded.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"&=?#/+\"<>".utf8.contains($0) })
        #expect(PercentCoding.decode(encoded, as: .path) == text)
        #expect(PercentCoding.decode(encoded, as: .query) == text)
    }

    @Test func aPlusIsASpaceInQueriesOnly() {
        #expect(PercentCoding.decode("a+b", as: .query) == "a b")
        #expect(PercentCoding.decode("a+b", as: .path) == "a+b")
        for invalid in ["%", "%4", "%G0", "%FF", "%C0%80", "%F8%88%80%80%80"] {
            #expect(PercentCoding.decode(invalid, as: .query) == nil)
        }
    }

    /// The published test vectors of FNV-1a, 64 bits, in draft-eastlake-fnv.
    @Test func theHashIsFNV1a() {
        #expect(StableHash.fnv1a("".utf8) == 0xcbf2_9ce4_8422_2325)
        #expect(StableHash.fnv1a("a".utf8) == 0xaf63_dc4c_8601_ec8c)
        #expect(StableHash.fnv1a("foobar".utf8) == 0x8594_4171_f739_67e8)
    }
}
