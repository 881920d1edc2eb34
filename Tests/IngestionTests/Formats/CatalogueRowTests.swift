import Catalog
import Testing

@testable import Ingestion

@Suite("Rows of catalogues")
struct CatalogueRowTests {
    @Test func everyFactOfACatalogueIsTaken() throws {
        var fixture = try RowFixture(RealHeader.sevenThousandBooks + ",series,language")
        let edition = try fixture.edition([
            "title": " Tides ", "isbn13": "9780306406157", "isbn10": "0306406152", "subtitle": "A Novel",
            "authors": "Iris Vale;Tom Orr", "categories": "Sea;Love", "published_year": "1995", "num_pages": "320",
            "average_rating": "4.25", "ratings_count": "1200", "description": "Wet.",
            "thumbnail": "http://example.org/c.png", "series": "Shore #2", "language": "eng",
        ])
        #expect(
            edition
                == Edition(
                    isbn13: ISBN13("9780306406157"), title: "Tides", subtitle: "A Novel",
                    authors: ["Iris Vale", "Tom Orr"], series: "Shore #2", categories: ["Sea", "Love"], year: 1995,
                    pages: 320, language: "eng", averageRating: 4.25, ratingsCount: 1200, description: "Wet.",
                    coverURL: "http://example.org/c.png"))
    }

    @Test func aTitleIsEnough() throws {
        var fixture = try RowFixture(RealHeader.sevenThousandBooks)
        let result = fixture.read(["title": "Tides"])
        #expect(result == RowResult(content: .edition(Edition(title: "Tides"))))
    }

    @Test func aShopsOwnNumberIsKept() throws {
        var fixture = try RowFixture("book_id,title")
        #expect(try fixture.edition(["book_id": "0042", "title": "Tides"]).sourceID == "0042")
        // A column that pandas made into floats.
        #expect(try fixture.edition(["book_id": "42.0", "title": "Tides"]).key == .id("42"))
        #expect(try fixture.edition(["book_id": "v1.0", "title": "Tides"]).sourceID == "v1.0")
        #expect(try fixture.edition(["title": "Tides"]).sourceID == nil)
    }

    @Test func aMeanOnAnotherScaleIsOfFive() throws {
        let mapping = try ColumnMapping(yaml: "scale: 10", file: "m.yaml")
        var fixture = try RowFixture("title,rating", format: .catalogue.applying(mapping))
        #expect(try fixture.edition(["title": "Tides", "rating": "7"]).averageRating == 3.5)
        #expect(try fixture.edition(["title": "Tides", "rating": "11"]).averageRating == nil)
    }

    /// The address of a picture is no prose: what looks like an entity in it is none.
    @Test func anAddressStaysAsItIs() throws {
        var fixture = try RowFixture("title,thumbnail")
        let address = "http://example.org/c?a=1&amp=2&copy;x=3&lt;"
        let result = fixture.read(["title": "Tides", "thumbnail": " \(address)\n"])
        #expect(result == RowResult(content: .edition(Edition(title: "Tides", coverURL: address))))
    }

    @Test func aBookOfGoodbooks() throws {
        var fixture = try RowFixture(RealHeader.goodbooksBooks)
        let result = fixture.read([
            "book_id": "1", "goodreads_book_id": "2767052", "isbn": "439023483", "isbn13": "9.78043902348e+12",
            "authors": "Poe, Edgar Allan", "original_publication_year": "2008.0",
            "original_title": "The Hunger Games",
            "title": "The Hunger Games (The Hunger Games, #1)", "language_code": "eng", "average_rating": "4.34",
            "ratings_count": "4780653", "work_ratings_count": "4942365", "image_url": "https://example.org/1.jpg",
        ])
        guard case .edition(let edition) = result.content else {
            Issue.record("\(result.content)")
            return
        }
        #expect(
            edition
                == Edition(
                    sourceID: "1", isbn13: ISBN13("9780439023481"), title: "The Hunger Games",
                    authors: ["Poe", "Edgar Allan"], series: "The Hunger Games #1", year: 2008, language: "eng",
                    averageRating: 4.34, ratingsCount: 4_942_365, coverURL: "https://example.org/1.jpg"))
        #expect(result.otherKey == EditionKey(rawValue: "goodreads:2767052"))
        #expect(result.stepNames.contains("title: seriesSeparated"))
        #expect(result.stepNames.contains("isbn: isbnLeadingZerosRestored"))
    }

    @Test func aBookOfBookCrossing() throws {
        var fixture = try RowFixture(RealHeader.bookCrossingBooks)
        let result = fixture.read([
            "ISBN": "0195153448", "Book-Title": "Classical Mythology", "Book-Author": "Mark P. O. Morford",
            "Year-Of-Publication": "0", "Publisher": "Oxford University Press", "Image-URL-M": "http://example.org/m",
        ])
        guard case .edition(let edition) = result.content else {
            Issue.record("\(result.content)")
            return
        }
        #expect(
            edition
                == Edition(
                    isbn13: ISBN13("9780195153446"), title: "Classical Mythology", authors: ["Mark P. O. Morford"],
                    coverURL: "http://example.org/m"))
        #expect(edition.key == .isbn(try #require(ISBN13("9780195153446"))))
        #expect(result.steps.contains(NormalisationStep(field: "year", step: .setToUnknown, before: "0", after: nil)))
    }

    @Test func tagsAndTheirUse() throws {
        var tags = try RowFixture(RealHeader.goodbooksTags)
        #expect(tags.read(["tag_id": "30574", "tag_name": "to-read"]).content == .tag(id: "30574", name: "to-read"))
        #expect(try tags.violation(["tag_id": "30574"]).rule == "missingTagName")
        #expect(try tags.violation(["tag_name": "to-read"]).rule == "missingTagID")

        var shared = try RowFixture(RealHeader.sharedBookTags)
        let result = shared.read(["tag_id": "71", "book_id": "6106", "goodreads_book_id": "57605", "count": "143"])
        #expect(result.content == .tagging(item: .id("6106"), tag: "71", count: 143))
        #expect(result.otherKey == EditionKey(rawValue: "goodreads:57605"))

        var own = try RowFixture(RealHeader.goodbooksBookTags)
        let other = own.read(["goodreads_book_id": "57605", "tag_id": "71", "count": "143"])
        #expect(other.content == .tagging(item: EditionKey(rawValue: "goodreads:57605"), tag: "71", count: 143))
        #expect(try own.violation(["tag_id": "71", "count": "143"]).rule == "missingItem")
        #expect(try own.violation(["goodreads_book_id": "5", "count": "143"]).rule == "missingTagID")
        #expect(try own.violation(["goodreads_book_id": "5", "tag_id": "71"]).rule == "missingTagCount")
        #expect(try own.violation(["goodreads_book_id": "5", "tag_id": "71", "count": "-1"]).rule == "outOfRange")
        #expect(try own.violation(["goodreads_book_id": "5", "tag_id": "71", "count": "many"]).rule == "notANumber")
    }

    @Test(arguments: [
        ("The Color of Magic (Discworld, #1; Rincewind #1)", "The Color of Magic", "Discworld #1; Rincewind #1"),
        ("The Shining (The Shining #1)", "The Shining", "The Shining #1"),
        (
            "The Shadow of the Wind (The Cemetery of Forgotten Books,  #1)", "The Shadow of the Wind",
            "The Cemetery of Forgotten Books #1"
        ),
        ("Ranma ½, Vol. 1 (Ranma ½ (US 2nd), #1)", "Ranma ½, Vol. 1", "Ranma ½ (US 2nd) #1"),
        (
            "One Thousand White Women: The Journals of May Dodd (One Thousand White Women#1)",
            "One Thousand White Women: The Journals of May Dodd", "One Thousand White Women #1"
        ),
        (
            "A Storm of Swords (A Song of Ice and Fire, #3: Part 2 of 2)", "A Storm of Swords",
            "A Song of Ice and Fire #3: Part 2 of 2"
        ),
        ("I, Robot (Robot #0.1)", "I, Robot", "Robot #0.1"),
    ])
    func aSeriesComesOffTheTitle(text: String, title: String, series: String) throws {
        let parts = try #require(TitleWithSeries(text))
        #expect(parts.title == title)
        #expect(parts.series == series)
    }

    @Test(arguments: [
        "Gilead", "The Firm (Penguin Readers, Level 5)", "Is Everyone Hanging Out Without Me? (And Other Concerns)",
        "Frosty the Snowman (Frosty the Snowman)", "(Discworld, #1)", "Tides (#1)", "Tides (The #MeToo Years)", ")",
        "", "Tides Shore, #1)", "(a) #1", "Tides (Shore #)",
    ])
    func otherParenthesesStay(text: String) {
        #expect(TitleWithSeries(text) == nil)
    }
}
