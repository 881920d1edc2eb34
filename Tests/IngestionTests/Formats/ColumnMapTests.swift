import Catalog
import Testing

@testable import Ingestion

@Suite("Columns of a file")
struct ColumnMapTests {
    private func map(_ header: String, _ format: String) throws -> ColumnMap {
        try ColumnMap(header: header.components(by: ","), format: .named(format), file: "books.csv")
    }

    @Test(arguments: [
        ("isbn13", Fact.isbn13), ("ISBN", .isbn), ("ISBN-13", .isbn13), ("EAN", .isbn13), ("isbn10", .isbn),
        ("ISBN_10", .isbn), ("Subtitle", .subtitle), ("Author", .authors), ("authors", .authors),
        ("Book Author", .authors), ("Genres", .categories), ("genre", .categories), ("subjects", .categories),
        ("category", .categories), ("categories", .categories), ("Summary", .description), ("blurb", .description),
        ("description", .description), ("Year", .year), ("published_year", .year), ("publication year", .year),
        ("original_publication_year", .year), ("Year-Of-Publication", .year), ("num_pages", .pages),
        ("  num_pages", .pages), ("Pages", .pages), ("page count", .pages), ("Number of Pages", .pages),
        ("average_rating", .averageRating), ("Avg Rating", .averageRating), ("rating", .averageRating),
        ("ratings_count", .ratingsCount), ("num ratings", .ratingsCount), ("numberOfRatings", .ratingsCount),
        ("thumbnail", .coverURL), ("Cover", .coverURL), ("cover-url", .coverURL), ("image_url", .coverURL),
        ("isbn13\u{A0}", .isbn13), ("Verfasser", .authors), ("Untertitel", .subtitle), ("Seitenzahl", .pages),
        ("Erscheinungsjahr", .year), ("Auteur", .authors), ("Année", .year), ("Nombre de pages", .pages),
        ("Autores", .authors), ("Páginas", .pages), ("Año", .year), ("Sprache", .language),
        ("language_code", .language),
        ("Reihe", .series), ("book_id", .sourceID),
    ])
    func aCataloguesColumnGoesByManyNames(name: String, fact: Fact) throws {
        let map = try map("title," + name, "catalogue")
        #expect(map.column(of: fact) == 1)
        #expect(map.name(of: 1) == fact.name)
        #expect(map.unmapped == [])
    }

    @Test(arguments: ["title", "TITLE ", "Book-Title", "Titel", "Buchtitel", "Titre", "Título"])
    func aTitleGoesByManyNames(name: String) throws {
        #expect(try map("x," + name, "catalogue").column(of: .title) == 1)
    }

    @Test(arguments: [
        ("user", Fact.reader), ("User-ID", .reader), ("reader", .reader), ("customer id", .reader),
    ])
    func aReaderGoesByManyNames(name: String, fact: Fact) throws {
        #expect(try map("isbn,rating," + name, "ratings").column(of: fact) == 2)
    }

    @Test(arguments: [
        ("book_id", Fact.item), ("item", .item), ("isbn13", .isbn13), ("ISBN", .isbn), ("title", .title),
    ])
    func aRatedBookGoesByManyNames(name: String, fact: Fact) throws {
        #expect(try map("user,stars," + name, "ratings").column(of: fact) == 2)
    }

    @Test(arguments: [
        ("rating", Fact.stars), ("Stars", .stars), ("score", .stars), ("Bewertung", .stars), ("timestamp", .day),
        ("date", .day), ("status", .shelf),
    ])
    func aRatingGoesByManyNames(name: String, fact: Fact) throws {
        let needed = fact == .day ? "user,isbn,rating," : "user,isbn,x,"
        #expect(try map(needed + name, "ratings").column(of: fact) == 3)
    }

    @Test(arguments: [SourceFormat.bookSynonyms, SourceFormat.markSynonyms])
    func noNameStandsForTwoFacts(synonyms: [Fact: [ColumnName]]) {
        let names = synonyms.values.flatMap { $0 }
        #expect(Set(names).count == names.count, "\(Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.keys)")
    }

