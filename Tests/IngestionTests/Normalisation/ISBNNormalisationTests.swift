import Catalog
import Testing

@testable import Ingestion

/// Expected values by hand; checksums against an independent one are in `NormalisationGoldenTests`.
@Suite("ISBNs, normalised")
struct ISBNNormalisationTests {
    private var normaliser = Normaliser()

    @Test(arguments: [
        "", "  ", "=\"\"", "\"\"", "NaN", "N/A", "null", "0", "0000000000", "0000000000000", "0.0", "9999999999",
        "1111111111",
        "123456789X", "9781234567897", "0123456789", "123456789", "9780000000002", "none", "ISBN:",
        // Not books: an article number, a UPC that has lost its zero, an ASIN, floats of a shop's own numbers.
        "5901234123457", "012345678905", "76783609419", "B000FC1PJI", "B01N5AX61W", "2.94001623192e+12",
        "6.45573003012e+11",
        "76783609419.0", "1.2300000055e+12",
    ])
    mutating func nothingOrAnotherNumber(raw: String) {
        #expect(normaliser.isbn(raw, field: "isbn") == .none)
    }

    @Test(
        arguments: [
            ("9780439023481", "9780439023481", []),
            (" 9780439023481 ", "9780439023481", []),
            ("\u{FEFF}9780439023481", "9780439023481", [.isbnUnwrapped]),
            ("=\"0316769487\"", "9780316769488", [.isbnUnwrapped, .isbn10Converted]),
            ("'0316769487'", "9780316769488", [.isbnUnwrapped, .isbn10Converted]),
            ("0316769487", "9780316769488", [.isbn10Converted]),
            ("316769487", "9780316769488", [.isbnLeadingZerosRestored, .isbn10Converted]),
            ("439023483.0", "9780439023481", [.isbnReadFromFloat, .isbnLeadingZerosRestored, .isbn10Converted]),
            ("4.39023483e+08", "9780439023481", [.isbnReadFromFloat, .isbnLeadingZerosRestored, .isbn10Converted]),
            ("7203116", nil, []),
            ("9.780439023481e+12", "9780439023481", [.isbnReadFromFloat]),
            ("9.780439023481E12", "9780439023481", [.isbnReadFromFloat]),
            ("9,780439023481E+12", "9780439023481", [.isbnReadFromFloat]),
            ("9780439023481.0", "9780439023481", [.isbnReadFromFloat]),
            ("9.780439023482e+12", nil, []),
            ("ISBN-13: 978-0-439-02348-1", "9780439023481", [.isbnUnwrapped]),
            ("ISBN 9780439023481", "9780439023481", [.isbnUnwrapped]),
            ("isbn13:9780439023481", "9780439023481", [.isbnUnwrapped]),
            ("ISBN-10 0-439-02348-3", "9780439023481", [.isbnUnwrapped, .isbn10Converted]),
            ("urn:isbn:9780439023481", "9780439023481", [.isbnUnwrapped]),
            ("URN:ISBN:0-439-02348-3", "9780439023481", [.isbnUnwrapped, .isbn10Converted]),
            ("978–0–439–02348–1", "9780439023481", [.isbnUnwrapped]),
            ("0439023483 (pbk.)", "9780439023481", [.isbnUnwrapped, .isbn10Converted]),
            ("0439023483 : $9.95", "9780439023481", [.isbnUnwrapped, .isbn10Converted]),
            ("9780439023481; 0439023483", "9780439023481", [.isbnUnwrapped]),
            ("bad, 9780439023481", "9780439023481", [.isbnUnwrapped]),
            ("09780439023481", "9780439023481", [.isbnUnwrapped]),
            ("SBN 439-02348-3", "9780439023481", [.isbnUnwrapped, .isbnLeadingZerosRestored, .isbn10Converted]),
            ("080442957x", "9780804429573", [.isbn10Converted]),
            ("080442957Х", "9780804429573", [.isbnUnwrapped, .isbn10Converted]),
            ("80442957X", "9780804429573", [.isbnLeadingZerosRestored, .isbn10Converted]),
            ("9791032305690", "9791032305690", []),
            ("0439023484", nil, []), ("9780439023482", nil, []), ("978043902348", nil, []), ("hello", nil, []),
            ("12345", nil, []),
            ("97804390234811", nil, []), ("X439023483", nil, []), ("04390X3483", nil, []), ("97893806587.0", nil, []),
        ] as [(String, String?, [NormalisationStep.Kind])])
    mutating func oneField(raw: String, digits: String?, steps: [NormalisationStep.Kind]) throws {
        let expected = try digits.map { ISBNFieldReading.isbn(try #require(ISBN13($0))) } ?? .wrong
        #expect(normaliser.isbn(raw, field: "isbn13") == expected)
        #expect(normaliser.steps.map(\.step) == steps)
        #expect(normaliser.steps.allSatisfy { $0.field == "isbn13" && $0.before == raw && $0.after == digits })
    }

    @Test mutating func aLossyFloatIsUnprovable() {
        #expect(normaliser.isbn("9.78043902348e+12", field: "isbn13") == .unprovable)
        #expect(
            normaliser.steps == [
                NormalisationStep(field: "isbn13", step: .isbnUnprovable, before: "9.78043902348e+12", after: nil)
            ])
        #expect(normaliser.isbn("9.78E+12", field: "isbn13") == .unprovable)
        // Zeros may have been cut off: that the thirteenth digit would be one proves nothing.
        #expect(normaliser.isbn("9.781423104e+12", field: "isbn13") == .unprovable)
    }

    @Test(
        arguments: [
            (nil, nil, .absent), ("", "", .absent), ("B000FC1PJI", nil, .absent),
            (nil, "0316769487", .isbn("9780316769488")),
            ("9780316769488", nil, .isbn("9780316769488")), ("9780316769488", "0316769487", .isbn("9780316769488")),
            ("9780439023481", "0316769487", .isbn("9780439023481", "9780316769488")),
            ("9780439023481", "0316769480", .isbn("9780439023481")),
            ("9.78043902348e+12", "439023483", .isbn("9780439023481")),
            ("9.78043902348e+12", "316769487", .unprovable), ("9.78043902348e+12", "", .unprovable),
            // The last ten digits of the ISBN-13 where an ISBN-10 should be.
            ("9.78038553514e+12", "385535144", .isbn("9780385535144")),
            ("9.78038553614e+12", "385535144", .wrong("isbn", "385535144")),
            ("", "385535144", .wrong("isbn", "385535144")),
            // A shop's number beside a right ISBN-10.
            ("6.45573003012e+11", "189221301X", .isbn("9781892213013")),
            ("2.94001623192e+12", "", .absent),
            // Only the check digit is mistyped; and more than that.
            ("9780439023482", "0439023483", .isbn("9780439023481")),
            ("9780439023482", "0316769487", .wrong("isbn13", "9780439023482")),
            ("9780439023482", "", .wrong("isbn13", "9780439023482")), ("", "9.78043902348e+12", .unprovable),
            // The other way round.
            ("0439023483", "9780439023481", .isbn("9780439023481")),
        ] as [(String?, String?, Expected)])
    mutating func bothFields(isbn13: String?, isbn10: String?, expected: Expected) throws {
        let reading: ISBNReading =
            switch expected {
            case .absent: .absent
            case .unprovable: .unprovable
            case .wrong(let field, let value): .wrong(field: field, value: value)
            case .isbn(let digits, let rival):
                .isbn(try #require(ISBN13(digits)), disagreeing: try rival.map { try #require(ISBN13($0)) })
            }
        #expect(normaliser.isbn(isbn13: isbn13, isbn10: isbn10) == reading)
    }

    enum Expected: Sendable {
        case absent, unprovable
        case isbn(String, String? = nil)
        case wrong(String, String)
    }

    @Test mutating func aRightISBN13NeedsNoStepForItsISBN10() {
        _ = normaliser.isbn(isbn13: "9780316769488", isbn10: "0316769487")
        #expect(normaliser.steps == [])
        _ = normaliser.isbn(isbn13: "9780316769488", isbn10: "0316769480")
        #expect(
            normaliser.steps == [
                NormalisationStep(field: "isbn", step: .setToUnknown, before: "0316769480", after: nil)
            ])
    }
}
