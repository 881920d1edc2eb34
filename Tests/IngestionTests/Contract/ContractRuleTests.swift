import Catalog
import Testing

@testable import Ingestion

/// Every rule that can refuse a row, with the place it names and its remedy.
@Suite("Rules of the contract")
struct ContractRuleTests {
    private static let books =
        "title,isbn13,isbn10,subtitle,authors,categories,year,pages,rating,ratings_count,description,cover,sku"
    private static let marks = "reader,isbn,title,stars,shelf,date,item"

    /// A row that is refused, and what is said of it.
    struct Refusal: Sendable, CustomTestStringConvertible {
        var rule: String
        var header = ContractRuleTests.books
        var values: [String: String] = [:]
        var flaw: Record.Flaw?
        var field: String?
        var value: String?
        var remedy: String

        var testDescription: String { "\(rule) \(value ?? "")" }

        static func book(
            _ rule: String, _ values: [String: String], field: String?, value: String? = nil, _ remedy: String
        ) -> Refusal {
            let row = ["title": "Tides"].merging(values) { $1 }
            return Refusal(rule: rule, values: row, field: field, value: value ?? values.values.first, remedy: remedy)
        }

        static func mark(
            _ rule: String, _ values: [String: String], field: String?, value: String? = nil, _ remedy: String
        ) -> Refusal {
            let row = ["reader": "58", "isbn": "0306406152", "stars": "4"].merging(values) { $1 }
            return Refusal(
                rule: rule, header: ContractRuleTests.marks, values: row, field: field, value: value, remedy: remedy)
        }

        static func flaw(
            _ flaw: Record.Flaw, _ rule: String, field: String? = nil, value: String? = nil, _ remedy: String
        ) -> Refusal {
            Refusal(rule: rule, values: ["title": "Tides"], flaw: flaw, field: field, value: value, remedy: remedy)
        }
    }

    static let refusals: [Refusal] = [
        Refusal(rule: "missingTitle", values: ["title": " \u{A0}"], field: "title", remedy: "Give the book a title."),
        .book(
            "tooLong", ["title": String(repeating: "x", count: 1001)], field: "title",
            value: String(repeating: "x", count: 200), "It has 1001 characters; 1000 are allowed."),
        .book(
            "tooLong", ["sku": String(repeating: "é", count: 201)], field: "sourceID",
            value: String(repeating: "é", count: 200), "It has 201 characters; 200 are allowed."),
        .book(
            "invalidISBN", ["isbn13": "9780306406158"], field: "isbn13",
            "Its length or check digit is wrong. Correct it, or leave the field empty."),
        .book("invalidISBN", ["isbn10": "0306406153"], field: "isbn", "check digit is wrong"),
        .book(
            "isbnsDisagree", ["isbn13": "9780306406157", "isbn10": "0195153448"], field: "isbn13",
            value: "9780306406157, 9780195153446", "name different editions. Leave the wrong one empty."),
        .mark("missingReader", ["reader": ""], field: "reader", "Give the reader a name or a number."),
        .mark("missingItem", ["isbn": ""], field: "item", "Fill in one of: item, isbn13, isbn, title."),
        .mark("missingStars", ["stars": ""], field: "stars", "Fill in one of: stars, shelf."),
        .mark("missingStars", ["stars": "N/A"], field: "stars", "Fill in one of: stars, shelf."),
        .mark(
            "notANumber", ["stars": "good"], field: "stars", value: "good", "Write the stars as a number, or nothing."),
        .mark(
            "outOfRange", ["stars": "6"], field: "stars", value: "6",
            "It must be over 0 and at most 5. If the source gives more stars than that, say how many with `scale`"),
        .mark("outOfRange", ["stars": "-1"], field: "stars", value: "-1", "It must be over 0"),
        .mark("invalidISBN", ["isbn": "0306406153"], field: "isbn", value: "0306406153", "check digit is wrong"),
        .mark(
            "unknownShelf", ["stars": "", "shelf": "attic"], field: "shelf", value: "attic",
            "Write read, reading, to-read or abandoned."),
        .flaw(.unclosedQuote, "unclosedQuote", "Close it."),
        .flaw(.textAfterQuote, "textAfterQuote", "Write a double quote inside a field twice."),
        .flaw(.tooLong, "recordTooLong", "longer than any row may be"),
        .flaw(.notUTF8(field: 0), "notUTF8", field: "title", value: "Tides", "Save the file as UTF-8"),
        .flaw(.nulByte(field: 4), "nulByte", field: "authors", value: "", "NUL byte"),
        .flaw(.nulByte(field: 40), "nulByte", field: "field 41", "NUL byte"),
        .flaw(.fieldCount(found: 3, expected: 13), "fieldCount", value: "3 fields", "The header names 13 columns."),
        .flaw(.fieldCount(found: 1, expected: 13), "fieldCount", value: "1 field", "in double quotes"),
        .flaw(.notJSON(reason: "it ends too early"), "notJSON", "The line is not a JSON object: it ends too early."),
    ]

