import Catalog
import EngineTestSupport
import Testing

@testable import CatalogStore

@Suite("Putting editions into the library")
struct LibraryEditingTests {
    private let folder: TemporaryFolder
    private let library: Library
    private static let isbns = ["9780306406157", "9780804429573", "9780975229804", "9780140449136"].map { ISBN13($0) }

    init() throws {
        folder = try TemporaryFolder()
        library = try Library(path: folder.path("library.sqlite"), access: .create)
    }

    private func edition(_ place: Int, _ title: String = "Tides", by author: String? = "Iris Vale") -> Edition {
        Edition(isbn13: Self.isbns[place], title: title, authors: author.map { [$0] } ?? [])
    }

    private func put(_ edition: Edition) throws -> EditionOutcome {
        try library.edit { try $0.put(edition, source: "catalogue", file: "books.csv") }
    }

    private func works() throws -> [Work] {
        var works: [Work] = []
        try library.forEachWork { works.append($0) }
        return works
    }

    @Test func everyFactIsKept() throws {
        let edition = Edition(
            sourceID: "OL1M", isbn13: Self.isbns[0], title: "“Tïdes” \u{1F30A}", subtitle: "A 'Novel'; DROP",
            authors: ["Iris/Vale", "Ärz \"T\""],
            series: "Sea #1", categories: ["Sea\\", "Lo,ve", "a\",\"b"], year: -44, pages: 99, language: "eng",
            averageRating: 4.56, ratingsCount: 9_000_000_000,
            description: "Line\r\nline\ttab", coverURL: "http://example.org/?a=1&b=2")
        #expect(try put(edition) == .accepted)
        #expect(try put(edition) == .unchanged)
        #expect(try library.edit { try $0.holds(edition, source: "catalogue") })
        let work = try #require(try works().first)
        #expect(work == Work(id: work.id, editions: [edition]))
    }

    @Test func eachFactThatChangesIsAnUpdate() throws {
        var edition = edition(0)
        #expect(try put(edition) == .accepted)
        let id = try works()[0].id
        let changes: [(inout Edition) -> Void] = [
            { $0.title = "Ebb" }, { $0.subtitle = "x" }, { $0.authors.append("Tom Orr") }, { $0.categories = ["Sea"] },
            { $0.year = 3 }, { $0.pages = 4 }, { $0.averageRating = 2.5 }, { $0.ratingsCount = 6 },
            { $0.description = "d" }, { $0.coverURL = "u" }, { $0.series = "s" }, { $0.language = "fre" },
        ]
        for change in changes {
            change(&edition)
            #expect(try !library.edit { try $0.holds(edition, source: "catalogue") })
            #expect(try put(edition) == .updated)
            #expect(try put(edition) == .unchanged)
            #expect(try works() == [Work(id: id, editions: [edition])].compactMap { $0 })
        }
    }

    @Test func editionsWithOneTitleAndAuthorAreOneWork() throws {
        #expect(try put(edition(0)) == .accepted)
        #expect(try put(edition(1, "TIDES!", by: "Iris Välé")) == .merged)
        #expect(try put(edition(2, by: "Tom Orr")) == .accepted)
        #expect(try library.counts() == .init(works: 2, editions: 3, quarantined: 0))
        #expect(try works().map(\.isbn13s.count).sorted() == [1, 2])
    }

    @Test func editionsWithoutAuthorStayApart() throws {
        #expect(try put(edition(0, by: nil)) == .accepted)
        #expect(try put(edition(1, by: nil)) == .accepted)
        #expect(try put(Edition(title: "Tides")) == .accepted)
        #expect(try library.counts().works == 3)
    }

    /// From `hashlib.sha256` in Python; the bundles and readers' ratings refer to works by these ids.
    @Test func idsComeFromTheTextThatTellsTheWorkApart() throws {
        #expect(WorkID(hashing: "tides|vale i").rawValue == "t4rv9av8tb")
        #expect(WorkID(hashing: "isbn:9780306406157").rawValue == "2n4zsc8xse")
        #expect(WorkID(hashing: "").rawValue == "werc8gmrzg")
        _ = try put(edition(1))
        #expect(try works().map(\.id.rawValue) == ["t4rv9av8tb"])
        _ = try put(edition(0, by: nil))
        #expect(Set(try works().map(\.id.rawValue)) == ["t4rv9av8tb", "2n4zsc8xse"])
    }

