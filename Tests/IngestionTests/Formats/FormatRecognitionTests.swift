import Testing

@testable import Ingestion

@Suite("Recognition of formats")
struct FormatRecognitionTests {
    static let headers: [(header: String, format: String, subject: SourceFormat.Subject)] = [
        (RealHeader.sevenThousandBooks, "catalogue", .books),
        (RealHeader.starterShelf, "catalogue", .books),
        (RealHeader.goodbooksBooks, "goodbooks-books", .books),
        (RealHeader.goodbooksRatings, "goodbooks-ratings", .ratings),
        (RealHeader.goodbooksToRead, "goodbooks-to-read", .ratings),
        (RealHeader.goodbooksTags, "goodbooks-tags", .books),
        (RealHeader.goodbooksBookTags, "goodbooks-book-tags", .books),
        (RealHeader.sharedBookTags, "goodbooks-book-tags", .books),
        (RealHeader.ratingsOnCatalogue, "ratings", .ratings),
        (RealHeader.bookCrossingBooks, "book-crossing-books", .books),
        (RealHeader.bookCrossingRatings, "book-crossing-ratings", .ratings),
        (RealHeader.bookCrossingUsers, "book-crossing-users", .ratings),
        (RealHeader.goodreads, "goodreads-export", .shelf),
        (RealHeader.storygraph, "storygraph-export", .shelf),
        (RealHeader.openLibraryDump, "open-library", .books),
        (RealHeader.exportedBooks, "bookrec-books", .books),
        (RealHeader.exportedRatings, "bookrec-ratings", .ratings),
        (RealHeader.exportedTags, "bookrec-tags", .books),
        ("reader,title,author,score", "ratings", .ratings),
        ("user,item,stars,timestamp", "ratings", .ratings),
        ("user_id,book_id,rating,date", "ratings", .ratings),
        ("Titel,Autor,EAN", "catalogue", .books),
        ("TITRE,AUTEUR", "catalogue", .books),
        ("título,autores", "catalogue", .books),
        ("title,rating", "catalogue", .books),
    ]

    @Test(arguments: headers)
    func aHeaderTellsItsFormat(header: String, format: String, subject: SourceFormat.Subject) throws {
        let names = header.components(by: ",")
        let found = try SourceFormat.recognise(header: names, file: "f")
        #expect(found.name == format)
        #expect(found.subject == subject)
        // However the columns are ordered and written.
        let shuffled = names.reversed().map { $0.uppercased().replacing("_", with: " ") }
        #expect(try SourceFormat.recognise(header: shuffled, file: "f").name == format)
    }

    /// Every column of the sources is known: nothing that they carry is reported as strange.
    @Test(arguments: headers.prefix(18))
    func theColumnsOfTheSourcesAreAllKnown(header: String, format: String, subject: SourceFormat.Subject) throws {
        let fixture = try RowFixture(header)
        #expect(fixture.reader.columns.unmapped == (header == RealHeader.ratingsOnCatalogue ? ["sample"] : []))
    }

    @Test func everyFormatHasATriedHeader() {
        #expect(Set(SourceFormat.all.map(\.name)) == Set(Self.headers.map(\.format)))
        #expect(Set(SourceFormat.all.map(\.name)).count == SourceFormat.all.count)
    }

    @Test func formatsGoByName() throws {
        for format in SourceFormat.all { #expect(try SourceFormat.named(format.name).name == format.name) }
        let error = try #require(throws: FormatError.self) { try SourceFormat.named("goodbooks") }
        #expect("\(error)".contains("There is no format “goodbooks”. Known: "))
        #expect("\(error)".contains("goodbooks-book-tags"))
    }

    @Test func filesOfOneDatasetShareASource() throws {
        let sources = try [
            "goodbooks-books", "goodbooks-ratings", "goodbooks-to-read", "goodbooks-tags", "goodbooks-book-tags",
        ]
        .map { try SourceFormat.named($0).defaultSource }
        #expect(Set(sources) == ["goodbooks-10k"])
        #expect(try SourceFormat.named("book-crossing-books").defaultSource == "book-crossing")
        #expect(try SourceFormat.named("catalogue").defaultSource == "catalogue")
        #expect(try SourceFormat.named("ratings").defaultSource == nil)
    }

    /// Three columns that any shop may have: what they are taken for must be said.
    @Test func whatCouldBeAnothersCarriesACaution() throws {
        let caution = try #require(try SourceFormat.named("goodbooks-ratings").caution)
        #expect(caution.contains("goodbooks-10k"))
        #expect(caution.contains("--format ratings"))
        #expect(try SourceFormat.named("goodbooks-to-read").caution != nil)
        #expect(try SourceFormat.named("goodbooks-books").caution == nil)
    }

    @Test func whatIsNothingIsRefusedWithAWayOut() throws {
        let error = try #require(throws: FormatError.self) {
            try SourceFormat.recognise(header: ["isbn13;titel;autor"], file: "books.csv")
        }
        #expect("\(error)".contains("books.csv, line 1"))
        #expect("\(error)".contains("only `isbn13;titel;autor`"))
        #expect("\(error)".contains("check that the delimiter is right"))
        let long = Array(repeating: String(repeating: "x", count: 10_000), count: 5_000)
        let other = try #require(throws: FormatError.self) { try SourceFormat.recognise(header: long, file: "b") }
        #expect("\(other)".count < 1_500)
    }

    @Test func theRightCommandIsNamed() throws {
        let ratings = try SourceFormat.named("goodbooks-ratings")
        try ratings.check(isFor: .ratings, file: "r.csv")
        let error = try #require(throws: FormatError.self) { try ratings.check(isFor: .books, file: "r.csv") }
        #expect(
            "\(error)"
                == "r.csv: this looks like ratings (format goodbooks-ratings), not books. "
                + "Use `bookrec ingest ratings r.csv`, or name another format with `--format`.")
        let shelf = try #require(throws: FormatError.self) {
            try SourceFormat.resolve(
                header: RealHeader.goodreads.components(by: ","), file: "export.csv", asked: .ratings)
        }
        #expect(
            "\(shelf)".contains(
                "a reader's own shelf (format goodreads-export), not ratings. Use `bookrec ingest shelf export.csv`"))
    }
}
