import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import WebService

struct BookAPITests {
    @Test func aBookHasAllKeysAndTellsNullForTheUnknown() async throws {
        let book = try await TestService.send("/api/v1/books/w-bare").object
        #expect(Set(book.keys) == SearchAPITests.bookKeys)
        for key in ["subtitle", "year", "pages", "averageRating", "description"] {
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
        #expect(hits.allSatisfy { Set($0.keys) == ["book", "score", "reasons"] })
        let books = hits.compactMap { $0["book"] as? [String: Any] }
        #expect(books.allSatisfy { $0["id"] as? String != "w-salt-road" && $0["coverUrl"] is String })
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
