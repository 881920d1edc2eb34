import Catalog
import Foundation
import Testing

@Suite("Work from editions")
struct WorkTests {
    private static let isbns = ["9780306406157", "9780804429573", "9780975229804"].compactMap { ISBN13($0) }
    private let id = WorkID(rawValue: "w")

    private func edition(
        _ place: Int?, title: String = "Tides", ratings: Int = 0, mean: Double? = nil, year: Int? = nil
    ) -> Edition {
        Edition(
            isbn13: place.map { Self.isbns[$0] }, title: title, authors: ["Iris Vale"], year: year, averageRating: mean,
            ratingsCount: ratings)
    }

    @Test func withoutEditionsThereIsNone() {
        #expect(Work(id: id, editions: []) == nil)
    }

    @Test func oneEditionIsTaken() throws {
        let edition = Edition(
            isbn13: Self.isbns[0], title: "Tides", subtitle: "A Novel", authors: ["Iris Vale", "Tom Orr"],
            categories: ["Sea", "Love"], year: -10, pages: 99, averageRating: 4.5, ratingsCount: 7, description: "Wet.",
            coverURL: "u")
        let expected = Work(
            id: id, title: "Tides", subtitle: "A Novel", authors: ["Iris Vale", "Tom Orr"], isbn13s: [Self.isbns[0]],
            year: -10, pages: 99, categories: ["Sea", "Love"], averageRating: 4.5, ratingsCount: 7, description: "Wet.",
            coverURL: "u")
        #expect(Work(id: id, editions: [edition]) == expected)
    }

    @Test func theBestKnownEditionIsTheOneWithMostRatings() throws {
        var best = edition(2, title: "TIDES", ratings: 90)
        best.subtitle = "A Novel"
        best.authors = ["I. Vale", "Tom Orr"]
        let editions = [edition(0, title: "Tides", ratings: 10), best, edition(1, title: "tides", ratings: 80)]
        let work = try #require(Work(id: id, editions: editions))
        #expect(work.title == "TIDES")
        #expect(work.subtitle == "A Novel")
        #expect(work.authors == ["I. Vale", "Tom Orr"])
        #expect(work.isbn13s == [2, 1, 0].map { Self.isbns[$0] })
    }

    @Test func amongEquallyKnownOnesTheLowestISBNIsBest() throws {
        let editions = [
            edition(2, title: "c"), edition(nil, title: "a"), edition(0, title: "z"), edition(1, title: "b"),
        ]
        let work = try #require(Work(id: id, editions: editions))
        #expect(work.title == "z")
        #expect(work.isbn13s == Self.isbns)
    }

    @Test func theOrderOfTheEditionsDoesNotMatter() {
        var editions = [
            edition(0, title: "a", ratings: 3, mean: 4, year: 1990),
            edition(1, title: "b", ratings: 3, mean: 2, year: 1980),
            edition(2, title: "c", ratings: 9, mean: 5), edition(nil, title: "d", mean: 1, year: 2000),
        ]
        editions[0].categories = ["Sea", "Love"]
        editions[1].categories = ["love", "War"]
        let work = Work(id: id, editions: editions)
        #expect(work == Work(id: id, editions: editions.reversed()))
        #expect(work == Work(id: id, editions: Array(editions[2...] + editions[..<2])))
    }

    @Test func whatTheBestKnownLacksComesFromTheNext() throws {
        var next = edition(1, ratings: 5)
        next.pages = 300
        next.description = "Wet."
        next.coverURL = "next"
        var last = edition(2, ratings: 1)
        last.pages = 1
        last.description = "Dry."
        last.coverURL = "last"
        let work = try #require(Work(id: id, editions: [last, edition(0, ratings: 9), next]))
        #expect(work.pages == 300)
        #expect(work.description == "Wet.")
        #expect(work.coverURL == "next")
    }

    @Test func theYearIsTheEarliest() throws {
        let editions = [edition(0, ratings: 9, year: 2004), edition(1, year: -750), edition(2)]
        #expect(try #require(Work(id: id, editions: editions)).year == -750)
        #expect(try #require(Work(id: id, editions: [edition(2)])).year == nil)
    }

    @Test func categoriesAreUnitedWithoutRegardToCase() throws {
        var first = edition(0, ratings: 9)
        first.categories = ["Fiction", "Sea"]
        var second = edition(1, ratings: 1)
        second.categories = ["fiction", "SEA ", "Poésie", "Poesie"]
        #expect(try #require(Work(id: id, editions: [second, first])).categories == ["Fiction", "Sea", "Poésie"])
    }

    @Test func theMeanIsWeightedByTheCounts() throws {
        // (3 * 4.0 + 1 * 2.0) / 4
        let work = try #require(
            Work(id: id, editions: [edition(0, ratings: 3, mean: 4), edition(1, ratings: 1, mean: 2)]))
        #expect(work.averageRating == 3.5)
        #expect(work.ratingsCount == 4)
    }

    @Test func aMeanWithoutACountWeighsNothing() throws {
        let mixed = try #require(Work(id: id, editions: [edition(0, mean: 1), edition(1, ratings: 2, mean: 4)]))
        #expect(mixed.averageRating == 4)
        #expect(mixed.ratingsCount == 2)
        let alone = try #require(Work(id: id, editions: [edition(0), edition(1, mean: 3.5)]))
        #expect(alone.averageRating == 3.5)
        #expect(alone.ratingsCount == 0)
    }

    @Test func aCountWithoutAMeanIsNoRating() throws {
        let work = try #require(Work(id: id, editions: [edition(0, ratings: 900), edition(1, ratings: 2, mean: 4)]))
        #expect(work.averageRating == 4)
        #expect(work.ratingsCount == 2)
        let unrated = try #require(Work(id: id, editions: [edition(0, ratings: 900)]))
        #expect(unrated.averageRating == nil)
        #expect(unrated.ratingsCount == 0)
    }

    @Test func anIDIsPlainTextInJSON() throws {
        let ids = ["b", "a"].map(WorkID.init(rawValue:))
        let json = try JSONEncoder().encode(ids)
        #expect(String(decoding: json, as: UTF8.self) == #"["b","a"]"#)
        #expect(try JSONDecoder().decode([WorkID].self, from: json) == ids)
        #expect(ids.sorted().map(\.description) == ["a", "b"])
    }
}
