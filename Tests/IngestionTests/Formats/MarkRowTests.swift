import Catalog
import Testing

@testable import Ingestion

@Suite("Rows of readers' marks")
struct MarkRowTests {
    @Test func aRatingOfGoodbooks() throws {
        var fixture = try RowFixture(RealHeader.goodbooksRatings)
        let mark = try fixture.mark(["user_id": "58", "book_id": "26", "rating": "1"])
        #expect(mark == ReaderMark(reader: "58", item: RatedItem(key: .id("26")), stars: 1, shelf: .read))
    }

    @Test func aWishOfGoodbooks() throws {
        var fixture = try RowFixture(RealHeader.goodbooksToRead)
        let mark = try fixture.mark(["user_id": "9", "book_id": "8"])
        #expect(mark == ReaderMark(reader: "9", item: RatedItem(key: .id("8")), shelf: .wantToRead))
    }

    @Test func ratingsNameBooksByISBN() throws {
        var fixture = try RowFixture(RealHeader.ratingsOnCatalogue)
        let isbn = try #require(ISBN13("9780582461468"))
        let mark = try fixture.mark(["user_id": "1", "isbn13": "9780582461468", "rating": "4", "sample": "x"])
        #expect(mark == ReaderMark(reader: "1", item: RatedItem(key: .isbn(isbn), isbn13: isbn), stars: 4))
    }

