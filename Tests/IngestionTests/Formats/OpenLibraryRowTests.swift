import Catalog
import Testing

@testable import Ingestion

/// The lines are made up after the schemas that Open Library documents; their members come as the record reader gives
/// them: arrays as JSON text, members of objects under dotted names.
@Suite("Rows of Open Library dumps")
struct OpenLibraryRowTests {
    private static let header = [
        "type", "key", "revision", "lastModified", "title", "title_prefix", "subtitle", "authors", "by_statement",
        "isbn_13", "isbn_10", "publish_date", "number_of_pages", "languages", "subjects", "works", "description",
        "description.value", "series", "name", "last-modified", "isbn-13",
    ]

    private func read(_ values: [String: String]) throws -> RowResult {
        var reader = try RowReader(
            format: .openLibrary, header: Self.header, contract: .standard(), currentYear: 2026, file: "dump.txt",
            dialect: .openLibraryDump)
        return reader.read(Record(line: 1, fields: Self.header.map { values[$0] ?? "" }, text: ""))
    }

    @Test func aPerson() throws {
        let result = try read(["type": "/type/author", "key": "/authors/OL26320A", "name": "J. R. R. Tolkien"])
        #expect(result == RowResult(content: .author(id: "ol:/authors/OL26320A", name: "J. R. R. Tolkien")))
        #expect(
            try read(["type": "/type/author", "key": "/authors/OL1A"]).content == .ignored("an author without a name"))
    }

    @Test func anEdition() throws {
        let result = try read([
            "type": "/type/edition", "key": "/books/OL1M", "title": "Hobbit", "title_prefix": "The",
            "subtitle": "or There and Back Again",
            "authors": #"[{"key": "/authors/OL26320A"}, {"key": "/authors/OL2A"}]"#,
            "isbn_13": #"["9780618260301", "9780618260300"]"#, "isbn_10": #"["0618260307"]"#,
            "publish_date": "August 15, 2002", "number_of_pages": "330",
            "languages": #"[{"key": "/languages/eng"}]"#, "subjects": #"["Fantasy", "Dragons; fiction", "Fantasy"]"#,
            "works": #"[{"key": "/works/OL262758W"}]"#, "description.value": "A burglar sets out.",
            "series": #"["Middle-earth"]"#,
        ])
        guard case .edition(let edition) = result.content else {
            Issue.record("\(result.content)")
            return
        }
        #expect(
            edition
                == Edition(
                    sourceID: "/books/OL1M", isbn13: ISBN13("9780618260300"), title: "The Hobbit",
                    subtitle: "or There and Back Again", authors: ["ol:/authors/OL26320A", "ol:/authors/OL2A"],
                    series: "Middle-earth", categories: ["Fantasy", "Dragons; fiction"], year: 2002, pages: 330,
                    language: "eng", description: "A burglar sets out."))
        #expect(edition.authors.allSatisfy(OpenLibrary.isAuthorReference))
        #expect(!OpenLibrary.isAuthorReference("J. R. R. Tolkien"))
        #expect(result.otherKey == .id("/works/OL262758W"))
    }

    @Test func aWork() throws {
        let result = try read([
            "type": "/type/work", "key": "/works/OL262758W", "title": "The Hobbit",
            "authors": #"[{"type": {"key": "/type/author_role"}, "author": {"key": "\/authors\/OL26320A"}}]"#,
            "description": "A burglar sets out.",
        ])
        guard case .edition(let edition) = result.content else {
            Issue.record("\(result.content)")
            return
        }
        #expect(
            edition
                == Edition(
                    sourceID: "/works/OL262758W", title: "The Hobbit", authors: ["ol:/authors/OL26320A"],
                    description: "A burglar sets out."))
    }

    @Test func withoutReferencesTheTitlePageTells() throws {
        let result = try read([
            "type": "/type/edition", "key": "/books/OL1M", "title": "Tides", "by_statement": "Iris Vale",
        ])
        guard case .edition(let edition) = result.content else {
            Issue.record("\(result.content)")
            return
        }
        #expect(edition.authors == ["Iris Vale"])
    }

    @Test(arguments: ["/type/redirect", "/type/delete", "/type/subject", ""])
    func whatIsNoBookIsIgnored(type: String) throws {
        #expect(try read(["type": type, "key": "/x"]).content == .ignored("neither a book nor an author"))
    }

    @Test func rulesHoldForADumpToo() throws {
        func rule(_ values: [String: String]) throws -> String? {
            let line = values.merging(["type": "/type/edition", "key": "/books/OL1M"]) { $1 }
            guard case .refused(let violation) = try read(line).content else { return nil }
            return violation.rule
        }
        #expect(try rule([:]) == "missingTitle")
        #expect(try rule(["title": "T", "isbn_13": #"["9780618260301"]"#]) == "invalidISBN")
        #expect(try rule(["title": "T", "isbn_13": #"["9780618260301"]"#, "isbn_10": "[]"]) == "invalidISBN")
        #expect(try rule(["title": "T", "isbn_13": "[]"]) == nil)
        #expect(
            try rule(["title": "T", "isbn_13": #"["9780618260300"]"#, "isbn_10": #"["0306406152"]"#]) == "isbnsDisagree"
        )
        #expect(
            try rule(["title": "T", "isbn_13": #"["9780618260300"]"#, "isbn_10": #"["0306406152", "0618260307"]"#])
                == nil)
    }

    @Test func keysAndTextsOfArrays() {
        #expect(OpenLibrary.keys(beginning: "/authors/", in: "") == [])
        #expect(OpenLibrary.keys(beginning: "/authors/", in: "\"/authors/") == [])
        #expect(
            OpenLibrary.keys(beginning: "/authors/", in: "[\"/authors/A\", \"/authors/A\", \"/works/B\"]") == [
                "/authors/A"
            ])
        #expect(OpenLibrary.texts(in: "plain") == ["plain"])
        #expect(OpenLibrary.texts(in: #"["a\"b", 3, {"x": 1}, "é"]"#) == ["a\"b", "é"])
        #expect(OpenLibrary.texts(in: "[broken") == [])
    }
}
