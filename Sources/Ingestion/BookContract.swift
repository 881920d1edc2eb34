public import Catalog
public import CatalogStore
import Foundation

/// What a row must be to become an edition of a book.
///
/// Refused: a row whose number of fields is not the header's, without a title, with a wrong ISBN, or with text where a
/// number belongs or one out of range. Unknown rather than refused: empty fields, and a 0 where a source means "not known" (ratings,
/// pages, year).
public struct BookContract: Sendable {
    /// Why a row is refused. The raw value is the stable name that reports count by.
    public enum Rule: String, Sendable, CaseIterable {
        case unclosedQuote, textAfterQuote, recordTooLong, notUTF8, nulByte, fieldCount
        case missingTitle, invalidISBN, notANumber, outOfRange, duplicateEdition
    }

    /// A broken rule at one place of a row.
    public struct Violation: Error, Sendable, Equatable {
        public var rule: Rule
        public var field: String?
        public var value: String?
        public var remedy: String
    }

    let columns: BookColumns
    /// The last year a book can be dated: announced books are a little ahead of their time.
    let lastYear: Int

    public init(columns: BookColumns, currentYear: Int) {
        self.columns = columns
        lastYear = currentYear + 2
    }

    /// Reads a record as an edition.
    /// - Throws: the first `Violation` found.
    public func edition(from record: CSVRecord) throws(Violation) -> Edition {
        if let flaw = record.flaw { throw violation(of: flaw, in: record) }
        guard record.fields.count == columns.count else {
            throw Violation(
                rule: .fieldCount, field: nil, value: "\(record.fields.count) fields",
                remedy:
                    "The header names \(columns.count) columns. Put fields that contain commas or line ends in double quotes."
            )
        }
        func text(_ fact: BookColumns.Fact) -> String? { columns.value(of: fact, in: record.fields) }
        guard let title = text(.title) else {
            throw Violation(rule: .missingTitle, field: "title", value: nil, remedy: "Give the book a title.")
        }
        return Edition(
            isbn13: try isbn(text),
            title: title,
            subtitle: text(.subtitle),
            authors: list(text(.authors)),
            categories: list(text(.categories)),
            year: try whole(.year, text, in: -4_000...lastYear),
            pages: try whole(.pages, text, in: 1...100_000),
            averageRating: try number(.averageRating, text, in: 1...5).flatMap { $0 > 0 ? $0 : nil },
            ratingsCount: try whole(.ratingsCount, text, in: 0...10_000_000_000) ?? 0,
            description: text(.description),
            coverURL: text(.coverURL))
    }

    private func isbn(_ text: (BookColumns.Fact) -> String?) throws(Violation) -> ISBN13? {
        for fact in [BookColumns.Fact.isbn13, .isbn] {
            guard let written = text(fact) else { continue }
            guard let isbn = ISBN13.parse(written) else {
                throw Violation(
                    rule: .invalidISBN, field: fact.rawValue, value: written,
                    remedy: "Its length or check digit is wrong. Correct it, or leave the field empty.")
            }
            return isbn
        }
        return nil
    }

    private func list(_ text: String?) -> [String] {
        var seen: Set<String> = []
        return (text ?? "").split(separator: ";").map { String($0).trimmed }
            .filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    private func whole(
        _ fact: BookColumns.Fact, _ text: (BookColumns.Fact) -> String?, in range: ClosedRange<Int>
    ) throws(Violation) -> Int? {
        let bounds = Double(range.lowerBound)...Double(range.upperBound)
        guard let value = try number(fact, text, in: bounds) else { return nil }
        guard value == value.rounded() else {
            throw Violation(
                rule: .notANumber, field: fact.rawValue, value: text(fact), remedy: "Write a whole number, or nothing.")
        }
        let whole = Int(value)
        // 0 pages and the year 0 (there was none) are how sources write "not known".
        return whole == 0 && fact != .ratingsCount ? nil : whole
    }

    /// A 0 passes, in the range or not: it may mean "not known".
    private func number(
        _ fact: BookColumns.Fact, _ text: (BookColumns.Fact) -> String?, in range: ClosedRange<Double>
    ) throws(Violation) -> Double? {
        guard let written = text(fact) else { return nil }
        // Swift would read hexadecimal too.
        guard !written.lowercased().contains("x"), let value = Double(written), value.isFinite else {
            throw Violation(
                rule: .notANumber, field: fact.rawValue, value: written,
                remedy: "Write a number with a point for decimals, or nothing.")
        }
        guard value == 0 || range.contains(value) else {
            throw Violation(
                rule: .outOfRange, field: fact.rawValue, value: written,
                remedy: "It must be from \(Int(range.lowerBound)) to \(Int(range.upperBound)); "
                    + "leave it empty if it is not known.")
        }
        return value
    }

    private func violation(of flaw: CSVRecord.Flaw, in record: CSVRecord) -> Violation {
        func name(_ field: Int) -> String { columns.fact(at: field)?.rawValue ?? "field \(field + 1)" }
        switch flaw {
        case .unclosedQuote:
            return Violation(
                rule: .unclosedQuote, field: nil, value: nil,
                remedy:
                    "A double quote is opened in this row and never closed, so the rest of the file was read as one field. Close it."
            )
        case .textAfterQuote:
            return Violation(
                rule: .textAfterQuote, field: nil, value: nil,
                remedy: "A quoted field goes on after its closing quote. Write a double quote inside a field twice.")
        case .tooLong:
            return Violation(
                rule: .recordTooLong, field: nil, value: nil,
                remedy:
                    "The row is longer than \(CSVParser.longestRecord >> 20) MiB. Check for a missing line end or quote."
            )
        case .notUTF8(let field):
            return Violation(
                rule: .notUTF8, field: name(field), value: record.fields[field],
                remedy: "The field is not valid UTF-8. Save the file as UTF-8.")
        case .nulByte(let field):
            return Violation(
                rule: .nulByte, field: name(field), value: record.fields[field],
                remedy: "The field has a NUL byte. Save the file as UTF-8 text.")
        }
    }
}

extension QuarantinedRow {
    /// How much of a value is shown; the row is kept whole beside it.
    private static let longestValue = 200

    init(_ violation: BookContract.Violation, in record: CSVRecord) {
        self.init(
            line: record.line, rule: violation.rule.rawValue, field: violation.field,
            value: violation.value.map { String($0.prefix(Self.longestValue)) }, remedy: violation.remedy,
            row: record.text)
    }

    /// Line, field, reason and remedy in one sentence.
    public var message: String {
        let place = field.map { "line \(line), \($0)" } ?? "line \(line)"
        return "\(place): \(rule)\(value.map { " (“\($0)”)" } ?? ""). \(remedy)"
    }
}