    @Test func ratingsNameBooksByTitle() throws {
        var fixture = try RowFixture("reader,title,author,score,date")
        let mark = try fixture.mark([
            "reader": "Ännchen 007", "title": "Tides", "author": "Iris Vale", "score": "4.5", "date": "1970-02-01",
        ])
        let key = EditionKey.text(title: "Tides", subtitle: nil, authors: ["Iris Vale"], year: nil)
        #expect(
            mark
                == ReaderMark(
                    reader: "Ännchen 007", item: RatedItem(key: key, title: "Tides", authors: ["Iris Vale"]),
                    stars: 4.5, day: 31))
    }

    @Test(arguments: [("10", 5.0), ("1", 0.5), ("7", 3.5)])
    func bookCrossingRatesToTen(text: String, stars: Double) throws {
        var fixture = try RowFixture(RealHeader.bookCrossingRatings)
        let isbn = try #require(ISBN13(isbn10: "034545104X"))
        let mark = try fixture.mark(["User-ID": "276725", "ISBN": "034545104X", "Book-Rating": text])
        #expect(mark == ReaderMark(reader: "276725", item: RatedItem(key: .isbn(isbn), isbn13: isbn), stars: stars))
    }

    @Test func bookCrossingsZeroIsReadAndNotRated() throws {
        var fixture = try RowFixture(RealHeader.bookCrossingRatings)
        let result = fixture.read(["User-ID": "1", "ISBN": "034545104X", "Book-Rating": "0"])
        guard case .mark(let mark) = result.content else {
            Issue.record("\(result.content)")
            return
        }
        #expect(mark.stars == nil)
        #expect(mark.shelf == .read)
        #expect(!result.stepNames.contains("stars: setToUnknown"))
        #expect(
            try fixture.violation(["User-ID": "1", "ISBN": "034545104X", "Book-Rating": "11"]).rule == "outOfRange")
    }

    /// Elsewhere too a 0 is no rating, which the report shows.
    @Test func anotherZeroIsMadeUnknown() throws {
        var fixture = try RowFixture(RealHeader.goodbooksRatings)
        let result = fixture.read(["user_id": "1", "book_id": "2", "rating": "0"])
        #expect(result.content == .mark(ReaderMark(reader: "1", item: RatedItem(key: .id("2")))))
        #expect(result.steps == [NormalisationStep(field: "stars", step: .setToUnknown, before: "0", after: nil)])
    }

    @Test func theReadersOfBookCrossingAreLeftAlone() throws {
        var fixture = try RowFixture(RealHeader.bookCrossingUsers)
        let result = fixture.read(["User-ID": "1", "Location": "Nowhere", "Age": "99"])
        #expect(result == RowResult(content: .ignored("personal data of readers")))
    }

    private static let goodreadsRow = [
        "Book Id": "5907", "Title": "The Hobbit (Middle-earth, #0)", "Author": "J.R.R. Tolkien",
        "Additional Authors": "Alan Lee", "ISBN": "=\"0618260307\"", "ISBN13": "=\"9780618260300\"",
        "My Rating": "4", "Average Rating": "4.28", "Date Read": "1970/01/11", "Date Added": "1970/01/02",
        "Exclusive Shelf": "read", "My Review": "Mine alone.", "Read Count": "1",
    ]

    @Test func aBookOfAGoodreadsShelf() throws {
        var fixture = try RowFixture(RealHeader.goodreads, shelfReader: "Mia")
        let mark = try fixture.mark(Self.goodreadsRow)
        let item = RatedItem(
            key: .id("5907"), isbn13: ISBN13("9780618260300"), title: "The Hobbit",
            authors: ["J.R.R. Tolkien", "Alan Lee"])
        #expect(mark == ReaderMark(reader: "Mia", item: item, stars: 4, shelf: .read, day: 10))
    }

    @Test(arguments: [
        ("read", "0", "1", ReaderMark.Shelf.read), ("currently-reading", "0", "0", .reading),
        ("to-read", "0", "0", .wantToRead), ("did-not-finish", "2", "0", .abandoned), ("dnf", "0", "0", .abandoned),
        // Shelves of the reader's own: what is rated or counted has been read.
        ("re-reads", "5", "0", .read), ("loans", "0", "2", .read),
    ])
    func goodreadsShelves(name: String, stars: String, count: String, shelf: ReaderMark.Shelf) throws {
        var fixture = try RowFixture(RealHeader.goodreads)
        var row = Self.goodreadsRow
        (row["Exclusive Shelf"], row["My Rating"], row["Read Count"]) = (name, stars, count)
        row["Date Read"] = nil
        let mark = try fixture.mark(row)
        #expect(mark.shelf == shelf)
        #expect(mark.stars == (stars == "0" ? nil : Double(stars)))
        #expect(mark.day == 1)
        #expect(!fixture.read(row).stepNames.contains("stars: setToUnknown"))
    }

    @Test func aShelfThatSaysNothingOfReadingIsIgnored() throws {
        var fixture = try RowFixture(RealHeader.goodreads)
        var row = Self.goodreadsRow
        (row["Exclusive Shelf"], row["My Rating"], row["Read Count"]) = ("lent to Tom", "0", "0")
        #expect(
            fixture.read(row).content == .ignored("on a shelf of the reader's own, which says nothing of reading"))
        row["Exclusive Shelf"] = ""
        #expect(try fixture.violation(row).rule == "missingStars")
    }

    @Test func aShelfNeedsItsReader() throws {
        let error = try #require(throws: FormatError.self) {
            try RowReader(
                format: .goodreadsExport, header: RealHeader.goodreads.components(by: ","), contract: .standard(),
                currentYear: 2026, file: "export.csv")
        }
        #expect(error == .readerMissing(file: "export.csv"))
        #expect("\(error)".contains("--reader NAME"))
    }

    private static let storygraphRow = [
        "Title": "Tides", "Authors": "Iris Vale", "ISBN/UID": "9780306406157", "Read Status": "read",
        "Date Added": "1970/01/02", "Last Date Read": "1970/01/21", "Read Count": "1", "Star Rating": "3.75",
        "Review": "Mine alone.", "Content Warning Description": "Mine alone.",
    ]

    @Test func aBookOfAStorygraphShelf() throws {
        var fixture = try RowFixture(RealHeader.storygraph, shelfReader: "Mia")
        let isbn = try #require(ISBN13("9780306406157"))
        let item = RatedItem(key: .isbn(isbn), isbn13: isbn, title: "Tides", authors: ["Iris Vale"])
        #expect(
            try fixture.mark(Self.storygraphRow)
                == ReaderMark(reader: "Mia", item: item, stars: 3.75, shelf: .read, day: 20))
    }

    @Test(arguments: [
        ("read", ReaderMark.Shelf.read), ("currently-reading", .reading), ("to-read", .wantToRead),
        ("did-not-finish", .abandoned),
    ])
    func storygraphShelves(name: String, shelf: ReaderMark.Shelf) throws {
        var fixture = try RowFixture(RealHeader.storygraph)
        var row = Self.storygraphRow
        (row["Read Status"], row["Star Rating"]) = (name, "")
        let mark = try fixture.mark(row)
        #expect(mark.shelf == shelf)
        #expect(mark.stars == nil)
    }

    /// Books without an ISBN have a number of The StoryGraph's own there.
    @Test(arguments: ["B00ABCDEFG", "6f1c1c2e-3f1a-4c53-9d1b-0a5d3c1f2b7e", "123456"])
    func aNumberOfStorygraphIsNoWrongISBN(text: String) throws {
        var fixture = try RowFixture(RealHeader.storygraph)
        var row = Self.storygraphRow
        row["ISBN/UID"] = text
        let mark = try fixture.mark(row)
        #expect(mark.item.isbn13 == nil)
        #expect(mark.item.key == .text(title: "Tides", subtitle: nil, authors: ["Iris Vale"], year: nil))
        row["ISBN/UID"] = "9780306406158"
        #expect(try fixture.violation(row).rule == "invalidISBN")
    }
}
