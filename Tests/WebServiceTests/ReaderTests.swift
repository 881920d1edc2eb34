import Catalog
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization
import Testing

@testable import WebService

/// What a reader sees of themselves, and who else does.
@Suite struct ReaderTests {
    private let readers = MemoryReaders()
    private static let reader = "0123456789abcdef-Reader"
    private static let other = "another-reader-0000"
    private static let named: HTTPFields = [ReaderCookie.field: reader]
    private static let cookie = ReaderCookie(secret: TestService.configuration.secret)

    init() {
        let (bare, salt) = (WorkID(rawValue: "w-bare"), WorkID(rawValue: "w-salt-road"))
        _ = readers.append(
            [
                FeedbackEvent(id: "1", work: salt, kind: .rating, value: 4.5, at: 1_000),
                FeedbackEvent(id: "2", work: bare, kind: .toRead, at: 2_000, requestID: "abc"),
                FeedbackEvent(id: "3", work: bare, kind: .click, at: 3_000),
            ], by: Self.reader)
    }

    private func send(
        _ uri: String, _ method: HTTPRequest.Method = .get, _ headers: HTTPFields = named, logger: Logger? = nil
    ) async throws -> TestResponse {
        try await TestService.send(uri, method: method, headers: headers, readers: readers, logger: logger)
    }

    private func code(_ response: TestResponse) throws -> String? { try response.object["code"] as? String }

    @Test(arguments: ["me", reader])
    func aReaderSeesWhatTheyThink(id: String) async throws {
        let state = try await send("/api/v1/readers/\(id)").object
        #expect(state["reader"] as? String == Self.reader)
        #expect((state["ratings"] as? [[String: Any]])?.first?["value"] as? Double == 4.5)
        #expect(state["toRead"] as? [String] == ["w-bare"] && state["read"] as? [String] == ["w-salt-road"])
        for empty in ["liked", "disliked", "notInterested"] { #expect(state[empty] as? [String] == []) }
    }

    @Test func theNameAloneIsTheKey() async throws {
        #expect(try await send("/api/v1/readers/\(Self.reader)", .get, [:]).object["toRead"] as? [String] == ["w-bare"])
        let own: HTTPFields = [.cookie: "reader=\(Self.cookie.value(for: try #require(ReaderID(Self.reader))))"]
        #expect(try await send("/api/v1/readers/me", .get, own).object["toRead"] as? [String] == ["w-bare"])
        for path in ["", "/history", "/export"] {
            let response = try await send("/api/v1/readers/\(Self.other)\(path)")
            #expect(response.status == .forbidden)
            #expect(try code(response) == "otherReader")
        }
        #expect(try code(await send("/api/v1/readers/\(Self.other)", .delete)) == "otherReader")
        #expect(try code(await send("/api/v1/readers/short")) == "invalidReader")
        for path in ["", "/history", "/export"] {
            #expect(try code(await send("/api/v1/readers/me\(path)", .get, [:])) == "unknownReader")
        }
    }

    @Test func askingMakesNobodyKnown() async throws {
        for path in ["", "/history", "/export"] {
            let response = try await send("/api/v1/readers/\(Self.other)\(path)", .get, [:])
            #expect(response.status == .ok && response.headers[.setCookie] == nil)
        }
        #expect(readers.readers == [Self.reader])
    }

    @Test func theHistoryIsToldInStretches() async throws {
        let first = try await send("/api/v1/readers/me/history?limit=2").object
        let events = try #require(first["events"] as? [[String: Any]])
        #expect(events.map { $0["id"] as? String } == ["3", "2"])
        #expect(events[1]["requestId"] as? String == "abc")
        #expect(events[1]["at"] as? String == "1970-01-01T00:00:02.000Z")
        let cursor = try #require(first["next"] as? String)
        let second = try await send("/api/v1/readers/me/history?limit=2&cursor=\(cursor)").object
        #expect((second["events"] as? [[String: Any]])?.map { $0["id"] as? String } == ["1"])
        #expect(second["next"] == nil)
    }

    @Test(arguments: [
        ("cursor=x", "invalidCursor"), ("cursor=1-", "invalidCursor"), ("cursor=", "invalidCursor"),
        ("cursor=1-2-3", "invalidCursor"), ("cursor=99999999999999999999-1", "invalidCursor"),
        ("limit=0", "limitOutOfRange"), ("limit=101", "limitOutOfRange"),
        ("cursor=1-1&cursor=2-2", "repeatedParameter"),
    ])
    func stretchesThatThereAreNotAreRefused(query: String, code: String) async throws {
        #expect(try self.code(await send("/api/v1/readers/me/history?\(query)")) == code)
    }

    @Test func aReaderTakesEverythingAlong() async throws {
        let response = try await send("/api/v1/readers/me/export")
        #expect(response.headers[.contentDisposition]?.hasPrefix("attachment") == true)
        #expect(response.headers[.cacheControl] == "no-store")
        #expect(try (response.object["events"] as? [Any])?.count == 3)
        #expect(try response.keys == ["events", "labelOpinions", "reader"])
    }

    @Test func aReaderIsErased() async throws {
        let own: HTTPFields = [.cookie: "reader=\(Self.cookie.value(for: try #require(ReaderID(Self.reader))))"]
        let response = try await send("/api/v1/readers/me", .delete, own)
        #expect(try response.object["events"] as? Int == 3)
        #expect(response.headers[.setCookie]?.hasPrefix("reader=; Path=/; Max-Age=0") == true)
        #expect(readers.readers.isEmpty)
        let again = try await send("/api/v1/readers/\(Self.reader)", .delete, [:])
        #expect(try again.object["events"] as? Int == 0 && again.headers[.setCookie] == nil)
    }

    @Test func theLogHasNoNamesOfReaders() async throws {
        let log = MemoryLog()
        let logger = Logger(label: "test") { _ in log }
        for path in ["", "/history", "/export"] {
            _ = try await send("/api/v1/readers/\(Self.reader)\(path)", .get, Self.named, logger: logger)
        }
        let text = log.lines.withLock { $0.joined(separator: "\n") }
        #expect(text.contains("/api/v1/readers/*/history"))
        #expect(!text.contains(Self.reader))
        #expect(ServiceResponder.loggedPath("/api/v1/readers/me/export") == "/api/v1/readers/me/export")
        #expect(ServiceResponder.loggedPath("/api/v1/search") == "/api/v1/search")
    }
}

@Suite("The cookie that readers are known by")
struct ReaderCookieTests {
    private static let secret = [UInt8](repeating: 7, count: 32)
    private let cookie = ReaderCookie(secret: secret)
    private static let name = "0123456789abcdef0123456789abcdef"

