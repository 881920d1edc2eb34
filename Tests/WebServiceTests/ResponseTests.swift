import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization
import Testing

@testable import WebService

/// What holds for every response, whatever the route.
struct ResponseTests {
    @Test(arguments: TestService.addresses.map(\.uri))
    func everyResponseIsGuarded(uri: String) async throws {
        for method in [HTTPRequest.Method.get, .head, .post] {
            let response = try await TestService.send(uri, method: method)
            #expect(
                response.headers[.contentSecurityPolicy]
                    == "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
            #expect(response.headers[.xContentTypeOptions] == "nosniff")
            #expect(response.headers[HTTPField.Name("Referrer-Policy")!] == "same-origin")
            #expect(response.headers[HTTPField.Name("Cross-Origin-Opener-Policy")!] == "same-origin")
            #expect(response.requestID?.count == 32)
            #expect(response.headers[.cacheControl] != nil)
        }
    }

    @Test(arguments: TestService.addresses)
    func headAnswersLikeGetWithoutABody(uri: String, status: HTTPResponse.Status) async throws {
        let get = try await TestService.send(uri)
        let head = try await TestService.send(uri, method: .head)
        #expect(get.status == status)
        #expect(head.status == status)
        #expect(get.body.readableBytes > 0)
        #expect(head.body.readableBytes == 0)
        #expect(head.headers[.contentType] == get.headers[.contentType])
        #expect(head.headers[.contentLength] != nil)
    }

    @Test(arguments: [HTTPRequest.Method.post, .put, .delete, .patch, .options, .trace])
    func otherMethodsAreRefused(method: HTTPRequest.Method) async throws {
        for uri in ["/api/v1/suggest?q=a", "/", "/books/w-bare", "/covers/w-bare.svg", "/health/live"] {
            let response = try await TestService.send(uri, method: method)
            #expect(response.status == .methodNotAllowed)
            #expect(response.headers[.allow] == "GET, HEAD")
        }
        if method != .post {
            let response = try await TestService.send("/api/v1/search?q=a", method: method)
            #expect(response.status == .methodNotAllowed)
            #expect(response.headers[.allow] == "GET, HEAD, POST")
        }
        let problem = try await TestService.send("/version", method: method).object
        #expect(problem["code"] as? String == "methodNotAllowed")
    }

    @Test(arguments: ["/api", "/api/v1", "/api/v1/books", "/health", "/version/x", "/openapi.json/x"])
    func unknownPathsForProgramsAreProblems(uri: String) async throws {
        let response = try await TestService.send(uri)
        #expect(response.status == .notFound)
        #expect(response.headers[.contentType] == "application/problem+json")
        #expect(try response.object["code"] as? String == "notFound")
        #expect(try response.keys == ["type", "title", "status", "detail", "instance", "code", "requestId"])
    }

    @Test(arguments: ["/nowhere", "/books", "/search/deeper", "/covers/x.png", "//", "/..", "/%00"])
    func unknownPathsForPeopleArePages(uri: String) async throws {
        let response = try await TestService.send(uri)
        guard uri != "//" else { return #expect(response.status == .ok) }
        #expect(response.status == .notFound)
        #expect(response.headers[.contentType] == "text/html; charset=utf-8")
        #expect(response.text.contains("<h1>There is no page here</h1>"))
        #expect(response.text.contains(try #require(response.requestID)))
    }

    @Test(arguments: ["abc", "A.b_c-9", String(repeating: "x", count: 64)])
    func aGoodRequestIDIsHonoured(name: String) async throws {
        let response = try await TestService.send("/api/v1/search?q=a", headers: [.requestID: name])
        #expect(response.requestID == name)
        #expect(try response.object["requestId"] as? String == name)
    }

    @Test(arguments: ["", "a b", "<x>", "a\"b", "é", String(repeating: "x", count: 65)])
    func aBadRequestIDIsReplaced(name: String) async throws {
        let response = try await TestService.send("/health/live", headers: [.requestID: name])
        let made = try #require(response.requestID)
        #expect(made != name)
        #expect(made.count == 32)
        #expect(made.allSatisfy { $0.isHexDigit })
    }

    @Test(arguments: [
        "/assets/style.css", "/assets/app.js", "/favicon.svg", "/openapi.json", "/docs", "/covers/w-bare.svg",
    ])
    func whatTheClientHasIsNotSentAgain(uri: String) async throws {
        let first = try await TestService.send(uri)
        let tag = try #require(first.headers[.eTag])
        for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
            let again = try await TestService.send(uri, headers: [.ifNoneMatch: known])
            #expect(again.status == .notModified)
            #expect(again.body.readableBytes == 0)
            #expect(again.headers[.eTag] == tag)
        }
        #expect(try await TestService.send(uri, headers: [.ifNoneMatch: "\"other\""]).status == .ok)
    }

    @Test func assetsWithTheirVersionAreKeptForEver() async throws {
        let html = try await TestService.send("/").text
        let address = try #require(html.firstMatch(of: #/href="(/assets/style\.css\?v=[0-9a-f]+)"/#)?.1)
        let pinned = try await TestService.send(String(address))
        #expect(pinned.status == .ok)
        #expect(pinned.headers[.cacheControl] == "public, max-age=31536000, immutable")
        #expect(try await TestService.send("/assets/style.css?v=0").headers[.cacheControl] == "no-cache")
    }

    @Test func theLogHasOneLineAndNoQuery() async throws {
        let log = MemoryLog()
        let logger = Logger(label: "test") { _ in log }
        let response = try await TestService.send("/api/v1/search?q=my+secret+sorrow&limit=abc", logger: logger)
        let lines = log.lines.withLock { $0 }
        #expect(lines.count == 1)
        let line = try #require(lines.first)
        #expect(line.contains("GET") && line.contains("/api/v1/search") && line.contains("400"))
        #expect(line.contains(try #require(response.requestID)) && line.contains("durationMs"))
        #expect(!line.contains("sorrow"))
    }
}

/// Keeps what is logged at `info` and above.
final class MemoryLog: LogHandler, Sendable {
    let lines = Mutex<[String]>([])

    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .info }
        set {}
    }
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        let fields = (event.metadata ?? [:]).map { "\($0)=\($1)" }.sorted().joined(separator: " ")
        lines.withLock { $0.append("\(event.message) \(fields)") }
    }
}
