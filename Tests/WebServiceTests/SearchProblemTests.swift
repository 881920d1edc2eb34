import Foundation
import HTTPTypes
import HummingbirdTesting
import Recommender
import Testing

@testable import WebService

/// What cannot be answered, in an address and in a body.
struct SearchProblemTests {
    private static let addresses: [(uri: String, code: String, path: String)] = [
        ("/api/v1/search", "emptyQuery", "q"),
        ("/api/v1/search?q=", "emptyQuery", "q"),
        ("/api/v1/search?q=+%20%09", "emptyQuery", "q"),
        ("/api/v1/search?q=\(String(repeating: "a", count: 2_001))", "queryTooLong", "q"),
        ("/api/v1/search?q=\(String(repeating: "%C3%A9", count: 1_001))", "queryTooLong", "q"),
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
        ("/api/v1/search?q=a&fiction=%FF", "invalidEncoding", "fiction"),
        ("/api/v1/search?q=a&category=%C3", "invalidEncoding", "category"),
        ("/api/v1/search?q=a&sort=rating&sort=rating", "repeatedParameter", "sort"),
        ("/api/v1/books/%FF", "invalidEncoding", "id"),
        ("/api/v1/books/w-bare/similar?otherAuthors=perhaps", "unknownChoice", "otherAuthors"),
        ("/api/v1/books/w-bare/similar?otherSeries=2", "unknownChoice", "otherSeries"),
        ("/api/v1/books/w-bare/similar?alpha=1.1", "valueOutOfRange", "alpha"),
        ("/api/v1/books/w-bare/similar?alpha=nan", "valueOutOfRange", "alpha"),
        ("/api/v1/books/w-bare/similar?alpha=half", "valueOutOfRange", "alpha"),
        ("/api/v1/search?q=a&minYear=1900&minYear=1950", "repeatedParameter", "minYear"),
        ("/api/v1/search?q=a&minRating=3,4", "repeatedParameter", "minRating"),
        ("/api/v1/search?q=a&fiction=yes&fiction=no", "repeatedParameter", "fiction"),
        ("/api/v1/search?q=a&strength=0&strength=1", "repeatedParameter", "strength"),
        ("/api/v1/books/w-bare/similar?minYear=abc", "invalidNumber", "minYear"),
        ("/api/v1/books/w-bare/similar?language=klingonish", "unknownChoice", "language"),
        ("/api/v1/suggest?q=a&limit=0", "limitOutOfRange", "limit"),
        ("/api/v1/suggest?q=a&limit=101", "limitOutOfRange", "limit"),
        ("/api/v1/suggest?q=a&limit=many", "invalidNumber", "limit"),
        ("/api/v1/suggest?q=a&q=b", "repeatedParameter", "q"),
        ("/api/v1/suggest?q=%FF", "invalidEncoding", "q"),
    ]

    @Test(arguments: addresses)
    func badInputIsAProblem(uri: String, code: String, path: String) async throws {
        try Self.expect(try await TestService.send(uri), .badRequest, code, path)
    }