    private func reader(_ value: String) throws -> ReaderID? {
        let head = HTTPRequest(
            method: .get, scheme: "http", authority: "localhost", path: "/", headerFields: [.cookie: "reader=\(value)"])
        return try cookie.reader(of: Request(head: head, body: .init(buffer: .init())))
    }

    @Test func theSignatureIsThatOfAnotherProgram() throws {
        // printf reader:0123456789abcdef0123456789abcdef | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707...07 -binary | base64
        let value = "\(Self.name).daIHr8a7FnASjlwgQMml7WfOD5c-8C-5yCKnkoe0lp0"
        #expect(cookie.value(for: try #require(ReaderID(Self.name))) == value)
        #expect(try reader(value)?.value == Self.name)
    }

    @Test func onlyWhatWasSignedHereIsAReader() throws {
        let value = cookie.value(for: try #require(ReaderID(Self.name)))
        let signature = String(try #require(value.split(separator: ".").last))
        #expect(try reader(value) != nil)
        #expect(try reader(Self.name) == nil)
        #expect(try reader("\(Self.name).") == nil)
        #expect(try reader("\(Self.name).\(signature).\(signature)") == nil)
        #expect(try reader("1123456789abcdef0123456789abcdef.\(signature)") == nil)
        #expect(try reader("\(Self.name).\(signature.dropLast(4))") == nil)
        #expect(try reader("short.\(signature)") == nil)
        let other = ReaderCookie(secret: [UInt8](repeating: 8, count: 32))
        #expect(try reader(other.value(for: try #require(ReaderID(Self.name)))) == nil)
        // Each letter counts, but for the bits of the last that no byte takes.
        for place in 0..<signature.count - 1 {
            var letters = Array(signature)
            letters[place] = letters[place] == "A" ? "B" : "A"
            #expect(try reader("\(Self.name).\(String(letters))") == nil, "\(place)")
        }
    }

    @Test func readersAreNeverTheSame() {
        let names = Set((0..<1_000).map { _ in ReaderID.random().value })
        #expect(names.count == 1_000 && names.allSatisfy { $0.utf8.count == 32 && ReaderID($0) != nil })
    }

    @Test func secretsAreNeverTheSame() {
        #expect(WebServiceConfiguration.randomSecret() != WebServiceConfiguration.randomSecret())
        #expect(WebServiceConfiguration.randomSecret().count >= ReaderCookie.shortestSecret)
    }
}
