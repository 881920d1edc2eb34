import Testing

@testable import Ingestion

@Suite("Columns of a file of books")
struct BookColumnsTests {
    @Test(arguments: [
        ("isbn13", BookColumns.Fact.isbn13), ("ISBN", .isbn), ("ISBN-13", .isbn13), ("EAN", .isbn13),
        ("isbn10", .isbn), ("ISBN_10", .isbn), ("Book-Title", .title), ("TITLE ", .title), ("Subtitle", .subtitle),
        ("Author", .authors), ("authors", .authors), ("Book Author", .authors), ("Genres", .categories),
        ("genre", .categories), ("subjects", .categories), ("category", .categories), ("categories", .categories),
        ("Summary", .description), ("blurb", .description), ("description", .description), ("Year", .year),
        ("published_year", .year), ("publication year", .year), ("original_publication_year", .year),
        ("Year-Of-Publication", .year), ("num_pages", .pages), ("  num_pages", .pages), ("Pages", .pages),
        ("page count", .pages), ("Number of Pages", .pages), ("average_rating", .averageRating),
        ("Avg Rating", .averageRating), ("rating", .averageRating), ("ratings_count", .ratingsCount),
        ("num ratings", .ratingsCount), ("numberOfRatings", .ratingsCount), ("thumbnail", .coverURL),
        ("Cover", .coverURL), ("cover-url", .coverURL), ("image_url", .coverURL), ("isbn13\u{A0}", .isbn13),
    ])
    func aColumnGoesByManyNames(name: String, fact: BookColumns.Fact) throws {
        let header = fact == .title ? ["x", name] : ["title", name]
        let columns = try BookColumns(header: header, source: "books.csv")
        #expect(columns.index(of: fact) == 1)
        #expect(columns.fact(at: 1) == fact)
        #expect(columns.unmapped == (fact == .title ? ["x"] : []))
        #expect(columns.count == 2)
    }

    @Test func noNameStandsForTwoFacts() {
        let names = BookColumns.Fact.allCases.flatMap(\.names)
        #expect(Set(names).count == names.count)
    }

    @Test func whatIsNotKnownIsReportedAndNotGuessed() throws {
        let header = ["", "Title", "work_ratings_count", "isbn 14", "titles", "Tïtle", "rätings"]
        let columns = try BookColumns(header: header, source: "books.csv")
        #expect(columns.unmapped == ["", "work_ratings_count", "isbn 14", "titles", "Tïtle", "rätings"])
        #expect(BookColumns.Fact.allCases.filter { columns.index(of: $0) != nil } == [.title])
        #expect(columns.count == 7)
        #expect(columns.fact(at: 0) == nil)
    }

    @Test func withoutATitleColumnTheFileIsRefused() throws {
        let error = try #require(throws: IngestionError.self) {
            try BookColumns(header: ["isbn13;titel;autor"], source: "books.csv")
        }
        #expect(error == .missingColumn(source: "books.csv", fact: "title", found: ["isbn13;titel;autor"]))
        #expect("\(error)".hasPrefix("books.csv, line 1: there is no `title` column, only `isbn13;titel;autor`."))
        #expect("\(error)".contains("check that commas separate the columns"))
    }

    @Test func theMessageStaysShort() throws {
        let header = Array(repeating: String(repeating: "x", count: 10_000), count: 5_000)
        let error = try #require(throws: IngestionError.self) { try BookColumns(header: header, source: "b") }
        #expect("\(error)".count < 1_200)
    }

    @Test func twoColumnsForOneFactAreRefused() throws {
        let error = try #require(throws: IngestionError.self) {
            try BookColumns(header: ["title", "Year", "pages", "published_year"], source: "books.csv")
        }
        #expect(error == .ambiguousColumns(source: "books.csv", fact: "year", columns: ["Year", "published_year"]))
        #expect(
            "\(error)".contains("books.csv, line 1: `Year` and `published_year` both name the year. Remove or rename"))
    }

    @Test func valuesAreTrimmedAndEmptyOnesAreNone() throws {
        let columns = try BookColumns(header: ["title", "year"], source: "b")
        #expect(columns.value(of: .title, in: [" \t\u{A0}Tides and Salt\u{3000}\r\n", ""]) == "Tides and Salt")
        #expect(columns.value(of: .title, in: ["a b", ""]) == "a b")
        #expect(columns.value(of: .year, in: ["a", " \n"]) == nil)
        #expect(columns.value(of: .year, in: ["a"]) == nil)
        #expect(columns.value(of: .pages, in: ["a", "b"]) == nil)
    }
}