    /// Each as an address has it, and as a body does.
    static let questions: [(query: String, json: String, code: String, path: String)] = [
        ("", #"{}"#, "emptyQuery", "q"),
        ("limit=5&facets=no", #"{"limit": 5, "facets": false}"#, "emptyQuery", "q"),
        ("q=+", #"{"q": " \t"}"#, "emptyQuery", "q"),
        ("q=\(long)", #"{"q": "\#(long)"}"#, "queryTooLong", "q"),
        ("q=a&limit=abc", #"{"q": "a", "limit": "abc"}"#, "invalidNumber", "limit"),
        ("q=a&limit=1.5", #"{"q": "a", "limit": 1.5}"#, "invalidNumber", "limit"),
        ("q=a&limit=true", #"{"q": "a", "limit": true}"#, "invalidNumber", "limit"),
        ("q=a&limit=99999999999999999999", #"{"q": "a", "limit": "99999999999999999999"}"#, "invalidNumber", "limit"),
        ("q=a&limit=0", #"{"q": "a", "limit": 0}"#, "limitOutOfRange", "limit"),
        ("q=a&limit=101", #"{"q": "a", "limit": 101}"#, "limitOutOfRange", "limit"),
        ("q=a&limit=1&limit=2", #"{"q": "a", "limit": [1, 2]}"#, "repeatedParameter", "limit"),
        ("q=a&q=b", #"{"q": ["a", "b"]}"#, "repeatedParameter", "q"),
        ("q=a&offset=-1", #"{"q": "a", "offset": -1}"#, "offsetOutOfRange", "offset"),
        ("q=a&offset=x", #"{"q": "a", "offset": "x"}"#, "invalidNumber", "offset"),
        ("q=a&sort=nonsense", #"{"q": "a", "sort": "nonsense"}"#, "unknownChoice", "sort"),
        ("q=a&semanticRatio=2", #"{"q": "a", "semanticRatio": 2}"#, "valueOutOfRange", "semanticRatio"),
        ("q=a&semanticRatio=-0.1", #"{"q": "a", "semanticRatio": -0.1}"#, "valueOutOfRange", "semanticRatio"),
        ("q=a&semanticRatio=nan", #"{"q": "a", "semanticRatio": "nan"}"#, "valueOutOfRange", "semanticRatio"),
        ("q=a&explain=maybe", #"{"q": "a", "explain": "maybe"}"#, "unknownChoice", "explain"),
        ("q=a&facets=2", #"{"q": "a", "facets": 2}"#, "unknownChoice", "facets"),
        ("like=\(books(101))", #"{"like": [\#(listed(101))]}"#, "valueOutOfRange", "like"),
        ("q=a&unlike=\(books(101))", #"{"q": "a", "unlike": "\#(books(101))"}"#, "valueOutOfRange", "unlike"),
        ("mood=bored", #"{"mood": ["bored"]}"#, "unknownChoice", "mood"),
        ("mood=sad:2", #"{"mood": "sad:2"}"#, "valueOutOfRange", "mood"),
        ("q=a&strength=1.1", #"{"q": "a", "strength": 1.1}"#, "valueOutOfRange", "strength"),
        ("fiction=maybe", #"{"fiction": "maybe"}"#, "unknownChoice", "fiction"),
        ("genre=fantasy,nonsense", #"{"genre": ["fantasy", "nonsense"]}"#, "unknownChoice", "genre"),
        ("feels=joy", #"{"feels": "joy"}"#, "unknownChoice", "feels"),
        ("pace=1", #"{"pace": 1}"#, "unknownChoice", "pace"),
        ("length=tiny", #"{"length": "tiny"}"#, "unknownChoice", "length"),
        ("avoid=everything", #"{"avoid": "everything"}"#, "unknownChoice", "avoid"),
        ("language=klingonish", #"{"language": "klingonish"}"#, "unknownChoice", "language"),
        (named("category", 101), #"{"category": [\#(listed(101))]}"#, "valueOutOfRange", "category"),
        (named("author", 101), #"{"author": [\#(listed(101))]}"#, "valueOutOfRange", "author"),
        (named("notBy", 101), #"{"notBy": [\#(listed(101))]}"#, "valueOutOfRange", "notBy"),
        ("minYear=abc", #"{"minYear": "abc"}"#, "invalidNumber", "minYear"),
        ("minYear=1900.5", #"{"minYear": 1900.5}"#, "invalidNumber", "minYear"),
        ("minYear=-5001", #"{"minYear": -5001}"#, "valueOutOfRange", "minYear"),
        ("maxYear=3001", #"{"maxYear": 3001}"#, "valueOutOfRange", "maxYear"),
        ("maxYear=later", #"{"maxYear": "later"}"#, "invalidNumber", "maxYear"),
        ("minPages=-1", #"{"minPages": -1}"#, "valueOutOfRange", "minPages"),
        ("maxPages=many", #"{"maxPages": "many"}"#, "invalidNumber", "maxPages"),
        ("minRating=0.5", #"{"minRating": 0.5}"#, "valueOutOfRange", "minRating"),
        ("maxRating=good", #"{"maxRating": "good"}"#, "valueOutOfRange", "maxRating"),
    ]

    @Test(arguments: questions)
    func badValuesAreProblemsInAddressesAndBodies(query: String, json: String, code: String, path: String) async throws
    {
        let get = try await TestService.send("/api/v1/search?\(query)")
        let post = try await TestService.send("/api/v1/search", method: .post, body: json)
        try Self.expect(get, .badRequest, code, path)
        try Self.expect(post, .badRequest, code, path)
        #expect(try get.object["detail"] as? String == post.object["detail"] as? String)
    }

    @Test func everyParameterIsAmongThem() {
        let all = SearchRequest.Parameter.allCases.map(\.rawValue) + Preferences.Parameter.allCases.map(\.rawValue)
        // Of books to leave out, those that are not here do not matter.
        #expect(Set(all).subtracting(Self.questions.map(\.path)) == ["exclude"])
    }

    private static let bodies: [(body: String, path: String?)] = [
        ("", nil), ("not json", nil), ("[]", nil), ("null", nil), ("\"q\"", nil), ("{\"q\": \"a\"", nil),
        ("{} {}", nil),
        (String(repeating: "[", count: 60_000), nil), (#"{"q": {"text": "a"}}"#, "q"), (#"{"q": [["a"]]}"#, "q"),
        (#"{"genre": ["fantasy", null]}"#, "genre"), (#"{"genre": [{"name": "fantasy"}]}"#, "genre"),
        (#"{"mood": {"hopeful": 1}}"#, "mood"), (#"{"q": "a", "Limit": 5}"#, "Limit"),
        (#"{"q": "a", "page": 2}"#, "page"), (#"{"q": "a", "mood.hopeful": 1}"#, "mood.hopeful"),
    ]

    @Test(arguments: bodies)
    func aBodyThatIsNotUnderstoodIsAProblem(body: String, path: String?) async throws {
        let response = try await TestService.send("/api/v1/search", method: .post, body: body)
        try Self.expect(response, .badRequest, "invalidBody", path)
    }

    @Test func aLongBodyIsReadAndATooLongOneIsNot() async throws {
        func ask(excluding count: Int) async throws -> TestResponse {
            let body = #"{"q": "salt", "exclude": [\#(Self.listed(count))]}"#
            return try await TestService.send("/api/v1/search", method: .post, body: body)
        }
        #expect(try await ask(excluding: BookFilter.mostExcluded).status == .ok)
        try Self.expect(
            try await ask(excluding: BookFilter.mostExcluded + 1), .badRequest, "valueOutOfRange", "exclude")
        let padded = #"{"q": "salt"}"# + String(repeating: " ", count: RequestBody.longest)
        let response = try await TestService.send("/api/v1/search", method: .post, body: padded)
        try Self.expect(response, .contentTooLarge, "bodyTooLarge", nil)
        let whole = String(padded.prefix(RequestBody.longest))
        #expect(try await TestService.send("/api/v1/search", method: .post, body: whole).status == .ok)
    }

    @Test(arguments: ["like", "unlike"])
    func anExampleThatIsNotHereIsAProblem(name: String) async throws {
        let get = try await TestService.send("/api/v1/search?\(name)=nobody")
        let post = try await TestService.send("/api/v1/search", method: .post, body: #"{"\#(name)": ["nobody"]}"#)
        try Self.expect(get, .notFound, "unknownBook", nil)
        try Self.expect(post, .notFound, "unknownBook", nil)
    }

    private static func expect(
        _ response: TestResponse, _ status: HTTPResponse.Status, _ code: String, _ path: String?
    ) throws {
        #expect(response.status == status)
        #expect(response.headers[.contentType] == "application/problem+json")
        let problem = try response.object
        let keys: Set = ["type", "title", "status", "detail", "instance", "code", "requestId"]
        #expect(Set(problem.keys) == (path == nil ? keys : keys.union(["errors"])))
        #expect(problem["code"] as? String == code)
        #expect(problem["status"] as? Int == status.code)
        #expect(problem["type"] as? String == "/docs#problem-\(code)")
        #expect(problem["requestId"] as? String == response.requestID)
        guard let path else { return }
        let errors = try #require(problem["errors"] as? [[String: String]])
        #expect(errors.map { $0["path"] } == [path])
        #expect(errors.allSatisfy { Set($0.keys) == ["path", "message"] })
    }

    private static let long = String(repeating: "a", count: SearchRequest.longestQuery + 1)
    private static func books(_ count: Int) -> String { (0..<count).map { "w-\($0)" }.joined(separator: ",") }
    private static func listed(_ count: Int) -> String { (0..<count).map { "\"w-\($0)\"" }.joined(separator: ",") }
    private static func named(_ name: String, _ count: Int) -> String {
        (0..<count).map { "\(name)=w-\($0)" }.joined(separator: "&")
    }
}
