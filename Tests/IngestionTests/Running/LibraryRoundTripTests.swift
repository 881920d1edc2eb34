import Catalog
import CatalogStore
import EngineTestSupport
import Foundation
import Ingestion
import Testing

/// What a person and several sources have made of a library comes back from its export.
@Suite("A library, exported and taken in again")
struct LibraryRoundTripTests {
    private let shelf: Shelf
    private static let books = [
        "9780306406157,\"=HYPERLINK(\"\"x\"\")\",@home,\"+Iris; -Vale\",1999,320,4.25,3,\"'=two\nlines, \"\"quoted\"\" \"",
        "9780804429573,Tides,,Iris Vale,-44,,,,", "9780975229804,Tides,,Iris Vale,,,,,",
        "9780140449136,Salt,,Tom Orr,,,,,",
        "9780439420891,Brine,,Tom Orr,,,,,", ",Untitled,,,,,,,", "9780553380163,Gone,,Ann Roe,,,,,",
    ]
    private static let goodbooks = """
        book_id,goodreads_book_id,work_id,isbn13,authors,title,average_rating,ratings_count,language_code,image_url
        1,5907,11,9780804429573,Iris Vale,"Tides (Sea, #1)",4.10,17,en-US,http://example.org/1.png?a=1&amp;b
        2,5908,12,,"Bo Ray, Cy Day",Reef,3.97,2,fre,

        """

