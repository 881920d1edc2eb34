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

/// Readers who say that a label is not right.
@Suite struct OpinionTests {
    private let opinions = MemoryOpinions()
    private static let reader = "0123456789abcdef-Reader"
    private static let named: HTTPFields = [HTTPField.Name("X-Reader-Id")!: reader]

    private func send(
        _ uri: String, _ method: HTTPRequest.Method = .get, _ headers: HTTPFields = named, body: String? = nil
    ) async throws -> TestResponse {
        try await TestService.send(uri, method: method, headers: headers, body: body, opinions: opinions)
    }

    private func cookie(of response: TestResponse) throws -> HTTPFields {
        let cookie = try #require(response.headers[.setCookie])
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"))
        return [.cookie: String(try #require(cookie.split(separator: ";").first))]
    }

    @Test func aProgramSaysReadsAndTakesBack() async throws {
        let path = "/api/v1/books/w-salt-road/labels"
        #expect(try (await send(path).object["opinions"] as? [Any])?.isEmpty == true)
        let put = try await send(path + "/mood.dark", .put, body: #"{"holds": false}"#)
        #expect(put.status == .ok)
        // By an ISBN too; in the order of the labels.
        _ = try await send("/api/v1/books/9780306406157/labels/genre.fantasy", .put, body: #"{"holds":true}"#)
        let told = try #require(try await send(path).object["opinions"] as? [[String: Any]])
        #expect(told.map { $0["label"] as? String } == ["genre.fantasy", "mood.dark"])
        #expect(told.map { $0["holds"] as? Bool } == [true, false])
        // Nobody else's.
        let other: HTTPFields = [HTTPField.Name("X-Reader-Id")!: "another-reader-0000"]
        #expect(try (await send(path, .get, other).object["opinions"] as? [Any])?.isEmpty == true)

        _ = try await send(path + "/mood.dark", .delete)
        #expect(opinions.count == 1)
    }

    @Test func aBrowserIsRememberedAndShownItsOwnOpinion() async throws {
        let response = try await send(
            "/books/w-salt-road/labels", .post, [:], body: "label=mood.adventurous&holds=no")
        #expect(response.status == .seeOther)
        #expect(response.headers[.location] == "/books/w-salt-road#feel")
        let cookie = try cookie(of: response)
        let own = try await send("/books/w-salt-road", .get, cookie).text
        #expect(own.contains("You say that is not right."))
        #expect(try await !send("/books/w-salt-road", .get, [:]).text.contains("You say"))

        let again = try await send(
            "/books/w-salt-road/labels", .post, cookie, body: "label=mood.adventurous&holds=")
        #expect(again.headers[.setCookie] == nil)
        #expect(try await !send("/books/w-salt-road", .get, cookie).text.contains("You say"))
        #expect(opinions.count == 0)
    }

    @Test(arguments: [
        ("/api/v1/books/w-bare/labels/mood.dark", #"{"holds": "no"}"#, HTTPResponse.Status.badRequest, "invalidBody"),
        ("/api/v1/books/w-bare/labels/mood.dark", "", .badRequest, "invalidBody"),
        ("/api/v1/books/w-bare/labels/mood.bored", #"{"holds": true}"#, .notFound, "unknownLabel"),
        ("/api/v1/books/nobody/labels/mood.dark", #"{"holds": true}"#, .notFound, "unknownBook"),
        (
            "/api/v1/books/w-bare/labels/mood.dark", String(repeating: " ", count: 5_000), .contentTooLarge,
            "bodyTooLarge"
        ),
    ])
    func whatIsNotUnderstoodIsRefused(uri: String, body: String, status: HTTPResponse.Status, code: String) async throws
    {
        let response = try await send(uri, .put, body: body)
        #expect(response.status == status)
        #expect(try response.object["code"] as? String == code)
        #expect(opinions.count == 0)
    }

    @Test(arguments: ["short", "with a space in it!!", String(repeating: "a", count: 65)])
    func aReaderNeedsAName(name: String) async throws {
        let headers: HTTPFields = [HTTPField.Name("X-Reader-Id")!: name]
        let response = try await send("/api/v1/books/w-bare/labels", .get, headers)
        #expect(try response.object["code"] as? String == "invalidReader")
    }

    @Test func formsOfOtherSitesAreRefused() async throws {
        let headers: HTTPFields = [HTTPField.Name("Sec-Fetch-Site")!: "cross-site"]
        let response = try await send("/books/w-bare/labels", .post, headers, body: "label=mood.dark&holds=no")
        #expect(response.status == .badRequest)
        #expect(opinions.count == 0)
    }

    @Test func aBusyLibraryIsTold() async throws {
        struct Busy: LabelOpinionKeeping {
            func opinions(on work: WorkID, by reader: String) throws -> [BookLabel: Bool] {
                throw OpinionsUnavailable("busy")
            }
            func keep(_ holds: Bool?, of label: BookLabel, on work: WorkID, by reader: String) throws {
                throw OpinionsUnavailable("busy")
            }
        }
        let application = try buildApplication(
            recommender: ShelfRecommender(), opinions: Busy(), configuration: TestService.configuration,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await application.test(.router) { client in
            let put = try await client.execute(
                uri: "/api/v1/books/w-bare/labels/mood.dark", method: .put, headers: Self.named,
                body: ByteBuffer(string: #"{"holds": true}"#))
            #expect(put.status == .serviceUnavailable)
            // The page of the book is whole without them.
            let page = try await client.execute(uri: "/books/w-bare", method: .get, headers: Self.named)
            #expect(page.status == .ok)
        }
    }

    @Test func aFloodIsHeldBack() throws {
        let limiter = WriteLimiter()
        let start = ContinuousClock.now
        for _ in 0..<WriteLimiter.perMinute { try limiter.admit(at: start) }
        #expect(throws: Problem.self) { try limiter.admit(at: start) }
        try limiter.admit(at: start + .seconds(1))
        #expect(throws: Problem.self) { for _ in 0..<3 { try limiter.admit(at: start + .seconds(1)) } }
    }
}
