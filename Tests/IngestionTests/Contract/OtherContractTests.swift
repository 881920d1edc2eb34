import Catalog
import Testing

@testable import Ingestion

/// A contract of the user's own holds as written.
@Suite("Other contracts")
struct OtherContractTests {
    private func contract(books: String = "", ratings: String = "", bookRules: String = "", ratingRules: String = "")
        throws -> DataContract
    {
        try DataContract(
            yaml: """
                version: 1
                thresholds: {quarantinedShare: 0.5, minimumRows: 0}
                books: {fields: {\(books)}, rules: [\(bookRules)]}
                ratings: {fields: {\(ratings)}, rules: [\(ratingRules)]}
                tags: {fields: {}}
                """, file: "c.yaml")
    }

    private static let header =
        "title,subtitle,isbn13,isbn10,authors,categories,year,pages,rating,ratings_count,description,cover,series,language,sku"

    private func read(_ values: [String: String], _ contract: DataContract) throws -> RowResult {
        var fixture = try RowFixture(Self.header, contract: contract)
        return fixture.read(["title": "Tides"].merging(values) { $1 })
    }

    private func rule(_ values: [String: String], _ contract: DataContract) throws -> String? {
        guard case .refused(let violation) = try read(values, contract).content else { return nil }
        return violation.rule
    }

    @Test(arguments: [
        ("subtitle", "missingSubtitle"), ("isbn13", "missingIsbn13"), ("authors", "missingAuthors"),
        ("categories", "missingCategories"), ("year", "missingYear"), ("pages", "missingPages"),
        ("averageRating", "missingAverageRating"), ("ratingsCount", "missingRatingsCount"),
        ("description", "missingDescription"), ("coverURL", "missingCoverURL"), ("series", "missingSeries"),
        ("language", "missingLanguage"), ("sourceID", "missingSourceID"),
    ])
    func anyFactCanBeRequired(fact: String, rule: String) throws {
        let contract = try contract(books: "\(fact): {required: true, onViolation: unknown}")
        var fixture = try RowFixture(Self.header, contract: contract)
        let violation = try fixture.violation(["title": "Tides"])
        #expect(violation.rule == rule)
        #expect(violation.field == fact)
        #expect(violation.remedy == "Fill in the \(fact), or leave the row out.")
    }

    @Test func whatIsRequiredCannotBeMadeUnknown() throws {
        let contract = try contract(books: "year: {required: true, max: 2000, onViolation: unknown}")
        #expect(try rule(["year": "2001"], contract) == "outOfRange")
        #expect(try rule(["year": "soon"], contract) == "notANumber")
        #expect(try rule(["year": "2000"], contract) == nil)
    }

    @Test func numbersCanBeQuarantined() throws {
        let contract = try contract(
            books:
                "year: {min: 1900, max: thisYear}, pages: {max: 10}, averageRating: {min: 1}, authors: {max: 1, maxLength: 5}"
        )
        #expect(try rule(["year": "2027"], contract) == "outOfRange")
        #expect(try rule(["year": "2026"], contract) == nil)
        #expect(try rule(["year": "soon"], contract) == "notANumber")
        #expect(try rule(["pages": "11"], contract) == "outOfRange")
        #expect(try rule(["rating": "0.9"], contract) == "outOfRange")
        #expect(try rule(["authors": "A B;C D"], contract) == "tooMany")
        #expect(try rule(["authors": "Iris Vale"], contract) == "tooLong")
        var fixture = try RowFixture(Self.header, contract: contract)
        #expect(try fixture.violation(["title": "T", "pages": "11"]).remedy.hasPrefix("It must be at most 10;"))
        #expect(try fixture.violation(["title": "T", "rating": "0.5"]).remedy.hasPrefix("It must be 1 or more;"))
        #expect(try fixture.violation(["title": "T", "year": "5"]).remedy.hasPrefix("It must be from 1900 to 2026;"))
        #expect(
            try fixture.violation(["title": "T", "authors": "A;B"]).remedy.hasPrefix(
                "It has 2 entries; at most 1 are allowed."))
    }

    @Test func aFactWithoutRulesHasNoLimits() throws {
        let result = try read(["year": "9998", "isbn13": "wrong"], contract())
        #expect(result.content == .edition(Edition(title: "Tides", year: 9998)))
        #expect(result.stepNames == ["isbn13: setToUnknown"])
    }

    @Test func rulesOverSeveralFactsTakeBothConsequences() throws {
        let agree = "{name: a, agree: [isbn13, isbn], onViolation: unknown}"
        let isbns = ["isbn13": "9780306406157", "isbn10": "0195153448"]
        let left = try read(isbns, contract(bookRules: agree))
        #expect(left.content == .edition(Edition(isbn13: ISBN13("9780195153446"), title: "Tides")))
        #expect(left.stepNames.last == "isbn13: setToUnknown")

        #expect(try rule(["subtitle": "tides"], contract(bookRules: "{name: b, differs: [subtitle, title]}")) == "b")
        #expect(
            try rule(
                ["rating": "4", "ratings_count": "0"],
                contract(bookRules: "{name: c, notWhenZero: [averageRating, ratingsCount]}")) == "c")
        #expect(try rule([:], contract(bookRules: "{name: d, anyOf: [isbn13, isbn, authors, year]}")) == "d")
        for row in [["isbn10": "0195153448"], ["authors": "Iris Vale"], ["year": "1"]] {
            #expect(try rule(row, contract(bookRules: "{name: d, anyOf: [isbn13, isbn, authors, year]}")) == nil)
        }
    }

    @Test func marksObeyToo() throws {
        let contract = try contract(
            ratings:
                "stars: {required: true, min: 1, onViolation: unknown}, day: {required: true}, title: {required: true}")
        var fixture = try RowFixture("reader,isbn13,title,stars,date", contract: contract)
        let row = ["reader": "5", "isbn13": "9780306406157", "title": "Tides", "stars": "4", "date": "2020-01-01"]
        #expect(try fixture.mark(row).stars == 4)
        for (name, rule) in [("stars", "missingStars"), ("date", "missingDay"), ("title", "missingTitle")] {
            #expect(try fixture.violation(row.merging([name: ""]) { $1 }).rule == rule)
        }
        #expect(try fixture.violation(row.merging(["stars": "0.5"]) { $1 }).rule == "outOfRange")
        #expect(try fixture.violation(row.merging(["date": "soon"]) { $1 }).rule == "notADate")
    }

    /// Even where no rule asks for it, a mark must be of some book.
    @Test func aMarkOfNothingIsRefused() throws {
        var fixture = try RowFixture("reader,isbn13,title,stars", contract: contract())
        #expect(try fixture.violation(["reader": "5", "stars": "4"]).rule == "missingItem")
    }

    @Test func aSecondRowNamesTheFirst() {
        let violation = Violation.duplicate(of: "isbn:9780306406157", onLine: 12)
        #expect(violation.rule == "duplicateEdition")
        #expect(violation.value == "isbn:9780306406157")
        #expect(violation.remedy == "Line 12 has the same edition with other facts. Keep one of the two.")
    }

    @Test func aLongValueIsShownInPart() {
        let violation = Violation(rule: "x", field: nil, value: String(repeating: "é", count: 500), remedy: "Mend it.")
        #expect(violation.value == String(repeating: "é", count: 200))
    }
}
