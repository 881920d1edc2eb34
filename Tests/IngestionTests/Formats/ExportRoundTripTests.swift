import Catalog
import CatalogStore
import Testing

@testable import Ingestion

/// The cells are written here by hand, as the export's documentation has them: lists as JSON arrays, days as dates.
@Suite("Our own export, read again")
struct ExportRoundTripTests {
    private static let books = [
        "source": "=shop", "source_id": "26.0", "isbn13": "9780306406157", "title": "=HYPERLINK(\"x\")",
        "subtitle": "'-750", "authors": #"["Vale, Iris","Tom; Orr","=1+1"]"#, "series": "@home #1",
        "categories": #"["Sea; Salt","\"quoted\"","a/b"]"#, "year": "-750", "pages": "320", "language": "en-US",
        "average_rating": "3.97", "ratings_count": "12",
        "description": "  Two\r\n lines, &amp; <b>no</b> markup taken away. ", "cover_url": "http://example.org/c.png",
        "work": "0123456789", "joined_by": "byHand", "leads": "1", "hidden": "1", "alias": "goodreads:5907",
    ]

    private static let edition = Edition(
        sourceID: "26.0", isbn13: ISBN13("9780306406157"), title: "=HYPERLINK(\"x\")", subtitle: "'-750",
        authors: ["Vale, Iris", "Tom; Orr", "=1+1"], series: "@home #1",
        categories: ["Sea; Salt", "\"quoted\"", "a/b"], year: -750, pages: 320, language: "en-US", averageRating: 3.97,
        ratingsCount: 12, description: "  Two\r\n lines, &amp; <b>no</b> markup taken away. ",
        coverURL: "http://example.org/c.png")

    /// CSV cells are guarded against spreadsheets; JSON needs no guard.
    @Test(arguments: [Dialect.csv, .jsonLines])
    func anEditionComesBackAsItWas(dialect: Dialect) throws {
        var fixture = try RowFixture(RealHeader.exportedBooks, dialect: dialect)
        let result = fixture.read(Self.books.mapValues(dialect == .csv ? SpreadsheetText.escape : { $0 }))
        var expected = RowResult(content: .edition(Self.edition), source: "=shop")
        expected.place = EditionPlace(work: WorkID(rawValue: "0123456789"), joinedBy: "byHand", leads: true)
        expected.isHidden = true
        expected.otherKey = EditionKey(rawValue: "goodreads:5907")
        #expect(result == expected)
        guard case .edition(let read) = result.content else { return }
        // To Swift CRLF and composed letters are equal to other bytes.
        #expect(Array((read.description ?? "").utf8) == Array((Self.edition.description ?? "").utf8))
    }

    @Test func whatIsEmptyIsUnknown() throws {
        var fixture = try RowFixture(RealHeader.exportedBooks)
        let result = fixture.read(["source": "shop", "title": "  ünter  ", "leads": "0", "hidden": "0"])
        #expect(result == RowResult(content: .edition(Edition(title: "  ünter  ")), source: "shop"))
        // A mean whose count was never told is exported with a count of 0, and stays.
        let mean = try fixture.edition(["source": "s", "title": "T", "average_rating": "4.5", "ratings_count": "0"])
        #expect(mean.averageRating == 4.5)
    }

    @Test func aMarkComesBackAsItWas() throws {
        var fixture = try RowFixture(RealHeader.exportedRatings)
        let rows: [([String: String], ReaderMark)] = [
            (
                ["item": "id:26", "stars": "4", "shelf": "read"],
                ReaderMark(reader: "@mia", item: RatedItem(key: .id("26")), stars: 4)
            ),
            (
                [
                    "item": "text:tides||iris vale|", "isbn13": "9780306406157", "title": "-Tides",
                    "authors": #"["Vale, Iris"]"#, "stars": "3.3333333333333335", "shelf": "abandoned",
                    "date": "2024-05-31",
                ],
                ReaderMark(
                    reader: "@mia",
                    item: RatedItem(
                        key: EditionKey(rawValue: "text:tides||iris vale|"), isbn13: ISBN13("9780306406157"),
                        title: "-Tides", authors: ["Vale, Iris"]),
                    stars: 3.3333333333333335, shelf: .abandoned, day: 19_874)
            ),
            (
                ["item": "isbn:9780306406157", "shelf": "wantToRead"],
                ReaderMark(
                    reader: "@mia", item: RatedItem(key: EditionKey(rawValue: "isbn:9780306406157")),
                    shelf: .wantToRead)
            ),
            (
                ["item": "id:1", "stars": "5", "shelf": "reading", "date": "1970-01-01"],
                ReaderMark(reader: "@mia", item: RatedItem(key: .id("1")), stars: 5, shelf: .reading, day: 0)
            ),
        ]
        for (row, mark) in rows {
            for (flag, isSimulated) in [("true", true), ("1", true), ("false", false), ("0", false), ("", false)] {
                let cells = row.merging(["source": "shop", "reader": "@mia", "simulated": flag]) { $1 }
                #expect(
                    fixture.read(cells.mapValues(SpreadsheetText.escape))
                        == RowResult(content: .mark(mark), source: "shop", isSimulated: isSimulated))
            }
        }
    }

    @Test func aTagComesBackAsItWas() throws {
        var fixture = try RowFixture(RealHeader.exportedTags)
        let result = fixture.read([
            "source": "goodbooks-10k", "item": "id:26", "tag_id": "=5", "tag_name": "to-read", "tag_count": "143",
        ])
        var expected = RowResult(content: .tagging(item: .id("26"), tag: "=5", count: 143), source: "goodbooks-10k")
        expected.tagName = "to-read"
        #expect(result == expected)
        let row = ["source": "s", "item": "goodreads:57605", "tag_id": "5", "tag_count": "1"]
        #expect(
            fixture.read(row)
                == RowResult(
                    content: .tagging(item: EditionKey(rawValue: "goodreads:57605"), tag: "5", count: 1), source: "s"))
    }

    @Test func whatIsNoItemIsRefused() throws {
        var fixture = try RowFixture(RealHeader.exportedRatings)
        let violation = try fixture.violation(["source": "s", "reader": "r", "item": "26", "stars": "4"])
        #expect(violation.rule == "unknownItem")
        #expect(violation.remedy == "Write the item as the export does: `id:…`, `isbn:…` or `text:…`.")
    }

    @Test func whatIsNoListIsShown() throws {
        var fixture = try RowFixture(RealHeader.exportedBooks)
        let result = fixture.read(["source": "s", "title": "T", "authors": "Iris Vale"])
        #expect(result.content == .edition(Edition(title: "T")))
        #expect(result.stepNames == ["authors: setToUnknown"])
    }
}
