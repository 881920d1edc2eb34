import Catalog
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import WebService

struct BookAPITests {
    @Test func aBookHasAllKeysAndTellsNullForTheUnknown() async throws {
        let book = try await TestService.send("/api/v1/books/w-bare").object
        #expect(Set(book.keys) == SearchAPITests.bookKeys)
        for key in ["subtitle", "series", "language", "year", "pages", "averageRating", "description"] {
            #expect(book[key] is NSNull, "\(key)")
        }
        #expect(book["coverUrl"] as? String == "/covers/w-bare.svg")
    }

    @Test func theCataloguesOwnCoverIsTold() async throws {
        let book = try await TestService.send("/api/v1/books/w-pictured").object
        #expect(book["coverUrl"] as? String == "https://covers.example/almanac.jpg")
    }

    @Test(arguments: ["9780306406157", "978-0-306-40615-7", "0306406152", "w-salt-road"])
    func anISBNFindsTheWork(name: String) async throws {
        let book = try await TestService.send("/api/v1/books/\(name)").object
        #expect(book["title"] as? String == "The Salt Road")
    }

    @Test func anIdWithEveryAwkwardCharacterIsFound() async throws {
        let address = "/api/v1/books/w%2Fhostile%20%22id%22%26%3Cx%3E"
        let book = try await TestService.send(address).object
        #expect(book["title"] as? String == InventedBooks.hostileTitle)
        #expect(book["coverUrl"] as? String == "/covers/w%2Fhostile%20%22id%22%26%3Cx%3E.svg")
    }

    @Test func similarBooksLeaveTheBookItselfOut() async throws {
        let response = try await TestService.send("/api/v1/books/w-salt-road/similar?limit=5")
        let answer = try response.object
        #expect(Set(answer.keys) == ["book", "hits", "processingTimeMs", "requestId"])
        #expect((answer["book"] as? [String: Any])?["id"] as? String == "w-salt-road")
        let hits = try #require(answer["hits"] as? [[String: Any]])
        #expect(hits.count == 5)
        #expect(hits.allSatisfy { Set($0.keys) == SearchAPITests.hitKeys })
        let books = hits.compactMap { $0["book"] as? [String: Any] }
        #expect(books.allSatisfy { $0["id"] as? String != "w-salt-road" && $0["coverUrl"] is String })
    }

    @Test func aBookTellsItsSeriesAndItsLanguage() async throws {
        let book = try await TestService.send("/api/v1/books/w-owl").object
        #expect(book["series"] as? String == "Lantern Cycle #2")
        #expect(book["language"] as? String == "en")
    }

    private static let filters: [(query: String, found: [String])] = [
        ("maxYear=1900", ["w-accented", "w-fog"]), ("language=ja,de", ["w-moon", "w-word"]),
        ("genre=fantasy", ["w-owl"]),
        ("maxYear=1900&exclude=w-fog", ["w-accented"]), ("maxYear=1900&notBy=Pell", ["w-accented"]),
        ("category=Cooking&category=Mystery", ["w-bread", "w-fog"]), ("author=ellind", []),
    ]

    @Test(arguments: filters)
    func similarBooksCanBeFiltered(query: String, found: [String]) async throws {
        #expect(try await Self.similar(to: "w-salt-road", query) == Set(found))
    }

    @Test func similarBooksCanBeOfOtherAuthorsAndSeriesOnly() async throws {
        var shelf = ShelfRecommender()
        let others: [(id: String, author: String, series: String?)] = [
            ("w-owl-1", "R. J. Hawkbell", "Lantern Cycle #1"), ("w-owl-3", "A. Ghost", "Lantern Cycle, Book 3"),
            ("w-other", "R. J. Hawkbell", nil),
        ]
        for (id, author, series) in others {
            shelf.works.append(
                Work(id: WorkID(rawValue: id), title: id, authors: [author], series: series, year: 3_000))
        }
        let query = "minYear=3000"
        #expect(try await Self.similar(to: "w-owl", query, shelf) == ["w-owl-1", "w-owl-3", "w-other"])
        for flag in ["true", "1", "yes"] {
            #expect(try await Self.similar(to: "w-owl", query + "&otherAuthors=\(flag)", shelf) == ["w-owl-3"])
            #expect(try await Self.similar(to: "w-owl", query + "&otherSeries=\(flag)", shelf) == ["w-other"])
        }
        #expect(try await Self.similar(to: "w-owl", query + "&otherAuthors=yes&otherSeries=yes", shelf) == [])
        #expect(try await Self.similar(to: "w-owl", query + "&otherAuthors=false&otherSeries=", shelf).count == 3)
    }

    private static func similar(
        to book: String, _ query: String, _ shelf: ShelfRecommender = ShelfRecommender()
    ) async throws -> Set<String> {
        let response = try await TestService.send(
            "/api/v1/books/\(book)/similar?limit=100&\(query)", recommender: shelf)
        let hits = try #require(response.object["hits"] as? [[String: Any]])
        return Set(hits.compactMap { ($0["book"] as? [String: Any])?["id"] as? String })
    }

    @Test(arguments: ["/api/v1/books/nobody", "/api/v1/books/nobody/similar"])
    func anUnknownBookIsAProblem(uri: String) async throws {
        let response = try await TestService.send(uri)
        #expect(response.status == .notFound)
        #expect(try response.object["code"] as? String == "unknownBook")
        #expect(try response.object["instance"] as? String == uri)
    }

    @Test func versionAndHealth() async throws {
        let version = try await TestService.send("/version").object
        #expect(Set(version.keys) == ["version", "commit", "bundle", "schema", "works"])
        #expect(version["version"] as? String == "1.2.3")
        #expect(version["commit"] as? String == "c0ffee")
        #expect(version["bundle"] as? String == "b0a7")
        #expect(version["works"] as? Int == InventedBooks.all.count)
        #expect(try await TestService.send("/health/live").text == #"{"status":"ok"}"#)
        #expect(try await TestService.send("/health/ready").status == .ok)
    }

    @Test func aServiceThatIsNotReadySaysSoAndStillLives() async throws {
        let recommender = ShelfRecommender(ready: false)
        let response = try await TestService.send("/health/ready", recommender: recommender)
        #expect(response.status == .serviceUnavailable)
        #expect(response.headers[.contentType] == "application/problem+json")
        #expect(response.headers[.retryAfter] == "5")
        #expect(try response.object["code"] as? String == "notReady")
        #expect(try await TestService.send("/health/live", recommender: recommender).status == .ok)
    }
}
