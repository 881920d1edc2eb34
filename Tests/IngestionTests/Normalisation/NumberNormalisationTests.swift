import Testing

@testable import Ingestion

/// Expected values by hand.
@Suite("Numbers, normalised")
struct NumberNormalisationTests {
    private var normaliser = Normaliser()

    private static let nothing = [
        "", " ", "NaN", "nan", "null", "N/A", "n/a", "-", "—", "unknown", "None", "\\N", "?", ".",
    ]

    @Test(arguments: nothing)
    mutating func nothingIsAbsent(raw: String) {
        #expect(normaliser.wholeNumber(raw, field: "pages") == .absent)
        #expect(normaliser.decimal(raw, field: "averageRating") == .absent)
        #expect(normaliser.year(raw, field: "year") == .absent)
        #expect(normaliser.day(raw, field: "day") == .absent)
        #expect(normaliser.steps == [])
    }

    @Test(arguments: [
        ("0", 0), ("1234", 1_234), ("-5", -5), ("+5", 5), (" 42 ", 42), ("007", 7), ("1,234", 1_234), ("1.234", 1_234),
        ("1 234", 1_234), ("1\u{A0}234", 1_234), ("1'234", 1_234), ("1,234,567", 1_234_567), ("1.234.567", 1_234_567),
        ("12,345", 12_345), ("2008.0", 2_008), ("2008.00", 2_008), ("1,234.0", 1_234), ("1e3", 1_000), ("1.5e3", 1_500),
        ("2.5E+2", 250), ("342 pages", 342), ("342 p.", 342), ("342pp", 342), ("xii, 342 p.", 342), ("ca. 300", 300),
        ("~300", 300), ("342 Seiten", 342), ("1,000", 1_000), ("٣٤٢", 342), ("1,000,000", 1_000_000),
        ("999999999999999999", 999_999_999_999_999_999),
    ])
    mutating func wholeNumbers(raw: String, expected: Int) {
        #expect(normaliser.wholeNumber(raw, field: "pages") == .value(expected))
    }

    @Test(arguments: [
        "12.000", "1.5", "4,5", "1,23", "12,34,567", "1.2.3", "0,123.5", "abc", "12 cats", "1e", "0x10", "--5", "1-2",
        "3/4",
        "inf", "99999999999999999999", "1e30", "1,2345", "two", "12a", "1..2", "1,,2", "0,123", "5%", "1 23",
        "١٢٣x",
    ])
    mutating func noWholeNumbers(raw: String) {
        #expect(normaliser.wholeNumber(raw, field: "pages") == .unreadable)
        #expect(normaliser.steps == [])
    }

    @Test(arguments: [
        ("4", 4), ("4.25", 4.25), ("4,25", 4.25), ("4,5", 4.5), ("1.234", 1.234), ("1,234.5", 1_234.5),
        ("1.234,5", 1_234.5),
        ("1 234,5", 1_234.5), ("1,234,567", 1_234_567), ("0.1", 0.1), (".5", 0.5), ("5.", 5), ("0,123", 0.123),
        ("-2.5", -2.5), ("1e-2", 0.01), ("4.25 stars", 4.25), ("3.9300000000000002", 3.93),
        ("0.30000000000000004", 0.1 + 0.2),
        ("123456789.123456789", 123456789.123456789),
    ])
    mutating func decimals(raw: String, expected: Double) {
        #expect(normaliser.decimal(raw, field: "averageRating") == .value(expected))
    }

    @Test(arguments: ["1,234", "12,345", "1.2.3", "inf", "-inf", "1e999", "four", "4/5", "4 5", "1,2,3"])
    mutating func noDecimals(raw: String) {
        #expect(normaliser.decimal(raw, field: "averageRating") == .unreadable)
    }

    /// Every two-decimal number as Swift's own parser reads it.
    @Test mutating func plainDecimalsAreTheNearest() {
        for hundredths in 0..<20_000 {
            let text = "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
            #expect(normaliser.decimal(text, field: "x").value == Double(text))
        }
    }

    @Test mutating func onlyAnUnusualNotationIsAStep() {
        _ = normaliser.wholeNumber("342", field: "pages")
        _ = normaliser.wholeNumber(" 342 ", field: "pages")
        _ = normaliser.decimal("4.25", field: "averageRating")
        #expect(normaliser.steps == [])
        _ = normaliser.wholeNumber("342 pages", field: "pages")
        _ = normaliser.decimal("4,25", field: "averageRating")
        #expect(
            normaliser.steps == [
                NormalisationStep(field: "pages", step: .numberRead, before: "342 pages", after: "342"),
                NormalisationStep(field: "averageRating", step: .numberRead, before: "4,25", after: "4.25"),
            ])
    }

    @Test(
        arguments: [
            ("4", 5.0, 4), ("4.25", 5, 4.25), ("8", 10, 4), ("7", 10, 3.5), ("100", 100, 5), ("4/5", 10, 4),
            ("8/10", 5, 4),
            ("8 / 10", 5, 4), ("8 out of 10", 5, 4), ("3 of 5", 5, 3), ("80 %", 5, 4), ("80%", 10, 4), ("★★★★☆", 5, 4),
            ("★★★", 5, 3), ("★★★½", 5, 3.5), ("⭐⭐⭐⭐", 5, 4), ("⭐️⭐️", 5, 2), ("★★★★★★★☆☆☆", 5, 3.5), ("4½", 5, 4.5),
            ("4 stars", 5, 4), ("1 star", 5, 1), ("4,5", 5, 4.5), ("3.3333333333333335", 5, 3.3333333333333335),
            ("11", 10, 5.5),
            ("6", 5, 6), ("-1", 5, -1), ("5.0", 5, 5),
        ] as [(String, Double, Double)])
    mutating func stars(raw: String, best: Double, expected: Double) {
        #expect(normaliser.stars(raw, scale: RatingScale(max: best), field: "stars") == .value(expected))
    }

    @Test(arguments: ["", "0", "0.0", "0/5", "☆☆☆☆☆", "N/A", "-", "null", "0 stars"])
    mutating func notRated(raw: String) {
        #expect(normaliser.stars(raw, scale: .five, field: "stars") == .absent)
    }

    @Test(arguments: ["NaN", "nan", "five", "4/", "/5", "4/0", "4/5/6", "☆★", "inf", "liked it", "4 5", "★x", "½★"])
    mutating func noStars(raw: String) {
        #expect(normaliser.stars(raw, scale: .five, field: "stars") == .unreadable)
    }
}
