import Catalog
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Recommender
import Testing

@testable import WebService

/// Readers who say what they think of books.
@Suite struct FeedbackTests {
    private let readers = MemoryReaders()
    private static let reader = "0123456789abcdef-Reader"
    private static let named: HTTPFields = [ReaderCookie.field: reader]
    private static let salt = WorkID(rawValue: "w-salt-road")

    private func send(
        _ uri: String, _ method: HTTPRequest.Method = .get, _ headers: HTTPFields = named, body: String? = nil
    ) async throws -> TestResponse {
        try await TestService.send(uri, method: method, headers: headers, body: body, readers: readers)
    }

    private func post(_ body: String, _ headers: HTTPFields = named) async throws -> TestResponse {
        try await send("/api/v1/feedback", .post, headers, body: body)
    }

    private func rejections(_ response: TestResponse) throws -> [String] {
        try #require(response.object["rejected"] as? [[String: Any]]).map { "\($0["index"] ?? "") \($0["code"] ?? "")" }
    }

    @Test func aProgramSaysWhatItsReaderThinks() async throws {
        let response = try await post(
            #"{"events": [{"id": "1", "type": "rating", "book": "9780306406157", "value": 4.5, "requestId": "abc"}, "#
                + #"{"id": "2", "type": "to-read", "book": "w-bare", "at": "2026-11-30T12:00:00Z", "value": null}]}"#)
        #expect(response.status == .ok)
        let answer = try response.object
        #expect(answer["accepted"] as? Int == 2 && answer["known"] as? Int == 0)
        #expect(answer["reader"] as? String == Self.reader)
        #expect(answer["requestId"] as? String == response.requestID)
        #expect(response.headers[.setCookie] == nil)
        let taste = readers.taste(of: Self.reader)
        #expect(taste.ratings == [Self.salt: 4.5] && taste.wantToRead == [WorkID(rawValue: "w-bare")])
        let kept = readers.record(of: Self.reader).events
        #expect(kept[0].requestID == "abc" && kept[1].at == 1_796_040_000_000)

        // Again, by itself.
        let again = try await post(#"{"id": "1", "type": "rating", "book": "w-salt-road", "value": 4.5}"#).object
        #expect(again["accepted"] as? Int == 0 && again["known"] as? Int == 1)
    }

    @Test func eachEventIsRefusedAlone() async throws {
        let response = try await post(
            """
            {"events": [{"id": "0", "type": "rating", "book": "w-bare", "value": 6}, {"id": "1", "type": "like", "book": "nobody"},
            {"type": "like", "book": "w-bare"}, {"id": "3", "type": "love", "book": "w-bare"}, 7, null,
            {"id": "6", "type": "like", "book": "w-bare", "stars": 4}, {"id": "7", "type": "like", "book": "w-bare"},
            {"id": "8", "type": "like", "book": "w-bare", "at": "soon"}, {"id": 9, "type": "like", "book": "w-bare"},
            {"id": "10", "type": "rating", "book": "w-bare", "value": "4"}, {"id": "11", "type": "like"},
            {"id": "7", "type": "dislike", "book": "w-bare"}, {"id": "13", "type": "like", "book": "w-bare", "value": 4},
            {"id": "14", "type": "like", "book": "w-bare", "requestId": "a b"},
            {"id": "15", "type": "like", "book": "w-bare", "at": "2999-01-01T00:00:00Z"}]}
            """)
        #expect(response.status == .ok)
        #expect(
            try rejections(response) == [
                "0 valueOutOfRange", "1 unknownBook", "2 invalidId", "3 unknownType", "4 invalidEvent",
                "5 invalidEvent",
                "6 invalidEvent", "8 invalidTime", "9 invalidEvent", "10 invalidEvent", "11 unknownBook", "12 idTaken",
                "13 valueNotAllowed", "14 invalidRequestId", "15 invalidTime",
            ])
        #expect(try response.object["accepted"] as? Int == 1)
        #expect(readers.taste(of: Self.reader).liked == [WorkID(rawValue: "w-bare")])
    }

    @Test(arguments: [
        ("", "invalidBody"), ("[]", "invalidBody"), ("{", "invalidBody"), ("null", "invalidBody"),
        (#"{"events": 7}"#, "invalidBody"), (#"{"events": [], "more": 1}"#, "invalidBody"),
        (String(repeating: " ", count: 70_000), "bodyTooLarge"),
        (#"{"events": ["# + Array(repeating: "{}", count: 101).joined(separator: ",") + "]}", "valueOutOfRange"),
    ])
    func aBodyThatIsNotUnderstoodIsRefusedWhole(body: String, code: String) async throws {
        let response = try await post(body)
        #expect(try response.object["code"] as? String == code)
        #expect(response.status == (code == "bodyTooLarge" ? .contentTooLarge : .badRequest))
        #expect(readers.count == 0)
    }

    @Test func aBrowserGetsASignedNameOnceSomethingIsTaken() async throws {
        #expect(try await post(#"{"id": "1", "type": "like", "book": "nobody"}"#, [:]).headers[.setCookie] == nil)
        #expect(try await post(#"{"id": "1", "type": "like", "book": "nobody"}"#, [:]).object["reader"] == nil)
        #expect(readers.readers.isEmpty)
        let first = try await post(#"{"id": "1", "type": "like", "book": "w-bare"}"#, [:])
        let set = try #require(first.headers[.setCookie])
        #expect(set.contains("HttpOnly") && set.contains("SameSite=Lax"))
        let cookie: HTTPFields = [.cookie: String(try #require(set.split(separator: ";").first))]
        let second = try await post(#"{"id": "2", "type": "like", "book": "w-salt-road"}"#, cookie)
        #expect(second.headers[.setCookie] == nil)
        let name = try #require(first.object["reader"] as? String)
        #expect(readers.readers == [name] && readers.count == 2)
        // The name alone, as it was set by earlier releases, is nobody's.
        let unsigned = try await post(#"{"id": "3", "type": "like", "book": "w-bare"}"#, [.cookie: "reader=\(name)"])
        #expect(unsigned.headers[.setCookie] != nil)
        #expect(readers.readers.count == 2)
    }

    @Test func anEventIsTakenBack() async throws {
        _ = try await post(#"{"id": "a", "type": "like", "book": "w-bare"}"#)
        _ = try await post(#"{"id": "b", "type": "not-interested", "book": "w-bare"}"#)
        let response = try await send("/api/v1/feedback/b", .delete)
        #expect(response.status == .ok)
        let event = try #require(response.object["event"] as? [String: Any])
        #expect(event["id"] as? String == "b" && event["type"] as? String == "not-interested")
        #expect(event["undoneAt"] is String)
        #expect(readers.taste(of: Self.reader).liked == [WorkID(rawValue: "w-bare")])
        for headers in [Self.named, [:], [ReaderCookie.field: "another-reader-0000"]] as [HTTPFields] {
            let unknown = try await send(
                "/api/v1/feedback/" + (headers == Self.named ? "c" : "a"), .delete, headers)
            #expect(try unknown.object["code"] as? String == "unknownEvent")
        }
        #expect(readers.taste(of: Self.reader).liked == [WorkID(rawValue: "w-bare")])
    }

    @Test func aFormWorksWithoutAScript() async throws {
        let rated = try await send(
            "/books/w-salt-road/feedback", .post, [:], body: "kind=rating&value=3.5&back=%2Fsearch%3Fq%3Dsalt%23hit")
        #expect(rated.status == .seeOther)
        #expect(rated.headers[.location] == "/search?q=salt#hit")
        let set = try #require(rated.headers[.setCookie])
        let cookie: HTTPFields = [.cookie: String(try #require(set.split(separator: ";").first))]
        let name = try #require(readers.readers.first)
        #expect(readers.taste(of: name).ratings == [Self.salt: 3.5])
        let disliked = try await send("/books/9780306406157/feedback", .post, cookie, body: "kind=dislike")
        #expect(disliked.headers[.location] == "/books/w-salt-road")
        #expect(readers.taste(of: name).disliked == [Self.salt])
        _ = try await send("/books/w-salt-road/feedback", .post, cookie, body: "kind=&back=/")
        #expect(readers.taste(of: name).ratings == [Self.salt: 3.5])
        // Nobody takes nothing back, and stays nobody.
        let nobody = try await send("/books/w-salt-road/feedback", .post, [:], body: "kind=")
        #expect(nobody.status == .seeOther && nobody.headers[.setCookie] == nil)
        #expect(readers.readers == [name])
    }

    @Test(arguments: [
        "//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil.example", "/%09/evil.example".decoded,
        "javascript:alert(1)", "", " /", "/a\r\nSet-Cookie: reader=x", "/é", "search",
        "/" + String(repeating: "a", count: 2_048),
    ])
    func noFormLeadsElsewhere(back: String) async throws {
        #expect(LocalAddress(back) == nil)
        let allowed = CharacterSet.alphanumerics
        let encoded = try #require(back.addingPercentEncoding(withAllowedCharacters: allowed))
        let response = try await send("/books/w-bare/feedback", .post, body: "kind=like&back=\(encoded)")
        #expect(response.headers[.location] == "/books/w-bare")
    }

    @Test(arguments: ["/", "/search?q=a+b&page=2#x", "/books/w-bare", "/a//b"])
    func aFormLeadsToAnyPageHere(back: String) {
        #expect(LocalAddress(back)?.text == back)
    }

    @Test(arguments: [
        ("kind=click", HTTPResponse.Status.badRequest), ("kind=bored", .badRequest), ("", .badRequest),
        ("kind=rating", .badRequest), ("kind=rating&value=", .badRequest), ("kind=rating&value=nan", .badRequest),
        ("kind=rating&value=0", .badRequest), ("kind=rating&kind=like", .badRequest),
        ("kind=like&back=" + String(repeating: "a", count: 9_000), .contentTooLarge),
    ])
    func aFormThatIsNotUnderstoodIsRefused(body: String, status: HTTPResponse.Status) async throws {
        #expect(try await send("/books/w-bare/feedback", .post, body: body).status == status)
        #expect(readers.count == 0)
    }

    @Test func whatOtherSitesSendIsRefused() async throws {
        var headers = Self.named
        headers[HTTPField.Name("Sec-Fetch-Site")!] = "cross-site"
        let event = #"{"id": "1", "type": "like", "book": "w-bare"}"#
        for (uri, method, body) in [
            ("/books/w-bare/feedback", .post, "kind=like"), ("/api/v1/feedback", .post, event),
            ("/api/v1/feedback/1", .delete, nil), ("/api/v1/readers/me", .delete, nil),
        ] as [(String, HTTPRequest.Method, String?)] {
            #expect(try await send(uri, method, headers, body: body).status == .badRequest, "\(uri)")
        }
        #expect(readers.count == 0)
    }

    @Test func aBusyLibraryIsTold() async throws {
        struct Busy: ReaderMemory {
            let error = OpinionsUnavailable("busy")
            func taste(of reader: String) throws -> ReaderTaste { throw error }
            func append(_ events: [FeedbackEvent], by reader: String) throws -> [FeedbackOutcome] { throw error }
            func undo(_ id: String, by reader: String) throws -> FeedbackEvent? { throw error }
            func undoLast(on work: WorkID, by reader: String) throws -> FeedbackEvent? { throw error }
            func history(of reader: String, from cursor: FeedbackPage.Cursor?, limit: Int) throws -> FeedbackPage {
                throw error
            }
            func record(of reader: String) throws -> ReaderRecord { throw error }
            func erase(_ reader: String) throws -> ReaderErasure { throw error }
        }
        let response = try await TestService.send(
            "/api/v1/feedback", method: .post, headers: [:], body: #"{"id": "1", "type": "like", "book": "w-bare"}"#,
            readers: Busy())
        #expect(response.status == .serviceUnavailable)
        #expect(response.headers[.setCookie] == nil && response.headers[.retryAfter] != nil)
        #expect(
            try await TestService.send("/api/v1/readers/me", headers: Self.named, readers: Busy()).status.code == 503)
    }

    @Test func aFloodOfEventsIsHeldBack() throws {
        let limiter = WriteLimiter(perMinute: FeedbackController.eventsPerMinute)
        let start = ContinuousClock.now
        for _ in 0..<FeedbackController.eventsPerMinute / 100 { try limiter.admit(100, at: start) }
        #expect(throws: Problem.self) { try limiter.admit(1, at: start) }
        // All of them or none.
        #expect(throws: Problem.self) { try limiter.admit(100, at: start + .seconds(1)) }
        try limiter.admit(50, at: start + .seconds(1))
        #expect(FeedbackController.eventsPerMinute >= FeedbackBody.mostEvents)
    }
}

extension String {
    fileprivate var decoded: String { removingPercentEncoding ?? self }
}
