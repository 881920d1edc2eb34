import Datasets
import Foundation
import NIOHTTP1
import Testing

/// What a server can do wrong.
struct FaultyServerTests {
    @Test func wrongContentIsRemovedAndNamed() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, _ in .file(Sample.other, to: request) }
        let url = "\(server.base)/sample.csv"
        for (file, found) in [(Sample.file, Sample.otherSHA256), (Sample.bounded, Sample.otherGitBlob)] {
            await #expect(
                throws: DatasetError.wrongContent(
                    path: fetch.part.path, url: url, expected: file.checksum, found: found)
            ) { try await fetch.run(Sample.dataset([file]), from: server) }
            #expect(try fetch.names.isEmpty)
        }
        #expect(fetch.pauses.isEmpty)
    }

    @Test(arguments: [400, 401, 403, 404, 410, 429, 204])
    func aRefusalIsFinal(status: Int) async throws {
        let fetch = try Fetch()
        let server = try await FileServer { _, _ in .status(status) }
        await #expect(
            throws: DatasetError.refused(url: "\(server.base)/sample.csv", reason: "the server answers \(status)")
        ) { try await fetch.run(from: server) }
        #expect(server.requests.count == 1)
        #expect(try fetch.names.isEmpty)
    }

    @Test func aRefusalLeavesWhatCameBefore() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, number in
            number == 0 ? .file(Sample.bytes, to: request).broken(after: 50_000) : .status(404)
        }
        await #expect(throws: DatasetError.self) { try await fetch.run(from: server) }
        #expect(try fetch.content(fetch.part).count == 50_000)
    }

    @Test func aServerThatRecoversIsWaitedFor() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, number in
            switch number {
            case 0: .status(500)
            case 1: .status(503)
            case 2: FileServer.Answer(ending: .closedUnanswered)
            default: .file(Sample.bytes, to: request)
            }
        }
        try await fetch.run(from: server)
        #expect(fetch.pauses == [.seconds(1), .seconds(2), .seconds(4)])
        #expect(try fetch.content(fetch.target) == Sample.bytes)
    }

    @Test func thereIsAnEndToTrying() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, number in
            number == 0 ? .file(Sample.bytes, to: request).broken(after: 50_000) : .status(502)
        }
        await #expect(
            throws: DatasetError.unreachable(
                url: "\(server.base)/sample.csv", reason: "the server answers 502", attempts: 6, path: fetch.part.path,
                kept: 50_000)
        ) { try await fetch.run(from: server) }
        #expect(server.requests.count == 6)
        #expect(fetch.pauses == [1, 2, 4, 8, 16].map { .seconds($0) })
        #expect(try fetch.content(fetch.part) == Array(Sample.bytes.prefix(50_000)))
    }

    @Test func aServerThatIsNotThereIsNamed() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { _, _ in .status(200) }
        let base = server.base
        try await server.stop()
        await #expect(
            throws: DatasetError.unreachable(
                url: "\(base)/sample.csv", reason: "Connection refused", attempts: 6, path: fetch.part.path, kept: 0)
        ) { try await fetch.run(from: base) }
        #expect(try fetch.names.isEmpty)
    }

    /// Once in the middle of the file, once before any answer.
    @Test(arguments: [40_000, -1])
    func silenceIsNotWaitedForForEver(after count: Int) async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, number in
            let answer = FileServer.Answer.file(Sample.bytes, to: request)
            guard number == 0 else { return answer }
            return count < 0 ? .init(ending: .unanswered) : answer.broken(after: count, .silence)
        }
        try await fetch.run(from: server, stall: .seconds(3))
        #expect(
            fetch.events.contains(
                .broken(
                    file: "sample.csv", reason: "the server sent nothing for too long", pause: .seconds(1))))
        let ranges = server.requests.map(\.range)
        try #require(ranges.count >= 2)
        #expect(ranges[0] == nil)
        // How much of what was sent had arrived by then, the machine's speed decides; no more is asked for again.
        let kept = try ranges[1].map { try #require(Int($0.dropFirst("bytes=".count).dropLast())) } ?? 0
        #expect((0...max(0, count)).contains(kept))
        #expect(try fetch.content(fetch.target) == Sample.bytes)
    }

    @Test func aBodyThatEndsWithItsConnectionIsMeasured() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, number in
            guard number == 0 else { return .file(Sample.bytes, to: request) }
            return .init(
                fields: [("ETag", "\"one\""), ("Connection", "close")], body: Array(Sample.bytes.prefix(40_000)),
                version: .http1_0)
        }
        try await fetch.run(from: server)
        #expect(server.requests.map(\.range) == [nil, "bytes=40000-"])
        #expect(try fetch.content(fetch.target) == Sample.bytes)
    }

    @Test func aFileOfAnotherSizeIsNotBegun() async throws {
        for (file, count) in [(Sample.file, 100_001), (Sample.file, 99_999), (Sample.bounded, 120_001)] {
            let fetch = try Fetch()
            let server = try await FileServer { request, _ in
                .file([UInt8](repeating: 7, count: count), to: request)
            }
            let known = file == Sample.file ? "100000" : "at most 120000"
            await #expect(
                throws: DatasetError.wrongSize(
                    url: "\(server.base)/sample.csv", reason: "it has \(count) bytes, the file has \(known)")
            ) { try await fetch.run(Sample.dataset([file]), from: server) }
            #expect(try fetch.names.isEmpty)
        }
    }

    /// Without Content-Length it only shows on the way.
    @Test(arguments: [Sample.file, Sample.bounded])
    func anEndlessFileDoesNotFillTheDisk(file: DatasetFile) async throws {
        let fetch = try Fetch()
        let server = try await FileServer { _, _ in .init(body: [UInt8](repeating: 7, count: 3_000_000)) }
        await #expect(throws: DatasetError.self) {
            try await fetch.run(Sample.dataset([file]), from: server)
        }
        let most = fetch.events.compactMap { if case .received(_, let bytes, _) = $0 { bytes } else { nil } }.max()
        #expect(try #require(most) <= (file == Sample.file ? 100_000 : 120_000))
        #expect(try fetch.names.isEmpty)
        #expect(server.requests.count == 1)
    }

    @Test(arguments: ["http://example.org/a.csv", "ftp://127.0.0.1/a.csv", "file:///etc/passwd", "//"])
    func redirectsToOtherPlacesAreNotFollowed(location: String) async throws {
        let fetch = try Fetch()
        let server = try await FileServer { _, _ in .status(301, [("Location", location)]) }
        let error = await #expect(throws: DatasetError.self) { try await fetch.run(from: server) }
        guard case .wrongRedirect(_, location, _) = error else {
            Issue.record("no wrong redirect")
            return
        }
        #expect(server.requests.count == 1)
    }

    @Test func redirectsInACircleEnd() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { _, _ in .status(302, [("Location", "/round")]) }
        await #expect(
            throws: DatasetError.wrongRedirect(
                url: "\(server.base)/sample.csv", target: "/round", reason: "it was sent on more than 5 times")
        ) { try await fetch.run(from: server) }
        #expect(server.requests.count == 6)
    }

    @Test func anEncodedFileIsNotTaken() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, _ in
            var answer = FileServer.Answer.file(Sample.bytes, to: request)
            answer.fields.append(("Content-Encoding", "gzip"))
            return answer
        }
        let error = await #expect(throws: DatasetError.self) { try await fetch.run(from: server) }
        #expect("\(error, default: "")".contains("it sends the file encoded as gzip"))
    }
}
