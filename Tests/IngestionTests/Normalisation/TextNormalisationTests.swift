import Testing

@testable import Ingestion

/// Expected values by hand.
@Suite("Text, normalised")
struct TextNormalisationTests {
    private var normaliser = Normaliser()

    @Test(
        arguments: [
            ("", nil), ("   ", nil), ("\n\t ", nil), ("\u{A0}\u{FEFF}", nil), ("<br>", nil), ("&nbsp;", nil),
            ("plain", "plain"), ("  plain\n", "plain"), ("a\nb", "a\nb"), ("a\r\nb\rc", "a\nb\nc"), ("a  b", "a  b"),
            ("a\u{2028}b", "a\nb"), ("tab\tstays", "tab\tstays"),
            // Markup
            ("<p>One</p><p>Two</p>", "One\nTwo"), ("One<br>Two<br/>Three<BR />Four", "One\nTwo\nThree\nFour"),
            ("One<br><br>Two", "One\n\nTwo"), ("One<br><br><br>Two", "One\n\nTwo"),
            ("<b>Bold</b>, <i>slant</i>", "Bold, slant"),
            ("<p class=\"x\">A</p>\n  <p>B</p>", "A\nB"), ("<a href='https://example.org/?a=1&b=2'>link</a>", "link"),
            ("<ul><li>a</li><li>b</li></ul>", "a\nb"), ("<td>a</td><td>b</td>", "a  b"), ("x<!-- <b>no</b> -->y", "xy"),
            ("<script>alert('<b>')</script>after", "after"), ("<STYLE>p {}</Style>after", "after"),
            ("<!DOCTYPE html><html><body>text</body></html>", "text"), ("<o:p></o:p>Word", "Word"),
            ("<input disabled>x", "x"), ("<img src=a.png>x", "x"),
            // No markup
            ("a < b", "a < b"), ("a<b and c>d", "a<b and c>d"), ("I <3 you", "I <3 you"), ("<grin>", "<grin>"),
            ("<someone@example.org>", "<someone@example.org>"), ("x <- y", "x <- y"), ("1<2>0", "1<2>0"), ("<b", "<b"),
            ("<!-- open", "<!-- open"), ("<a href=\"open", "<a href=\"open"), ("<>", "<>"), ("</>", "</>"),
            // Entities
            ("Tom &amp; Jerry", "Tom & Jerry"), ("&amp;amp;", "&"), ("&amp;eacute;", "é"),
            ("&amp;amp;amp;amp;lt;3", "<3"),
            ("&lt;p&gt;A&lt;/p&gt;&lt;p&gt;B&lt;/p&gt;", "A\nB"), ("5 &lt; 6", "5 < 6"), ("AT&T", "AT&T"),
            ("&break;", "&break;"),
            ("a&nbsp;b", "a\u{A0}b"), ("&#146;", "’"), ("&#x92;", "’"), ("&#0;", "&#0;"), ("&#55296;", "&#55296;"),
            ("&#+65;", "&#+65;"), ("&Eacute;&eacute;", "Éé"),
            // What cannot be seen
            ("a\u{0}b\u{7}c\u{7F}d", "abcd"), ("\u{FEFF}start", "start"), ("so\u{AD}fter", "softer"),
            ("zero\u{200B}width\u{200E}", "zerowidth"), ("no\u{200D}joiner", "nojoiner"),
            ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("👩\u{200D}🚀", "👩\u{200D}🚀"), ("a\u{202E}b", "ab"),
            ("a\u{FFFE}b", "ab"),
            // Composition
            ("e\u{301}te\u{301}", "\u{E9}t\u{E9}"), ("Ω\u{2126}", "ΩΩ"), ("a\u{2000}b", "a\u{2002}b"),
        ] as [(String, String?)])
    mutating func texts(raw: String, expected: String?) {
        #expect(bytes(normaliser.text(raw, field: "description")) == bytes(expected))
    }

    @Test(
        arguments: [
            ("", nil), ("A  Title", "A Title"), (" A\n Title\t", "A Title"), ("A\u{A0}\u{3000}Title", "A Title"),
            ("One<br>Two", "One Two"), ("<p>One</p><p>Two</p>", "One Two"), ("<i>One</i>Two", "OneTwo"),
            ("A &nbsp; B", "A B"), ("Ni\u{85}ne", "Ni…ne"),
        ] as [(String, String?)])
    mutating func lines(raw: String, expected: String?) {
        #expect(bytes(normaliser.line(raw, field: "title")) == bytes(expected))
    }

