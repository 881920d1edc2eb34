import Datasets
import Foundation
import NIOHTTP1
import Synchronization
import Testing

/// Fetching over a real connection, where everything goes well.
struct FetchTests {
    @Test func fetchesEveryFileInOrderAfterTheLicence() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, _ in
            .file(request.path == "/data/second.csv" ? Sample.other : Sample.bytes, to: request)
        }
        let second = DatasetFile(
            name: "second.csv", size: .atMost(100_000), checksum: Sample.otherGitBlob, ingestion: .ratings)
        let asked = Mutex<[Int]>([])
        try await fetch.run(Sample.dataset([Sample.file, second]), from: server) {
            asked.withLock { $0.append(server.requests.count) }
        }
        #expect(asked.withLock { $0 } == [0])
        #expect(server.requests.map(\.path) == ["/data/sample.csv", "/data/second.csv"])
        #expect(server.requests.allSatisfy { $0.range == nil })
        #expect(server.requests.allSatisfy { $0.fields.first(name: "Accept-Encoding") == "identity" })
        #expect(try fetch.names == ["sample.csv", "second.csv"])
        #expect(try fetch.content(fetch.target) == Sample.bytes)
        #expect(try fetch.content(fetch.folder.appending(path: "second.csv")) == Sample.other)
    }

    @Test func tellsHowFarItIs() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, _ in .file(Sample.bytes, to: request) }
        try await fetch.run(from: server)
        #expect(fetch.events.first == .receiving(file: "sample.csv", after: 0, total: 100_000))
        #expect(fetch.events.last == .done(file: "sample.csv", bytes: 100_000))
        let counts = fetch.events.compactMap { event in
            if case .received(_, let bytes, total: 100_000) = event { bytes } else { nil }
        }
        #expect(counts.last == 100_000)
        #expect(counts == counts.sorted())
    }

    @Test func whatIsThereAndRightIsNotAskedForAgain() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, _ in .file(Sample.bytes, to: request) }
        try await fetch.run(from: server)
        // As a kill between the renaming and the removal leaves it.
        try Data("{}".utf8).write(to: fetch.record)
        try await fetch.run(from: server) { Issue.record("the licence is asked for with nothing to fetch") }
        #expect(server.requests.count == 1)
        #expect(fetch.events.last == .present(file: "sample.csv"))
        #expect(try fetch.names == ["sample.csv"])
    }

    @Test func nothingIsFetchedWithoutAgreement() async throws {
        struct No: Error {}
        let fetch = try Fetch()
        let server = try await FileServer { request, _ in .file(Sample.bytes, to: request) }
        await #expect(throws: No.self) { try await fetch.run(from: server) { throw No() } }
        #expect(server.requests.isEmpty)
        #expect(try fetch.names.isEmpty)
    }

    @Test func redirectsOnThisMachineAreFollowed() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, _ in
            request.path == "/data/sample.csv"
                ? .status(302, [("Location", "/elsewhere/a.csv")]) : .file(Sample.bytes, to: request)
        }
        try fetch.leave(Sample.bytes.prefix(60_000), record: recordText(url: "\(server.base)/sample.csv"))
        try await fetch.run(from: server)
        #expect(server.requests.map(\.path) == ["/data/sample.csv", "/elsewhere/a.csv"])
        #expect(server.requests.map(\.range) == ["bytes=60000-", "bytes=60000-"])
        #expect(try fetch.content(fetch.target) == Sample.bytes)
    }
}
