import Catalog
import Foundation
import Testing

@Suite("Folded text")
struct FoldedTextTests {
    static let cases = [
        // Accents, in one code point and in two.
        ("Café", "cafe"), ("Cafe\u{301}", "cafe"), ("GARCÍA MÁRQUEZ", "garcia marquez"), ("Ångström", "angstrom"),
        ("Þórbergur Þórðarson", "þorbergur þorðarson"), ("Nguyễn Huy Thiệp", "nguyen huy thiep"),
        // Letters that no accent makes keep their own.
        ("Die Straße", "die straße"), ("DIE STRAẞE", "die straße"), ("Œuvres", "œuvres"), ("Jo Nesbø", "jo nesbø"),
        // Forms for typesetting are the letters they stand for.
        ("ﬁn de siècle", "fin de siecle"), ("ＡＢＣ １９８４", "abc 1984"), ("Henry Ⅻ", "henry xii"), ("ﾊﾙｷ", "ハルキ"),
        // Turkish: the dot goes with the accents, the letter without a dot is another letter.
        ("İstanbul", "istanbul"), ("DİYARBAKIR", "diyarbakir"), ("Diyarbakır", "diyarbakır"),
        // Other scripts.
        ("紅楼夢：上", "紅楼夢 上"), ("千と千尋", "千と千尋"), ("한국의 책", "한국의 책"), ("Война и миръ", "воина и миръ"),
        ("ΟΙ ΆΘΛΙΟΙ", "οι αθλιοι"), ("ألف ليلة", "الف ليلة"),
        // A spacing vowel sign is part of its word.
        ("हिन्दी किताब", "हिनदी किताब"),
        // Apostrophes join, also at the ends; other punctuation parts.
        ("Don't", "dont"), ("Don’t", "dont"), ("Rock ’n’ Roll", "rock n roll"), ("’Tis the '90s", "tis the 90s"),
        ("R2-D2", "r2 d2"), ("Catch—22", "catch 22"), ("C++ / C#", "c c"), ("¿Qué?¡No!", "que no"),
        ("snake_case", "snake case"),
        ("A\u{A0}B\tC\nD\u{3000}E", "a b c d e"), ("a\u{0}b", "a b"), ("½", "1 2"), ("“quoted”", "quoted"),
        // Nothing to compare.
        ("", ""), ("   ", ""), ("!!! — …", ""), ("🙂", ""), ("\u{301}", ""),
    ]

    @Test(arguments: cases)
    func foldsTo(text: String, folded: String) {
        // By scalars: two strings that differ only in composition are equal in Swift.
        #expect(scalars(FoldedText.fold(text)) == scalars(folded.decomposedStringWithCanonicalMapping), "\(text)")
    }

    @Test(arguments: cases)
    func foldingTwiceIsFoldingOnce(text: String, folded: String) {
        #expect(scalars(FoldedText.fold(FoldedText.fold(text))) == scalars(FoldedText.fold(text)))
    }

    @Test func wordsKeepTheirOrder() {
        #expect(FoldedText.words(of: "  The Left—Hand  of “Darkness” ") == ["the", "left", "hand", "of", "darkness"])
        #expect(FoldedText.words(of: "—").isEmpty)
    }

    private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }
}
