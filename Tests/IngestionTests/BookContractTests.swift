import Catalog
import CatalogStore
import Testing

@testable import Ingestion

@Suite("Contract of a book")
struct BookContractTests {
    private let contract: BookContract
    private static let header = [
        "title", "isbn13", "isbn10", "subtitle", "authors", "categories", "year", "pages", "rating", "ratings_count",
        "description", "cover",
    ]

    init() throws {
        contract = BookContract(columns: try BookColumns(header: Self.header, source: "b"), currentYear: 2026)
    }

    /// A sound record with some of its fields replaced.
    private func record(_ values: [String: String], flaw: CSVRecord.Flaw? = nil) -> CSVRecord {
        let fields = Self.header.map { values[$0] ?? ($0 == "title" ? "Tides" : "") }
        return CSVRecord(line: 7, fields: fields, flaw: flaw, text: "the row")
    }

    @Test func everyFactIsTaken() throws {
        let edition = try contract.edition(
            from: record([
                "title": " Tides ", "isbn13": "978-0-306-40615-7", "isbn10": "0306406152", "subtitle": "A Novel",
                "authors": "Iris Vale; Tom Orr ;;Iris Vale", "categories": "Sea;Love", "year": "1995", "pages": "320",
                "rating": "4.25", "ratings_count": "1200", "description": "Wet.", "cover": "http://example.org/c.png",
            ]))
        let expected = Edition(
            isbn13: ISBN13("9780306406157"), title: "Tides", subtitle: "A Novel", authors: ["Iris Vale", "Tom Orr"],
            categories: ["Sea", "Love"], year: 1995, pages: 320, averageRating: 4.25, ratingsCount: 1200,
            description: "Wet.", coverURL: "http://example.org/c.png")
        #expect(edition == expected)
    }

    @Test func aTitleIsEnough() throws {
        #expect(try contract.edition(from: record([:])) == Edition(title: "Tides"))
    }

    @Test func theISBN10StandsIn() throws {
        #expect(try contract.edition(from: record(["isbn10": "0-8044-2957-x"])).isbn13?.digits == "9780804429573")
        // Files name the column after either.
        #expect(try contract.edition(from: record(["isbn13": "080442957X"])).isbn13?.digits == "9780804429573")
        #expect(try contract.edition(from: record(["isbn10": "9780306406157"])).isbn13?.digits == "9780306406157")
    }

    @Test func aZeroMeansNotKnown() throws {
        for zero in ["0", "0.0", "-0", "00", "0e5"] {
            let edition = try contract.edition(
                from: record(["year": zero, "pages": zero, "rating": zero, "ratings_count": zero]))
            #expect(edition == Edition(title: "Tides"))
        }
    }

    @Test(arguments: [
        ("-750", -750), ("-4000", -4_000), ("1", 1), ("1995.0", 1_995), ("+1995", 1_995), ("2028", 2_028),
    ])
    func yearsMayBeBeforeOurEra(text: String, year: Int) throws {
        #expect(try contract.edition(from: record(["year": text])).year == year)
    }

    @Test(arguments: [
        ("pages", "1", 1.0), ("pages", "100000", 100_000), ("pages", "320.0", 320), ("pages", "3.2e2", 320),
        ("rating", "1", 1), ("rating", "5", 5), ("rating", "5.00", 5), ("ratings_count", "10000000000", 1e10),
        ("ratings_count", "1200.0", 1200),
    ])
    func theEndsOfARangeAreWithin(column: String, text: String, value: Double) throws {
        let edition = try contract.edition(from: record([column: text]))
        switch column {
        case "pages": #expect(edition.pages.map(Double.init) == value)
        case "rating": #expect(edition.averageRating == value)
        default: #expect(Double(edition.ratingsCount) == value)
        }
    }

    /// A row that is refused, and what is said of it.
    struct Refusal: Sendable, CustomTestStringConvertible {
        var rule: BookContract.Rule
        var values: [String: String] = [:]
        var flaw: CSVRecord.Flaw?
        var field: String?
        var value: String?
        var remedy: String

        /// One value in one column that breaks the rule.
        init(_ rule: BookContract.Rule, _ column: String, _ text: String, field: String, remedy: String) {
            self.rule = rule
            values = [column: text]
            self.field = field
            value = text
            self.remedy = remedy
        }

        init(
            _ flaw: CSVRecord.Flaw, _ rule: BookContract.Rule, field: String? = nil, value: String? = nil,
            remedy: String
        ) {
            self.rule = rule
            self.flaw = flaw
            self.field = field
            self.value = value
            self.remedy = remedy
        }

        var testDescription: String { "\(rule) \(value ?? "")" }
    }

