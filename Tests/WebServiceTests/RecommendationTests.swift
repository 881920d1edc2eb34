import Catalog
import Foundation
import HTTPTypes
import HummingbirdTesting
import Recommender
import Testing

@testable import WebService

/// What to read next, over HTTP.
@Suite struct RecommendationTests {
    private let readers = MemoryReaders()
    private static let reader = "0123456789abcdef-Reader"
    private static let named: HTTPFields = [ReaderCookie.field: reader]

    private func send(
        _ uri: String, _ method: HTTPRequest.Method = .get, _ headers: HTTPFields = [:], body: String? = nil
    ) async throws -> TestResponse {
        try await TestService.send(uri, method: method, headers: headers, body: body, readers: readers)
    }

    private func titles(_ answer: [String: Any]) throws -> [String] {
        try #require(answer["hits"] as? [[String: Any]]).compactMap {
            ($0["book"] as? [String: Any])?["title"] as? String
        }
    }

    @Test func anybodyMayAsk() async throws {
        let response = try await send(
            "/api/v1/recommendations", .post,
            body: #"{"positive": ["w-salt-road"], "exclude": ["w-bare"], "count": 3, "explain": true}"#)
        #expect(response.status == .ok)
        let answer = try response.object
        #expect(try titles(answer).count == 3)
        #expect(answer["requestId"] as? String == response.requestID)
        let hits = try #require(answer["hits"] as? [[String: Any]])
        #expect(hits.allSatisfy { $0["features"] != nil && $0["reasons"] != nil })
        #expect(readers.record(of: Self.reader).events.isEmpty && response.headers[.setCookie] == nil)
    }

    @Test func aRatingCountsInTheVeryNextAnswer() async throws {
        let address = "/api/v1/readers/me/recommendations"
        let before = try await send(address, .get, Self.named)
        let rated = try await send(
            "/api/v1/feedback", .post, Self.named,
            body: #"{"id": "1", "type": "rating", "book": "w-salt-road", "value": 5}"#)
        #expect(rated.status == .ok)
        for after in [
            try await send(address, .get, Self.named),
            try await send("/api/v1/recommendations", .post, Self.named, body: #"{"readerId": "me"}"#),
            try await send("/api/v1/recommendations", .post, body: #"{"readerId": "\#(Self.reader)"}"#),
        ] {
            let answer = try after.object
            #expect((answer["basis"] as? [String: Any])?["knownBooks"] as? Int == 1)
            #expect(try !titles(answer).contains("The Salt Road"))
        }
        #expect(try titles(before.object).contains("The Salt Road"))
        let other = try await send(
            "/api/v1/recommendations", .post, Self.named, body: #"{"readerId": "fedcba9876543210"}"#)
        #expect(other.status == .forbidden)
    }

    @Test(arguments: [
        (#"[]"#, "invalidBody", nil as String?), (#"{"like": []}"#, "invalidBody", "like"),
        (#"{"positive": "w-bare"}"#, "invalidBody", "positive"), (#"{"ratings": [1]}"#, "invalidBody", "ratings"),
        (#"{"ratings": {"w-bare": 7}}"#, "valueOutOfRange", "ratings.w-bare"),
        (#"{"positive": ["nobody"]}"#, "unknownBook", nil), (#"{"count": 1.5}"#, "invalidBody", "count"),
        (#"{"filters": {"genre": ["none"]}}"#, "unknownChoice", "genre"),
        (#"{"filters": {"shape": 1}}"#, "invalidBody", "filters.shape"),
        (#"{"diversity": 2}"#, "valueOutOfRange", "diversity"), (#"{"readerId": "x"}"#, "invalidReader", "readerId"),
    ])
    func whatIsNotUnderstoodIsSaid(body: String, code: String, path: String?) async throws {
        let response = try await send("/api/v1/recommendations", .post, body: body)
        let problem = try response.object
        #expect(problem["code"] as? String == code, "\(body)")
        guard let path else { return }
        let errors = try #require(problem["errors"] as? [[String: Any]])
        #expect(errors.first?["path"] as? String == path)
    }

    @Test func severalAreAnsweredAtOnce() async throws {
        let response = try await send(
            "/api/v1/recommendations:batch", .post,
            body: #"{"requests": [{"count": 1}, {"positive": ["w-bare"], "count": 2}]}"#)
        #expect(response.status == .ok)
        let answers = try #require(try response.object["answers"] as? [[String: Any]])
        #expect(try answers.map { try titles($0).count } == [1, 2])
        let many = "{\"requests\": [" + Array(repeating: "{}", count: 51).joined(separator: ",") + "]}"
        #expect(try await send("/api/v1/recommendations:batch", .post, body: many).status == .badRequest)
    }
}
