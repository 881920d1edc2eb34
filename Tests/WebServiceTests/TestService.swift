import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Recommender

@testable import WebService

/// The service as the tests run it: the real application over invented books.
enum TestService {
    static let configuration = WebServiceConfiguration(port: 0, version: "1.2.3", commit: "c0ffee")

    static func application(
        _ recommender: ShelfRecommender = ShelfRecommender(), opinions: MemoryOpinions = MemoryOpinions(),
        readers: any ReaderMemory = MemoryReaders(), logger: Logger? = nil
    ) throws -> some ApplicationProtocol {
        try buildApplication(
            recommender: recommender, opinions: opinions, readers: readers, configuration: configuration,
            logger: logger ?? Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Sends one request through the whole responder, without a socket.
    static func send(
        _ uri: String, method: HTTPRequest.Method = .get, headers: HTTPFields = [:], body: String? = nil,
        recommender: ShelfRecommender = ShelfRecommender(), opinions: MemoryOpinions = MemoryOpinions(),
        readers: any ReaderMemory = MemoryReaders(), logger: Logger? = nil
    ) async throws -> TestResponse {
        try await application(recommender, opinions: opinions, readers: readers, logger: logger).test(.router) {
            client in
            try await client.execute(
                uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        }
    }

    /// One address for every route of the service, with the status it shall have.
    static let addresses: [(uri: String, status: HTTPResponse.Status)] = [
        ("/", .ok), ("/search", .ok), ("/search?q=salt", .ok), ("/search?q=salt&page=2", .ok),
        ("/search?q=nothing+at+all", .ok), ("/search?q=%FF", .badRequest),
        ("/search?mood=hopeful,-dark:0.5&genre=fantasy&avoid=war", .ok), ("/search?q=salt&mood=bored", .badRequest),
        ("/search?mood.hopeful=1&mood.dark=0&strength=0.4&fiction=", .ok), ("/books/w-bare/labels", .methodNotAllowed),
        ("/api/v1/search?length=long", .ok), ("/api/v1/search?q=salt&strength=2", .badRequest),
        ("/api/v1/books/w-bare/similar?avoid=nothing", .badRequest), ("/api/v1/books/w-bare/labels", .ok),
        ("/api/v1/books/nobody/labels", .notFound), ("/books/w-bare/feedback", .methodNotAllowed),
        ("/api/v1/feedback", .methodNotAllowed), ("/api/v1/feedback/a", .methodNotAllowed),
        ("/api/v1/readers/0123456789abcdef", .ok), ("/api/v1/readers/0123456789abcdef/history", .ok),
        ("/api/v1/readers/0123456789abcdef/export", .ok), ("/api/v1/readers/me", .notFound),
        ("/api/v1/readers/short", .badRequest),
        ("/books/w-salt-road", .ok),
        ("/books/nobody", .notFound), ("/covers/w-salt-road.svg", .ok), ("/covers/nobody.svg", .notFound),
        ("/assets/style.css", .ok), ("/assets/app.js", .ok), ("/favicon.svg", .ok), ("/robots.txt", .ok),
        ("/docs", .ok), ("/openapi.json", .ok), ("/version", .ok), ("/health/live", .ok), ("/health/ready", .ok),
        ("/api/v1/search?q=salt", .ok), ("/api/v1/search", .badRequest), ("/api/v1/books/w-salt-road", .ok),
        ("/api/v1/books/w-salt-road/similar", .ok), ("/api/v1/books/nobody", .notFound), ("/api/v2", .notFound),
        ("/nowhere", .notFound), ("/assets/other.css", .notFound),
    ]
}

extension TestResponse {
    var text: String { String(buffer: body) }
    var requestID: String? { headers[.requestID] }

    /// The body as a JSON object.
    var object: [String: Any] {
        get throws {
            guard let object = try JSONSerialization.jsonObject(with: Data(body.readableBytesView)) as? [String: Any]
            else { throw NotAnObject(text: text) }
            return object
        }
    }

    var keys: Set<String> {
        get throws { Set(try object.keys) }
    }

    struct NotAnObject: Error {
        let text: String
    }
}