    init() throws {
        shelf = try Shelf()
        try shelf.ingest(Self.books)
        try shelf.ingest(Self.goodbooks, as: "gb.csv")
        try shelf.ingest("tag_id,tag_name\n7,=sea\n8,to-read\n", as: "tags.csv")
        try shelf.ingest(
            "goodreads_book_id,tag_id,count\n5907,7,12\n5907,8,3\n5908,7,1\n9999,8,4\n", as: "book_tags.csv")
        try shelf.ingest("user_id,book_id,rating\n1,1,4\n1,2,5\n=2,2,1\n2,77,3\n", as: "ratings.csv", .ratings)
        try shelf.ingest(
            "user,isbn13,rating,date,status\nx,9780140449136,2.5,2020-02-29,read\nx,9780439420891,,,to-read\n",
            as: "marks.csv", .ratings)
        try shelf.ingest("user,title,author,rating\ny,-Salt,Tom Orr,3\n", as: "titles.csv", .ratings)
        // One work becomes two (the first edition leaves it, the title goes on leading to the rest), and two become one.
        let (tides, isbn) = (try shelf.id("9780804429573"), try #require(ISBN13("9780804429573")))
        let (salt, brine) = (try shelf.id("9780140449136"), try shelf.id("9780439420891"))
        _ = try shelf.library.edit { try $0.split(tides, editions: [isbn]) }
        try shelf.library.edit { try $0.join(salt, with: brine) }
        try shelf.ingest(Array(Self.books.dropLast()), taking: .init(hidesMissing: true))
        _ = try shelf.ingestion.simulate(readers: 6, seed: 3)
    }

    /// Everything but the numbers that rows have by the order in which they came, and the files that they came in.
    private static let meaning = [
        "SELECT * FROM works",
        """
        SELECT source, key, workId, joinedBy, hidden, sourceID, isbn13, title, subtitle, authors, series, categories, year,
            pages, language, averageRating, ratingsCount, description, coverURL FROM editions
        """,
        "SELECT key, workId FROM workKeys", "SELECT source, key, workId FROM pins", "SELECT * FROM editionAliases",
        """
        SELECT r.source, name, simulated, i.key, isbn13, title, authors, workId, method, confidence, stars, shelf, day
        FROM ratings JOIN readers r ON r.id = readerId JOIN items i ON i.id = itemId
        """,
        """
        SELECT i.source, i.key, workId, method, t.key, t.name, count
        FROM itemTags JOIN items i ON i.id = itemId JOIN tags t ON t.id = tagId
        """,
    ]

    private func export(_ form: LibraryExport.Form, of shelf: Shelf, to name: String) throws -> [String] {
        try LibraryExport(library: shelf.library, form: form).write(to: self.shelf.folder.path(name)).map(\.name)
    }

    private func copy(_ names: [String], from folder: String) throws -> Shelf {
        let copy = try Shelf()
        for name in names {
            let subject: SourceFormat.Subject = name.hasPrefix("ratings") ? .ratings : .books
            let outcome = try copy.ingest(
                fileAt: shelf.folder.path("\(folder)/\(name)"), .init(subject, contract: .standard()))
            #expect(outcome.report.sum == outcome.report.rows)
            #expect(outcome.report.quarantined == 0, "\(outcome.firstRefused)")
            #expect(outcome.report.unmappedColumns == [])
        }
        return copy
    }

    private func expectSame(_ copy: Shelf) throws {
        for sql in Self.meaning {
            let (ours, theirs) = (try shelf.rows(sql), try copy.rows(sql))
            #expect(Set(theirs).subtracting(ours) == [], "too many, of \(sql)")
            #expect(Set(ours).subtracting(theirs) == [], "too few, of \(sql)")
            #expect(ours.count == theirs.count)
        }
    }

    /// In any order: marks and tags wait for their books.
    @Test(arguments: [LibraryExport.Form.csv, .jsonLines], [false, true])
    func itIsTheSameLibrary(form: LibraryExport.Form, isReversed: Bool) throws {
        let names = try export(form, of: shelf, to: "out")
        let ending = form == .csv ? "csv" : "jsonl"
        #expect(names == ["books", "ratings", "tags"].map { "\($0).\(ending)" })
        let copy = try copy(isReversed ? names.reversed() : names, from: "out")
        try expectSame(copy)
        #expect(try copy.works() == shelf.works())
        #expect(try copy.library.check().problems == [])
        if !isReversed {
            #expect(try export(form, of: copy, to: "again") == names)
            for name in names {
                let (first, second) = (shelf.folder.path("out/\(name)"), shelf.folder.path("again/\(name)"))
                #expect(FileManager.default.contentsEqual(atPath: first, andPath: second), "\(name)")
            }
        }
    }

    /// The library that is tested has in it what could be lost.
    @Test func whatCouldBeLostIsThere() throws {
        #expect(try shelf.rows("SELECT COUNT(*) AS n FROM editions WHERE hidden") == ["n=1"])
        #expect(try shelf.rows("SELECT COUNT(*) > 3 AS n FROM pins") == ["n=1"])
        #expect(try shelf.rows("SELECT alias, key FROM editionAliases").count == 2)
        #expect(try shelf.id("9780804429573") != shelf.id("9780975229804"))
        #expect(try shelf.id("9780140449136") == shelf.id("9780439420891"))
        #expect(try shelf.marks().count { $0.hasSuffix("*") } > 10)
        #expect(try shelf.rows(Self.meaning[6]).count == 4)
    }

    /// Later files meet the copy as they meet the library itself.
    @Test(arguments: [LibraryExport.Form.csv, .jsonLines])
    func laterFilesFindTheirPlace(form: LibraryExport.Form) throws {
        let copy = try copy(export(form, of: shelf, to: "out"), from: "out")
        for library in [shelf, copy] {
            // What is in them is known, row by row, but for what was hidden.
            #expect(try library.ingest(Array(Self.books.dropLast())).report.unchanged == 6)
            #expect(try library.ingest(Self.goodbooks, as: "gb.csv").report.unchanged == 2)
            // By the number of goodreads.
            try library.ingest("goodreads_book_id,tag_id,count\n5908,8,6\n", as: "more_tags.csv")
            // Under the titles of works that a person has split and joined.
            try library.ingest(
                "isbn13,title,authors\n9780316769488,Tides,Iris Vale\n9780061120084,Brine,Tom Orr\n", as: "more.csv",
                source: "else")
            try library.ingest(Self.books)
        }
        try expectSame(copy)
        #expect(try copy.id("9780061120084") == copy.id("9780140449136"))
        #expect(try copy.id("9780316769488") == copy.id("9780975229804"))
    }

    /// Lines of JSON leave out what is unknown: here nearly everything is.
    @Test(arguments: [LibraryExport.Form.csv, .jsonLines])
    func aLibraryOfLittleIsKnownToo(form: LibraryExport.Form) throws {
        let sparse = try Shelf()
        try sparse.ingest("title\nTides\nSalt\n")
        try sparse.ingest("tag_id,book_id,goodreads_book_id,count\n7,1,,12\n", as: "book_tags.csv")
        try sparse.ingest("user_id,book_id\n1,2\n", as: "to_read.csv", .ratings)
        let copy = try copy(export(form, of: sparse, to: "out"), from: "out")
        for sql in Self.meaning { #expect(try copy.rows(sql) == sparse.rows(sql)) }
    }

    @Test func anExportReplacesNothing() throws {
        try shelf.folder.write("mine", to: "out/notes.txt")
        #expect(throws: ExportError.self) { try export(.csv, of: shelf, to: "out") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: shelf.folder.path("out")) == ["notes.txt"])
    }
}