    /// What someone could have meant stays; so does what is only half mojibake.
    @Test(arguments: [
        "naïve", "Ã", "SÃO PAULO", "não", "IRMÃ”", "MANHÃ“S", "CAFÉ®", "CAFÉ’S", "TOLSTOÏ’S WAR", "NESCAFÉ™", "À la",
        "É\u{A0}ele",
        "fiancé—“the one", "Große—", "Å ", "til Å\u{A0}i Lofoten", "“naïve”", "£5", "Größe ½", "é…”", "ÄÖÜäöüß", "ÉÈÊ",
        "São Tomé e Príncipe",
        "Ãwith no Â¨ recourse", "sensitization. ?Ä¢ Previous", "designerséÆ most", "Tom√É¬•s", "café and â€™",
        "ÇA, C’EST «ÇA»",
        "Владимир", "村上龍", "à€€uro", "DÉJÀ–VU", "CANAÃ–", "ÉTÉ²",
    ])
    mutating func whatIsNotProvedStays(text: String) {
        let raw = WhiteSpace.trimmed(text)
        #expect(bytes(normaliser.text(raw, field: "description")) == bytes(raw))
        #expect(normaliser.steps == [])
    }

    @Test(arguments: [
        ("Â£5", "£5"), ("Loganâ€™s", "Logan’s"), ("itâ\u{80}\u{99}s", "it’s"), ("CafÃ© du Monde", "Café du Monde"),
        ("Ã‰mile", "Émile"), ("Ã©tÃ©", "été"), ("DvoÅ™Ã¡k", "Dvořák"), ("ÄŒapek", "Čapek"), ("Â© 2001", "© 2001"),
        ("voilÃ\u{A0} ", "voilà"), ("a\u{C2}\u{A0}b", "a\u{A0}b"), ("Simï¿½n", "Sim\u{FFFD}n"), ("ï»¿Start", "Start"),
        ("LÃ³pez", "López"), ("DÃ©jÃ\u{A0} vu", "Déjà vu"), ("Ãƒâ€°mile", "Émile"), ("caf&Atilde;&copy;", "café"),
        ("AmericaÂ’s Best", "America’s Best"),
    ])
    mutating func whatIsProvedIsReadBack(raw: String, expected: String) {
        #expect(bytes(normaliser.text(raw, field: "description")) == bytes(expected))
        #expect(normaliser.steps.contains { $0.step == .mojibakeRepaired })
    }

    /// Windows-1252 read as Latin-1: all or nothing.
    @Test(arguments: [
        ("Nietzsche\u{92}s", "Nietzsche’s"), ("\u{93}So\u{94} \u{96} said he\u{85}", "“So” – said he…"),
        ("\u{8C}uvre", "Œuvre"),
        // An ñ on a Macintosh.
        ("Nu\u{96}ez", "Nuez"), ("Nietzsche\u{92}s Nu\u{96}ez", "Nietzsches Nuez"), ("a\u{81}b", "ab"),
    ])
    mutating func controlCharactersOfWindows(raw: String, expected: String) {
        #expect(normaliser.line(raw, field: "title") == expected)
    }

    @Test mutating func stepsTellWhatWasDone() {
        #expect(normaliser.text("<b>Caf\u{E9}</b> &amp; Bar\u{0}", field: "description") == "Café & Bar")
        #expect(
            normaliser.steps == [
                NormalisationStep(
                    field: "description", step: .markupRemoved, before: "<b>Café</b> &amp; Bar\u{0}",
                    after: "Café &amp; Bar\u{0}"),
                NormalisationStep(
                    field: "description", step: .entitiesDecoded, before: "Café &amp; Bar\u{0}",
                    after: "Café & Bar\u{0}"),
                NormalisationStep(
                    field: "description", step: .controlCharactersRemoved, before: "Café & Bar\u{0}",
                    after: "Café & Bar"),
            ])
        #expect(normaliser.takeSteps().count == 3)
        #expect(normaliser.steps == [])
    }

    @Test mutating func ofLongTextsAStepShowsThePlace() throws {
        let long = String(repeating: "word ", count: 200)
        #expect(normaliser.text(long + "caf&eacute; " + long, field: "description") != nil)
        let step = try #require(normaliser.steps.first)
        #expect(step.before.contains("caf&eacute;") && step.before.unicodeScalars.count < 130)
        #expect(step.after?.contains("café") == true)
        #expect(step.before.hasPrefix("…") && step.before.hasSuffix("…"))
    }

    /// Nothing here may take more than a moment, whatever is nested or left open.
    @Test(arguments: [
        "<", "&", "<b ", "<!--", "&amp;", "<script>", "Ã", "<b a='", "&#", "\u{200B}", "<p>", "'(", "<br>",
    ])
    mutating func hostileRepetitionIsLinear(piece: String) {
        let text = String(repeating: piece, count: 100_000)
        let clock = ContinuousClock()
        let time = clock.measure { _ = normaliser.text(text, field: "description") }
        #expect(time < .seconds(20), "\(piece): \(time)")
    }

    private func bytes(_ text: String?) -> [UInt8]? { text.map { Array($0.utf8) } }
}
