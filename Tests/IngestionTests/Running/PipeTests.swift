import Catalog
import CatalogStore
import EngineTestSupport
import Foundation
import Ingestion
import Testing

@Suite("Files that come through a pipe")
struct PipeTests {
    private let shelf: Shelf
    private let path: String

    init() throws {
        shelf = try Shelf()
        path = shelf.folder.path("books.csv")
        try #require(mkfifo(path, 0o600) == 0)
    }

    /// Writes into the pipe from another thread while `body` reads.
    private func writing<T>(_ bytes: Data, _ body: () throws -> T) throws -> T {
        let path = path
        let isDone = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            let pipe = try? FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try? pipe?.write(contentsOf: bytes)
            try? pipe?.close()
            isDone.signal()
        }
        defer { isDone.wait() }
        return try body()
    }

    private func settings(limits: ExpansionLimits = .standard) throws -> Ingestion.Settings {
        Ingestion.Settings(.books, contract: try Shelf.contract(), limits: limits)
    }

    /// Many times what a pipe holds; it is read twice, which no pipe can be.
    @Test func whatComesOutIsTakenWhole() throws {
        let text =
            "title,description\n"
            + (0..<5_000).map { "Title \($0),\"\(String(repeating: "wörds\n", count: 30))\"\n" }.joined()
        let outcome = try writing(Data(text.utf8)) { try shelf.ingest(fileAt: path, settings()) }
        #expect(outcome.report.file == "books.csv")
        #expect(outcome.report.bytes == text.utf8.count)
        #expect(outcome.report.counts == [5_000, 0, 0, 0, 0, 0, 0])
        // The same as a file is the same.
        let other = try Shelf()
        let whole = try other.ingest(text)
        #expect(whole.report.sha256 == outcome.report.sha256)
        #expect(try other.dump(["works", "editions"]) == shelf.dump(["works", "editions"]))
        #expect(try shelf.leftovers() == [])
    }

    /// Python's archive; in it are two books.
    @Test func packedFilesComeThroughPipes() throws {
        let archives = try readingGolden("archives.json", as: [String: Data].self)
        let outcome = try writing(#require(archives["gzip"])) { try shelf.ingest(fileAt: path, settings()) }
        #expect(outcome.report.accepted == 2)
        #expect(try shelf.works().map(\.title).sorted() == ["Salt", "Tides"])
    }

    @Test func aPipeWithoutAnEndIsCutOff() throws {
        let limits = ExpansionLimits(unpackedBytes: 999, ratio: 1_000, ratioFloor: 1 << 20, entries: 9)
        let text = "title\n" + String(repeating: "Tides\n", count: 166)
        #expect(throws: IngestionError.expandsTooFar(source: path, reason: "more than 999 bytes come out of it")) {
            try writing(Data(text.utf8)) { try shelf.ingest(fileAt: path, settings(limits: limits)) }
        }
        #expect(try shelf.library.history().isEmpty)
        #expect(try shelf.leftovers() == [])
    }

    @Test func aPipeOfNothing() throws {
        #expect(throws: IngestionError.empty(source: "books.csv")) {
            try writing(Data()) { try shelf.ingest(fileAt: path, settings()) }
        }
        #expect(try shelf.leftovers() == [])
    }
}