    @Test func whatIsNotKnownIsReportedAndNotGuessed() throws {
        let map = try map(",Title,work_ratings_count,isbn 14,titles,Tïtle,rätings", "catalogue")
        #expect(map.unmapped == ["", "work_ratings_count", "isbn 14", "titles", "Tïtle", "rätings"])
        #expect(Fact.allCases.filter(map.has) == [.title])
        #expect(map.name(of: 0) == "")
        #expect(map.name(of: 7) == nil)
    }

    @Test func aNeededColumnIsMissed() throws {
        let error = try #require(throws: FormatError.self) { try map("isbn13,autor", "catalogue") }
        #expect(
            "\(error)".hasPrefix(
                "books.csv, line 1: format catalogue needs a column for `title`, and there is only `isbn13`, `autor`."))
        let ratings = try #require(throws: FormatError.self) { try map("user,rating", "ratings") }
        #expect("\(ratings)".contains("a column for `item` or `isbn13` or `isbn` or `title`"))
    }

    @Test func twoColumnsForOneFactAreRefused() throws {
        let error = try #require(throws: FormatError.self) { try map("title,Year,pages,published_year", "catalogue") }
        #expect(error == .ambiguousColumns(file: "books.csv", fact: "year", columns: ["Year", "published_year"]))
        #expect(
            "\(error)".contains("books.csv, line 1: `Year` and `published_year` both name the year. Remove or rename"))
        #expect(throws: FormatError.self) { try map("title,Title", "catalogue") }
        // In a format that knows its columns too, when a name stands there twice.
        #expect(throws: FormatError.self) { try map("user_id,book_id,rating,Book ID", "goodbooks-ratings") }
    }

    @Test func anISBNAndAnISBN13AreTwoFacts() throws {
        let map = try map("title,isbn,isbn13", "catalogue")
        #expect(map.column(of: .isbn) == 1)
        #expect(map.column(of: .isbn13) == 2)
    }

    @Test func aFormatKnowsWhichColumnGoesFirst() throws {
        let map = try map(RealHeader.goodbooksBooks, "goodbooks-books")
        #expect(map.header[try #require(map.column(of: .title))] == "title")
        #expect(map.header[try #require(map.column(of: .ratingsCount))] == "work_ratings_count")
        #expect(map.unused.contains("ratings_1"))
        #expect(!map.unused.contains("original_title"))
        var fields = Array(repeating: "", count: map.header.count)
        fields[9] = "Originaltitel"
        #expect(map.cell(of: .title, in: fields) == "Originaltitel")
        fields[10] = "Title"
        #expect(map.cell(of: .title, in: fields) == "Title")
        fields[10] = " \u{A0}"
        #expect(map.cell(of: .title, in: fields) == "Originaltitel")
    }

    @Test func shortRecordsHaveNoValue() throws {
        let map = try map("title,year", "catalogue")
        #expect(map.cell(of: .year, in: ["a"]) == nil)
        #expect(map.cell(of: .year, in: ["a", " \t\u{3000}\n"]) == nil)
        #expect(map.cell(of: .year, in: ["a", "x"]) == "x")
        #expect(map.cell(of: .pages, in: ["a", "x"]) == nil)
    }

    @Test(arguments: [
        "My Review", "review", "Private Notes", "Spoiler", "Content Warning Description", "Location", "AGE",
    ])
    func privateColumnsAreDroppedEverywhere(name: String) throws {
        for format in ["catalogue", "ratings"] {
            let map = try map("title,user_id,rating," + name, format)
            #expect(map.personal == [name])
            #expect(map.personalColumns == [3])
            #expect(!map.unmapped.contains(name))
        }
    }

    @Test func aHeaderMayGrow() throws {
        var reader = try RowFixture("title", dialect: .jsonLines).reader
        #expect(!reader.columns.has(.year))
        try reader.extend(header: ["title", "year"])
        #expect(reader.columns.has(.year))
        guard case .edition(let edition) = reader.read(Record(line: 1, fields: ["Tides", "1995"], text: "")).content
        else {
            Issue.record("no edition")
            return
        }
        #expect(edition.year == 1995)
        // A record of fewer fields is from before.
        guard case .edition(let earlier) = reader.read(Record(line: 1, fields: ["Tides"], text: "")).content else {
            Issue.record("no edition")
            return
        }
        #expect(earlier.year == nil)
        #expect(throws: FormatError.self) { try reader.extend(header: ["title", "year", "Jahr"]) }
    }
}
