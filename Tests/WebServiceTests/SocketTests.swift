import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Testing

@testable import WebService

/// What only a real socket shows.
struct SocketTests {
    @Test func aLongAddressIsRefusedAndTheConnectionServesOn() async throws {
        try await TestService.application().test(.live) { client in
            let long = try await client.execute(
                uri: "/api/v1/search?q=" + String(repeating: "a", count: 100_000), method: .get)
            #expect(long.status == .uriTooLong)
            #expect(try long.object["code"] as? String == "targetTooLong")
            #expect(try await client.execute(uri: "/health/live", method: .get).status == .ok)
            let page = try await client.execute(
                uri: "/search?q=" + String(repeating: "a", count: 9_000), method: .get)
            #expect(page.status == .uriTooLong)
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        }
    }

    private static let longAddress = "GET /search?q=" + String(repeating: "a", count: 1_000_000) + " HTTP/1.1\r\n\r\n"
    private static let longHeader = "GET / HTTP/1.1\r\nX-Long: " + String(repeating: "a", count: 300_000) + "\r\n\r\n"
    private static let manyHeaders = "GET / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 200) + "\r\n"

    @Test(arguments: [
        (longAddress, 431, "headTooLarge"),
        (longHeader, 431, "headTooLarge"),
        (manyHeaders, 431, "headTooLarge"),
        ("this is not http\r\n\r\n", 400, "malformedRequest"),
        ("GET / HTTP/9.9\r\n\r\n", 400, "malformedRequest"),
    ])
    func whatCannotBeParsedGetsAProblemAndACleanEnd(bytes: String, status: Int, code: String) async throws {
        let answer = try await Self.exchange(bytes)
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
        #expect(answer.contains("Content-Type: application/problem+json\r\n"))
        #expect(answer.contains("Connection: close\r\n"))
        #expect(answer.contains("X-Content-Type-Options: nosniff\r\n"))
        let body = try #require(answer.split(separator: "\r\n\r\n", maxSplits: 1).last)
        let problem = try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
        #expect(problem["code"] as? String == code)
    }

    @Test func bytesThatAreNoTextAreNotSearchedFor() async throws {
        var request = ByteBuffer(string: "GET /api/v1/search?q=")
        request.writeInteger(UInt8(0xC3))
        request.writeString(" HTTP/1.1\r\nConnection: close\r\nHost: x\r\n\r\n")
        let answer = try await Self.exchange(request)
        #expect(answer.hasPrefix("HTTP/1.1 400 "))
        #expect(answer.contains("malformedRequest"))
    }

    @Test func headHasNoBodyOnTheWire() async throws {
        let answer = try await Self.exchange("HEAD /version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 200 "))
        #expect(answer.hasSuffix("\r\n\r\n"))
        #expect(answer.contains("Content-Length: "))
    }

    /// A slow search is under way when the service is told to stop: it is answered, and then the service ends.
    @Test func aRequestInFlightIsFinished() async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let (questions, question) = AsyncStream.makeStream(of: Void.self)
        let app = try buildApplication(
            recommender: SlowRecommender(onSearch: { question.yield() }), configuration: TestService.configuration,
            logger: Self.quiet
        ) { continuation.yield($0) }
        let group = ServiceGroup(configuration: .init(services: [.init(service: app)], logger: Self.quiet))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let port = try #require(await ports.first { _ in true })
            async let answer = Self.send("GET /api/v1/search?q=slow HTTP/1.1\r\nHost: x\r\n\r\n", port: port)
            await questions.first { _ in true }
            await group.triggerGracefulShutdown()
            #expect(try await answer.hasPrefix("HTTP/1.1 200 "))
            try await tasks.waitForAll()
        }
    }

    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private static func exchange(_ text: String) async throws -> String {
        try await exchange(ByteBuffer(string: text))
    }

    /// Sends bytes to a running service, and reads until it closes.
    private static func exchange(_ bytes: ByteBuffer) async throws -> String {
        try await TestService.application().test(.live) { client in
            try await send(bytes, port: try #require(client.port))
        }
    }

    private static func send(_ text: String, port: Int) async throws -> String {
        try await send(ByteBuffer(string: text), port: port)
    }

    private static func send(_ bytes: ByteBuffer, port: Int) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(bytes)
            var answer = ByteBuffer()
            for try await part in inbound { answer.writeImmutableBuffer(part) }
            return String(buffer: answer)
        }
    }
}