    @Test func aCorrectedTitleKeepsTheID() throws {
        _ = try put(edition(0, "Tidse"))
        let id = try works()[0].id
        #expect(try put(edition(0, "Tides")) == .updated)
        #expect(try works().map(\.id) == [id])
        // The work goes by its new title from now on.
        #expect(try put(edition(1, "Tides")) == .merged)
        #expect(try works().map(\.id) == [id])
        // A work that takes the old title takes another id.
        #expect(try put(edition(2, "Tidse")) == .accepted)
        let ids = try works().map(\.id)
        #expect(ids.count == 2)
        #expect(ids.contains(id))
        #expect(ids.contains(WorkID(hashing: "tidse|vale i#1")))
    }

    @Test func aChangedTitleMovesTheEditionToItsWork() throws {
        _ = try put(edition(0, "Tides"))
        _ = try put(edition(1, "Tidse"))
        #expect(try library.counts().works == 2)
        let tides = WorkID(hashing: "tides|vale i")
        #expect(try put(edition(1, "Tides")) == .updated)
        // The work that lost its last edition is gone.
        #expect(try library.counts() == .init(works: 1, editions: 2, quarantined: 0))
        #expect(try works().map(\.id) == [tides])
        #expect(try works()[0].isbn13s == [Self.isbns[0], Self.isbns[1]].compactMap { $0 })
    }

    @Test func oneOfSeveralEditionsLeavesForAWorkOfItsOwn() throws {
        _ = try put(edition(0))
        _ = try put(edition(1))
        let tides = WorkID(hashing: "tides|vale i")
        #expect(try put(edition(0, "Salt")) == .updated)
        #expect(try works().first { $0.id == tides }?.isbn13s == [Self.isbns[1]].compactMap { $0 })
        #expect(try works().first { $0.title == "Salt" }?.id == WorkID(hashing: "salt|vale i"))
        #expect(try library.counts() == .init(works: 2, editions: 2, quarantined: 0))
    }

    @Test func anAuthorFoundLaterJoinsTheWork() throws {
        _ = try put(edition(0, by: nil))
        let id = try works()[0].id
        #expect(try put(edition(0)) == .updated)
        #expect(try put(edition(1)) == .merged)
        #expect(try works().map(\.id) == [id])
        // And one that is taken away parts them again.
        #expect(try put(edition(1, by: nil)) == .updated)
        #expect(try works().count == 2)
    }

    @Test func worksComeInTheOrderOfTheirIDsWithAllTheirEditions() throws {
        try library.edit { editor in
            for number in 0..<60 {
                let edition = Edition(
                    title: "Title \(number % 40)", authors: ["Iris Vale"], year: 1900 + number, ratingsCount: number)
                _ = try editor.put(edition, source: "s")
            }
        }
        let works = try works()
        #expect(works.count == 40)
        #expect(works.map(\.id) == works.map(\.id).sorted())
        for work in works {
            let number = try #require(Int(work.title.dropFirst("Title ".count)))
            let editions = (number < 20 ? [number, number + 40] : [number]).map {
                Edition(title: work.title, authors: ["Iris Vale"], year: 1900 + $0, ratingsCount: $0)
            }
            #expect(work == Work(id: WorkID(hashing: "title \(number)|vale i"), editions: editions))
        }
    }

    @Test func anErrorInTheirMidstEndsTheWalk() throws {
        _ = try put(edition(0))
        _ = try put(edition(1, "Salt"))
        struct Enough: Error {}
        var seen = 0
        #expect(throws: Enough.self) {
            try library.forEachWork { _ in
                seen += 1
                throw Enough()
            }
        }
        #expect(seen == 1)
    }
}
