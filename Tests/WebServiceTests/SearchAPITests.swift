import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import WebService

struct SearchAPITests {
    static let bookKeys: Set = [
        "id", "title", "subtitle", "authors", "isbn13s", "year", "pages", "categories", "averageRating",
        "ratingsCount", "description", "coverUrl", "impression",
    ]

    @Test func answersWithExactlyTheseKeys() async throws {
        let response = try await TestService.send("/api/v1/search?q=salt%20road&limit=3")
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "application/json")
        let answer = try response.object
        #expect(
            Set(answer.keys) == ["query", "hits", "estimatedTotalHits", "processingTimeMs", "requestId"])
        #expect(answer["query"] as? String == "salt road")
        #expect(answer["estimatedTotalHits"] as? Int == InventedBooks.all.count)
        #expect(answer["requestId"] as? String == response.requestID)
        #expect(try #require(answer["processingTimeMs"] as? Double) > 0)
        let hits = try #require(answer["hits"] as? [[String: Any]])
        #expect(hits.count == 3)
        for hit in hits {
            #expect(Set(hit.keys) == ["book", "score", "reasons"])
            #expect(Set(try #require(hit["book"] as? [String: Any]).keys) == Self.bookKeys)
            let reasons = try #require(hit["reasons"] as? [[String: Any]])
            #expect(!reasons.isEmpty)
            #expect(reasons.allSatisfy { Set($0.keys) == ["kind", "text", "contribution"] })
        }
        #expect((hits[0]["book"] as? [String: Any])?["title"] as? String == "The Salt Road")
    }

    @Test func limitAndOffsetCutOneRanking() async throws {
        let whole = try await Self.ids("/api/v1/search?q=salt&limit=100")
        #expect(whole.count == InventedBooks.all.count)
        #expect(try await Self.ids("/api/v1/search?q=salt") == Array(whole.prefix(10)))
        #expect(try await Self.ids("/api/v1/search?q=salt&limit=4&offset=3") == Array(whole[3..<7]))
        #expect(try await Self.ids("/api/v1/search?q=salt&offset=9223372036854775807") == [])
    }

    @Test func noMatchIsAnEmptyList() async throws {
        let response = try await TestService.send("/api/v1/search?q=nothing+at+all")
        #expect(response.status == .ok)
        #expect(try #require(response.object["hits"] as? [Any]).isEmpty)
    }

    @Test func aPlusIsASpaceAndUnicodeSurvives() async throws {
        let response = try await TestService.send("/api/v1/search?q=caf%C3%A9+%2B+%E6%9C%88")
        #expect(try response.object["query"] as? String == "café + 月")
    }

    @Test(arguments: [
        ("/api/v1/search", "emptyQuery", "q"),
        ("/api/v1/search?q=", "emptyQuery", "q"),
        ("/api/v1/search?q=+%20%09", "emptyQuery", "q"),
        ("/api/v1/search?q=" + String(repeating: "a", count: 2_001), "queryTooLong", "q"),
        ("/api/v1/search?q=" + String(repeating: "%C3%A9", count: 1_001), "queryTooLong", "q"),
        ("/api/v1/search?q=%FF", "invalidEncoding", "q"),
        ("/api/v1/search?q=%C3", "invalidEncoding", "q"),
        ("/api/v1/search?q=%ED%A0%80", "invalidEncoding", "q"),
        ("/api/v1/search?q=100%", "invalidEncoding", "q"),
        ("/api/v1/search?q=%zz", "invalidEncoding", "q"),
        ("/api/v1/search?q=a&limit=abc", "invalidNumber", "limit"),
        ("/api/v1/search?q=a&limit=", "invalidNumber", "limit"),
        ("/api/v1/search?q=a&limit=1.5", "invalidNumber", "limit"),
        ("/api/v1/search?q=a&limit=99999999999999999999", "invalidNumber", "limit"),
        ("/api/v1/search?q=a&limit=0", "limitOutOfRange", "limit"),
        ("/api/v1/search?q=a&limit=101", "limitOutOfRange", "limit"),
        ("/api/v1/search?q=a&offset=-1", "offsetOutOfRange", "offset"),
        ("/api/v1/search?q=a&q=b", "repeatedParameter", "q"),
        ("/api/v1/search?q=a&limit=1&limit=2", "repeatedParameter", "limit"),
        ("/api/v1/books/w-salt-road/similar?limit=0", "limitOutOfRange", "limit"),
        ("/api/v1/books/%FF", "invalidEncoding", "id"),
    ])
    func badInputIsAProblem(uri: String, code: String, path: String) async throws {
        let response = try await TestService.send(uri)
        #expect(response.status == .badRequest)
        #expect(response.headers[.contentType] == "application/problem+json")
        let problem = try response.object
        #expect(
            Set(problem.keys) == [
                "type", "title", "status", "detail", "instance", "code", "requestId", "errors",
            ])
        #expect(problem["code"] as? String == code)
        #expect(problem["status"] as? Int == 400)
        #expect(problem["type"] as? String == "/docs#problem-\(code)")
        #expect(problem["requestId"] as? String == response.requestID)
        let errors = try #require(problem["errors"] as? [[String: String]])
        #expect(errors.map { $0["path"] } == [path])
        #expect(errors.allSatisfy { Set($0.keys) == ["path", "message"] })
    }

    @Test func theLongestQueryIsAnswered() async throws {
        let response = try await TestService.send("/api/v1/search?q=" + String(repeating: "%61", count: 2_000))
        #expect(response.status == .ok)
    }

    @Test func anUnexpectedErrorTellsNothing() async throws {
        struct Secret: Error { let password = "hunter2" }
        let response = try await TestService.send(
            "/api/v1/search?q=a", recommender: ShelfRecommender(failure: Secret()))
        #expect(response.status == .internalServerError)
        #expect(try response.object["code"] as? String == "internalError")
        #expect(try response.keys.contains("errors") == false)
        #expect(!response.text.contains("hunter2"))
    }

    private static func ids(_ uri: String) async throws -> [String] {
        let answer = try await TestService.send(uri).object
        let hits = try #require(answer["hits"] as? [[String: Any]])
        return hits.compactMap { ($0["book"] as? [String: Any])?["id"] as? String }
    }
}
