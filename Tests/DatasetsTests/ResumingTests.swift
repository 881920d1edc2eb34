import Datasets
import Foundation
import NIOHTTP1
import Testing

/// Going on where a broken connection, a kill or Ctrl-C stopped it.
struct ResumingTests {
    @Test func aBrokenConnectionIsTakenUpWhereItBroke() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, number in
            let answer = FileServer.Answer.file(Sample.bytes, to: request)
            return number < 2 ? answer.broken(after: 30_000) : answer
        }
        try await fetch.run(from: server)
        #expect(server.requests.map(\.range) == [nil, "bytes=30000-", "bytes=60000-"])
        #expect(server.requests.map(\.condition) == [nil, "\"one\"", "\"one\""])
        #expect(fetch.pauses == [.seconds(1), .seconds(2)])
        #expect(fetch.events.contains(.receiving(file: "sample.csv", after: 60_000, total: 100_000)))
        #expect(try fetch.content(fetch.target) == Sample.bytes)
        #expect(try fetch.names == ["sample.csv"])
    }

    @Test func anEarlierRunIsTakenUp() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, _ in .file(Sample.bytes, to: request) }
        try fetch.leave(Sample.bytes.prefix(99_999), record: recordText(url: "\(server.base)/sample.csv"))
        try await fetch.run(from: server)
        #expect(server.requests.map(\.range) == ["bytes=99999-"])
        #expect(try fetch.content(fetch.target) == Sample.bytes)
    }

    @Test(arguments: [Sample.file, Sample.bounded])
    func aFileThatOnlyLacksItsCheckIsNotAskedFor(file: DatasetFile) async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, _ in .file(Sample.bytes, to: request) }
        try fetch.leave(
            Sample.bytes, record: recordText(url: "\(server.base)/sample.csv", checksum: file.checksum))
        try await fetch.run(Sample.dataset([file]), from: server)
        #expect(server.requests.isEmpty)
        #expect(try fetch.names == ["sample.csv"])
    }

    @Test func aWholeFileOfUnknownSizeIsFoundSo() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, _ in .file(Sample.bytes, to: request) }
        try fetch.leave(
            Sample.bytes,
            record: recordText(url: "\(server.base)/sample.csv", checksum: Sample.gitBlob, total: nil))
        try await fetch.run(Sample.dataset([Sample.bounded]), from: server)
        #expect(server.requests.map(\.range) == ["bytes=100000-"])
        #expect(try fetch.content(fetch.target) == Sample.bytes)
    }

    @Test(arguments: [
        nil, "", "{\"url\":", recordText(url: "http://127.0.0.1:1/sample.csv"),
        recordText(url: "BASE/sample.csv", checksum: Sample.otherSHA256),
        recordText(url: "BASE/sample.csv", etag: nil),
    ])
    func aPartOfUnknownSourceIsThrownAway(record: String?) async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, _ in .file(Sample.bytes, to: request) }
        try fetch.leave(
            Sample.other.prefix(60_000), record: record?.replacingOccurrences(of: "BASE", with: server.base))
        try await fetch.run(from: server)
        #expect(server.requests.map(\.range) == [nil])
        #expect(try fetch.content(fetch.target) == Sample.bytes)
    }

    @Test func aServerThatKnowsNoRangesBeginsAnew() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, number in
            var whole = request
            whole.fields.remove(name: "Range")
            let answer = FileServer.Answer.file(Sample.bytes, to: whole)
            return number == 0 ? answer.broken(after: 70_000) : answer
        }
        try await fetch.run(from: server)
        #expect(server.requests.map(\.range) == [nil, "bytes=70000-"])
        #expect(fetch.events.contains(.receiving(file: "sample.csv", after: 0, total: 100_000)))
        #expect(try fetch.content(fetch.target) == Sample.bytes)
    }

    @Test func aFileThatChangedIsFetchedAnew() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, number in
            number == 0
                ? .file(Sample.other, etag: "\"old\"", to: request).broken(after: 70_000)
                : .file(Sample.bytes, etag: "\"new\"", to: request)
        }
        try await fetch.run(from: server)
        #expect(server.requests.map(\.condition) == [nil, "\"old\""])
        #expect(try fetch.content(fetch.target) == Sample.bytes)
    }

    @Test func aChangeIsSeenOnAServerThatDoesNotHeedIfRange() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, number in
            if number == 0 { return .file(Sample.other, etag: "\"old\"", to: request).broken(after: 70_000) }
            var heedless = request
            heedless.fields.remove(name: "If-Range")
            return .file(Sample.bytes, etag: "\"new\"", to: heedless)
        }
        try await fetch.run(from: server)
        #expect(server.requests.map(\.range) == [nil, "bytes=70000-", nil])
        #expect(try fetch.content(fetch.target) == Sample.bytes)
    }

    @Test func aWeakTagIsComparedAndNotSent() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, number in
            let answer = FileServer.Answer.file(Sample.bytes, etag: "W/\"one\"", to: request)
            return number == 0 ? answer.broken(after: 70_000) : answer
        }
        try await fetch.run(from: server)
        #expect(server.requests.map(\.range) == [nil, "bytes=70000-"])
        #expect(server.requests.map(\.condition) == [nil, nil])
        #expect(try fetch.content(fetch.target) == Sample.bytes)
    }

    @Test func aCancelledFetchLeavesWhatCame() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, number in
            let answer = FileServer.Answer.file(Sample.bytes, to: request)
            return number == 0 ? answer.broken(after: 40_000, .silence) : answer
        }
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await fetch.run(
                from: server,
                hearing: { event in if case .received(_, bytes: 40_000, _) = event { arrival.yield() } })
        }
        await arrivals.first { _ in true }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try fetch.content(fetch.part) == Array(Sample.bytes.prefix(40_000)))
        try await fetch.run(from: server)
        #expect(server.requests.map(\.range) == [nil, "bytes=40000-"])
        #expect(try fetch.names == ["sample.csv"])
    }
}