    @Test(arguments: refusals)
    func aBrokenRuleIsNamedWithItsPlace(refusal: Refusal) throws {
        var fixture = try RowFixture(refusal.header)
        let violation = try fixture.violation(refusal.values, flaw: refusal.flaw)
        #expect(violation.rule == refusal.rule)
        #expect(violation.field == refusal.field)
        #expect(violation.value == refusal.value)
        #expect(violation.remedy.contains(refusal.remedy), "\(violation.remedy)")
    }

    @Test func everyRuleIsTried() throws {
        let contract = try DataContract.standard()
        var rules = Set(Violation.Rule.allCases.map(\.rawValue))
        for section in [contract.books, contract.ratings, contract.tags] {
            rules.formUnion(section.rules.filter { $0.onViolation == .quarantine }.map(\.name))
            for (fact, rule) in section.fields where rule.required { rules.insert(Violation.missingRule(of: fact)) }
        }
        var tried = Set(Self.refusals.map(\.rule))
        // CatalogueRowTests, ExportRoundTripTests and below.
        tried.formUnion(["missingTagID", "missingTagName", "missingTagCount", "unknownItem", "duplicateEdition"])
        tried.formUnion(["tooMany", "notADate"])
        #expect(rules == tried)
    }

    /// What cannot be true is unknown, and the report shows it.
    @Test(arguments: [
        ("year", "year", "9999"), ("year", "year", "-4001"), ("year", "year", "2029"), ("year", "year", "0"),
        ("year", "year", "soon"), ("pages", "pages", "0"), ("pages", "pages", "-1"), ("pages", "pages", "100001"),
        ("pages", "pages", "1.5"), ("pages", "pages", "many"), ("rating", "averageRating", "0"),
        ("rating", "averageRating", "5.01"), ("rating", "averageRating", "0.5"), ("rating", "averageRating", "good"),
        ("ratings_count", "ratingsCount", "-1"), ("ratings_count", "ratingsCount", "7.25"),
        ("ratings_count", "ratingsCount", "1e19"), ("ratings_count", "ratingsCount", "a lot"),
    ])
    func whatCannotBeTrueIsUnknown(column: String, field: String, text: String) throws {
        var fixture = try RowFixture(Self.books)
        let result = fixture.read(["title": "Tides", column: text])
        #expect(result.content == .edition(Edition(title: "Tides")))
        #expect(result.steps.last == NormalisationStep(field: field, step: .setToUnknown, before: text, after: nil))
    }

    @Test(arguments: [
        ("year", "-4000", -4_000.0), ("year", "2028", 2_028), ("year", "1", 1), ("pages", "1", 1),
        ("pages", "100000", 100_000), ("rating", "1", 1), ("rating", "5", 5), ("ratings_count", "10000000000", 1e10),
        ("ratings_count", "0", 0),
    ])
    func theEndsOfARangeAreWithin(column: String, text: String, value: Double) throws {
        var fixture = try RowFixture(Self.books)
        let result = fixture.read(["title": "Tides", column: text])
        guard case .edition(let edition) = result.content else {
            Issue.record("\(result.content)")
            return
        }
        let found: Double? =
            switch column {
            case "year": edition.year.map(Double.init)
            case "pages": edition.pages.map(Double.init)
            case "rating": edition.averageRating
            default: Double(edition.ratingsCount)
            }
        #expect(found == value)
        #expect(result.steps == [])
    }