    static let numbers = [
        "many", "nan", "-nan", "inf", "-Infinity", "1e400", "1,5", "1 000", "１９９５", "12 pages", "--1", "1/2",
    ]
    static let refusals: [Refusal] =
        numbers.map { Refusal(.notANumber, "year", $0, field: "year", remedy: "with a point for decimals") }
        + numbers.map {
            Refusal(.notANumber, "rating", $0, field: "averageRating", remedy: "with a point for decimals")
        }
        + ["9780306406158", "0306406153", "978030640615", "9.78031E+12", "none"].map {
            Refusal(.invalidISBN, "isbn13", $0, field: "isbn13", remedy: "check digit is wrong")
        }
        + [
            Refusal(.invalidISBN, "isbn10", "0306406153", field: "isbn", remedy: "leave the field empty"),
            Refusal(.notANumber, "pages", "1.5", field: "pages", remedy: "whole number"),
            Refusal(.notANumber, "year", "-0.5", field: "year", remedy: "whole number"),
            Refusal(.notANumber, "ratings_count", "7.25", field: "ratingsCount", remedy: "whole number"),
            Refusal(.outOfRange, "year", "2029", field: "year", remedy: "from -4000 to 2028;"),
            Refusal(.outOfRange, "year", "-4001", field: "year", remedy: "from -4000 to 2028;"),
            Refusal(.outOfRange, "year", "1e300", field: "year", remedy: "from -4000 to 2028;"),
            Refusal(.outOfRange, "pages", "-1", field: "pages", remedy: "from 1 to 100000;"),
            Refusal(.outOfRange, "pages", "100001", field: "pages", remedy: "from 1 to 100000;"),
            Refusal(.outOfRange, "rating", "5.01", field: "averageRating", remedy: "from 1 to 5;"),
            Refusal(.outOfRange, "rating", "0.5", field: "averageRating", remedy: "from 1 to 5;"),
            Refusal(.outOfRange, "rating", "-1", field: "averageRating", remedy: "from 1 to 5;"),
            Refusal(.outOfRange, "ratings_count", "-1", field: "ratingsCount", remedy: "from 0 to 10000000000;"),
            Refusal(.outOfRange, "ratings_count", "1e19", field: "ratingsCount", remedy: "from 0 to 10000000000;"),
            Refusal(.unclosedQuote, .unclosedQuote, remedy: "Close it."),
            Refusal(.textAfterQuote, .textAfterQuote, remedy: "Write a double quote inside a field twice."),
            Refusal(.tooLong, .recordTooLong, remedy: "longer than 4 MiB"),
            Refusal(.notUTF8(field: 0), .notUTF8, field: "title", value: "Tides", remedy: "Save the file as UTF-8."),
            Refusal(.nulByte(field: 4), .nulByte, field: "authors", value: "", remedy: "NUL byte"),
        ]

    @Test(arguments: refusals)
    func aBrokenRuleIsNamedWithItsPlace(refusal: Refusal) throws {
        let violation = try #require(throws: BookContract.Violation.self) {
            try contract.edition(from: record(refusal.values, flaw: refusal.flaw))
        }
        #expect(violation.rule == refusal.rule)
        #expect(violation.field == refusal.field)
        #expect(violation.value == refusal.value)
        #expect(violation.remedy.contains(refusal.remedy), "\(violation.remedy)")
    }

    @Test func everyRuleIsTried() {
        let tried = Set(Self.refusals.map(\.rule))
        // These three have tests of their own; the last one needs a whole file: see BookIngestionTests.
        let others: Set<BookContract.Rule> = [.missingTitle, .fieldCount, .duplicateEdition]
        #expect(tried.union(others) == Set(BookContract.Rule.allCases))
    }

    @Test(arguments: ["", "  ", "\u{A0}\t"])
    func aTitleIsNeeded(title: String) throws {
        let violation = try #require(throws: BookContract.Violation.self) {
            try contract.edition(from: record(["title": title]))
        }
        #expect(violation == .init(rule: .missingTitle, field: "title", value: nil, remedy: "Give the book a title."))
    }

    @Test(arguments: [0, 1, 11, 13])
    func thereMustBeAFieldForEveryColumn(count: Int) throws {
        let fields = Array(repeating: "Tides", count: count)
        let violation = try #require(throws: BookContract.Violation.self) {
            try contract.edition(from: CSVRecord(line: 1, fields: fields, flaw: nil, text: ""))
        }
        #expect(violation.rule == .fieldCount)
        #expect(violation.field == nil)
        #expect(violation.value == "\(count) fields")
        #expect(violation.remedy.contains("The header names 12 columns."))
    }

    @Test func aFieldBeyondTheColumnsIsNamedByItsNumber() throws {
        let record = CSVRecord(line: 1, fields: Array(repeating: "x", count: 14), flaw: .notUTF8(field: 13), text: "")
        let violation = try #require(throws: BookContract.Violation.self) { try contract.edition(from: record) }
        #expect(violation.field == "field 14")
    }

    @Test func theQuarantinedRowSaysItInOneSentence() throws {
        let violation = BookContract.Violation(rule: .outOfRange, field: "year", value: "9999", remedy: "Mend it.")
        let row = QuarantinedRow(violation, in: record([:]))
        #expect(
            row == .init(line: 7, rule: "outOfRange", field: "year", value: "9999", remedy: "Mend it.", row: "the row"))
        #expect(row.message == "line 7, year: outOfRange (“9999”). Mend it.")
        let plain = BookContract.Violation(rule: .recordTooLong, field: nil, value: nil, remedy: "Mend it.")
        #expect(QuarantinedRow(plain, in: record([:])).message == "line 7: recordTooLong. Mend it.")
    }

    @Test func aLongValueIsShownInPart() {
        let long = BookContract.Violation(
            rule: .notANumber, field: "year", value: String(repeating: "é", count: 500), remedy: "Mend it.")
        #expect(QuarantinedRow(long, in: record([:])).value == String(repeating: "é", count: 200))
    }
}
