import Testing

@testable import Ingestion

/// What must hold for every value, on texts that nobody would write.
@Suite("Normalisation, of anything")
struct NormalisationPropertyTests {
    private var normaliser = Normaliser()
    private var generator = SplitMix(state: 4_182)

    private static let pieces = [
        "a", "B", "é", "e\u{301}", "漢", "🙂", "Ã", "©", "â", "€", "™", "’", "Â", "\u{92}", "\u{96}", "\u{0}", "\u{200B}",
        "\u{200D}",
        "\u{AD}", "\u{FEFF}", " ", "  ", "\n", "\r", "\t", "\u{A0}", "\u{2028}", "<", ">", "<b>", "</b>", "<br>",
        "<p class='x'>", "<!--",
        "-->", "<script>", "</script>", "&", "amp;", "&amp;", "&lt;", "&gt;", "&#38;", "&#x3C;", "#", ";", "lt",
        "&eacute;", "&nbsp;",
        "&#146;", "b", "/", "\u{37E}", "\u{212A}", "\u{338}", "ï", "»", "¿", "½", "'", "\"", "[", "]", "(", ")", ",",
        "|", ".", "-", "0", "9",
        "978", "e+", "Jr", "and ", "by ", "\\", "\u{FFFD}", "\u{E0001}", "\u{1F1E9}",
    ]

    private mutating func soup() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...14, using: &generator) {
            text += Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &generator)]
        }
        return text
    }

    private mutating func noise() -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...20, using: &generator) {
            let top: UInt32 = [0x7F, 0x17F, 0xFFFF, 0x10FFFF][Int.random(in: 0...3, using: &generator)]
            if let scalar = Unicode.Scalar(UInt32.random(in: 0...top, using: &generator)) { text.append(scalar) }
        }
        return String(text)
    }

    @Test mutating func cleaningTwiceChangesNothing() {
        for turn in 0..<20_000 {
            let raw = turn.isMultiple(of: 2) ? soup() : noise()
            for shape in [TextShape.line, .text] {
                guard let once = normaliser.clean(raw, as: shape, field: "x") else { continue }
                normaliser.reset()
                let twice = normaliser.clean(once, as: shape, field: "x")
                #expect(twice.map { Array($0.utf8) } == Array(once.utf8), "\(raw.debugDescription)")
                #expect(normaliser.steps == [], "\(raw.debugDescription)")
            }
        }
    }

    /// A control character of two bytes becomes a quote of three; composition can split a letter into three of them.
    @Test mutating func nothingGrowsBeyondBounds() {
        for turn in 0..<10_000 {
            let raw = turn.isMultiple(of: 2) ? soup() : noise()
            #expect(normaliser.text(raw, field: "x")?.utf8.count ?? 0 <= 3 * raw.utf8.count)
            #expect(normaliser.list(raw, field: "x").reduce(0) { $0 + $1.utf8.count } <= 3 * raw.utf8.count)
            #expect(normaliser.authors(raw, field: "x").reduce(0) { $0 + $1.utf8.count } <= 3 * raw.utf8.count)
            normaliser.reset()
        }
    }

    @Test mutating func aLineHasNoLineBreaksAndNothingInvisible() {
        for _ in 0..<10_000 {
            guard let line = normaliser.line(soup(), field: "x") else { continue }
            #expect(!line.isEmpty && !line.hasPrefix(" ") && !line.hasSuffix(" ") && !line.contains("  "))
            #expect(
                line.unicodeScalars.allSatisfy {
                    $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0.value != 0xFEFF
                })
        }
    }

    @Test mutating func nothingCrashes() {
        for turn in 0..<10_000 {
            let raw = turn.isMultiple(of: 2) ? soup() : noise()
            _ = normaliser.isbn(raw, field: "isbn")
            _ = normaliser.isbn(isbn13: raw, isbn10: soup())
            _ = normaliser.wholeNumber(raw, field: "x")
            _ = normaliser.decimal(raw, field: "x")
            _ = normaliser.year(raw, field: "x")
            _ = normaliser.day(raw, field: "x")
            _ = normaliser.stars(raw, scale: .ten, field: "x")
            for name in normaliser.authors(raw, field: "x") + normaliser.list(raw, field: "x") {
                #expect(!name.isEmpty)
            }
            normaliser.reset()
        }
    }

    /// Nothing takes more than a moment, however often it stands there.
    @Test(arguments: [
        "A, ", "Jr., ", ";", "A & ", "(", "[", "/A B", "by ", "'a',", "\\u", "1,", "-", "et al., ", "and and ",
    ])
    mutating func longListsAreLinear(piece: String) {
        let text = "[" + String(repeating: piece, count: 30_000)
        let clock = ContinuousClock()
        let time = clock.measure {
            for text in [text, String(text.dropFirst()), text + "]"] {
                _ = normaliser.authors(text, field: "x")
                _ = normaliser.list(text, field: "x", separators: [";", ","])
                _ = normaliser.isbn(text, field: "x")
                _ = normaliser.decimal(text, field: "x")
                _ = normaliser.year(text, field: "x")
                _ = normaliser.stars(text, scale: .five, field: "x")
            }
        }
        #expect(time < .seconds(20), "\(piece): \(time)")
    }

    /// Numbers that a `Double` or an `Int` cannot hold.
    @Test(arguments: [
        String(repeating: "9", count: 400), "1e400", "-1e400", "1e-400", "1e999", "9e18", "-9223372036854775808",
        "9223372036854775808",
        "0." + String(repeating: "0", count: 400) + "1", "978" + String(repeating: "0", count: 300), "9.78e99", "1e20",
    ])
    mutating func hugeNumbersAreNoTraps(raw: String) {
        _ = normaliser.wholeNumber(raw, field: "x")
        _ = normaliser.year(raw, field: "x")
        _ = normaliser.day(raw, field: "x")
        _ = normaliser.isbn(raw, field: "x")
        if let value = normaliser.decimal(raw, field: "x").value { #expect(value.isFinite) }
        if let value = normaliser.stars(raw, scale: .five, field: "x").value { #expect(value.isFinite) }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same texts on every run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