    @Test func aMeanOfNoRatingsIsUnknown() throws {
        var fixture = try RowFixture(Self.books)
        let result = fixture.read(["title": "Tides", "rating": "4.5", "ratings_count": "0"])
        #expect(result.content == .edition(Edition(title: "Tides")))
        #expect(
            result.steps == [NormalisationStep(field: "averageRating", step: .setToUnknown, before: "4.5", after: nil)])
        // Where nobody says how many, it may be right.
        #expect(try fixture.edition(["title": "Tides", "rating": "4.5"]).averageRating == 4.5)
    }

    @Test func aSubtitleThatRepeatsTheTitleIsLeftOut() throws {
        var fixture = try RowFixture(Self.books)
        let result = fixture.read(["title": "Die Gezeiten", "subtitle": "DIE  GEZEITEN!"])
        #expect(result.content == .edition(Edition(title: "Die Gezeiten")))
        #expect(result.stepNames == ["subtitle: setToUnknown"])
        #expect(try fixture.edition(["title": "Tides", "subtitle": "Tides of Salt"]).subtitle == "Tides of Salt")
    }

    @Test func aWrongISBNBesideARightOneIsLeftOut() throws {
        var fixture = try RowFixture(Self.books)
        let result = fixture.read(["title": "Tides", "isbn13": "9780306406157", "isbn10": "0306406153"])
        #expect(result.content == .edition(Edition(isbn13: ISBN13("9780306406157"), title: "Tides")))
        #expect(
            result.steps == [NormalisationStep(field: "isbn", step: .setToUnknown, before: "0306406153", after: nil)])
        // The other way round, the number that is meant must not be another book's.
        let violation = try fixture.violation(["title": "Tides", "isbn13": "9780195153447", "isbn10": "0306406152"])
        #expect(violation.rule == "invalidISBN")
        #expect(violation.field == "isbn13")
        #expect(violation.value == "9780195153447")
    }

    @Test func listsHaveLimits() throws {
        var fixture = try RowFixture(Self.books)
        let many = (0..<501).map { "c\($0)" }.joined(separator: ";")
        let result = fixture.read(["title": "Tides", "categories": many])
        #expect(result.content == .edition(Edition(title: "Tides")))
        #expect(result.stepNames.last == "categories: setToUnknown")
        let long = try fixture.edition([
            "title": "Tides", "categories": "Sea;\(String(repeating: "x", count: 201));Salt",
        ])
        #expect(long.categories == ["Sea", "Salt"])
    }

    @Test func aLongDescriptionIsLeftOut() throws {
        var fixture = try RowFixture(Self.books)
        let text = String(repeating: "word ", count: 4_000) + "."
        #expect(try fixture.edition(["title": "Tides", "description": text]).description == nil)
        #expect(try fixture.edition(["title": "Tides", "description": String(text.dropFirst(5))]).description != nil)
    }

    @Test(arguments: ["1899-12-31", "2028-01-01", "soon"])
    func animpossibleDayIsUnknown(text: String) throws {
        var fixture = try RowFixture(Self.marks)
        let result = fixture.read(["reader": "5", "item": "6", "stars": "4", "date": text])
        #expect(result.content == .mark(ReaderMark(reader: "5", item: RatedItem(key: .id("6")), stars: 4)))
        #expect(result.steps == [NormalisationStep(field: "day", step: .setToUnknown, before: text, after: nil)])
    }

    @Test(arguments: [("1900-01-01", -25_567), ("2027-12-31", 21_183)])
    func theFirstAndLastDaysAreWithin(text: String, day: Int) throws {
        var fixture = try RowFixture(Self.marks)
        #expect(try fixture.mark(["reader": "5", "item": "6", "stars": "4", "date": text]).day == day)
    }
}
