import Foundation
import Synchronization

@testable import Datasets

/// A file of 100,000 bytes and its checksums, made with Python's hashlib:
/// `bytes(i*7%251 for i in range(100000))`, and with 11 and 241 for the other.
enum Sample {
    static let bytes: [UInt8] = (0..<100_000).map { UInt8($0 * 7 % 251) }
    static let sha256 = Checksum.sha256("96ad0ddabe9c733d4550fde750255a94806811029be67504bd9bd68e556686b9")
    static let gitBlob = Checksum.gitBlob("dbe60e835d46282effe43bb9eae09e527d582491")

    static let other: [UInt8] = (0..<100_000).map { UInt8($0 * 11 % 241) }
    static let otherSHA256 = Checksum.sha256("056cd2468658da2a0d1d1672f1fd0fe14e621d4928f6022b35bdb1a0bf1478fe")
    static let otherGitBlob = Checksum.gitBlob("1e31b96a4828d81e533bf0eb5bc26144b83fd153")

    static let file = DatasetFile(
        name: "sample.csv", size: .exactly(100_000), checksum: sha256, ingestion: .books)
    /// As a file whose size is not known beforehand.
    static let bounded = DatasetFile(
        name: "sample.csv", size: .atMost(120_000), checksum: gitBlob, ingestion: .ratings)

    static func dataset(_ files: [DatasetFile] = [file]) -> Dataset {
        Dataset(
            name: "sample", title: "A sample", holder: "Nobody", page: "https://example.org/",
            licence: .init(name: "None", url: "https://example.org/licence", asks: "It asks nothing."),
            base: "https://example.org/data", files: files)
    }
}

/// Fetches a sample into a folder of its own, waits for nothing, and notes what it would have waited for.
final class Fetch: Sendable {
    let folder: URL
    private let heard = Mutex<(events: [FetchEvent], pauses: [Duration])>(([], []))

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "bookrec-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var target: URL { folder.appending(path: "sample.csv") }
    var part: URL { folder.appending(path: "sample.csv.part") }
    var record: URL { folder.appending(path: "sample.csv.part.json") }
    var events: [FetchEvent] { heard.withLock { $0.events } }
    var pauses: [Duration] { heard.withLock { $0.pauses } }

    /// The names in the folder.
    var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() } }

    func content(_ url: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }

    /// Leaves what a run that was killed leaves.
    func leave(_ bytes: some Sequence<UInt8>, record text: String?) throws {
        try Data(bytes).write(to: part)
        if let text { try Data(text.utf8).write(to: record) }
    }

    /// The same from a server of the test, which is told how far it is.
    func run(
        _ dataset: Dataset = Sample.dataset(), from server: FileServer, stall: Duration = .seconds(300),
        agreeing agree: @Sendable () throws -> Void = {}, hearing hear: @Sendable (FetchEvent) -> Void = { _ in },
        writing: DiskFile.Writing? = nil
    ) async throws {
        try await run(
            dataset, from: server.base, stall: stall, agreeing: agree,
            hearing: { event in
                if case .received(_, let bytes, _) = event { server.hear(bytes) }
                hear(event)
            }, writing: writing)
    }

    func run(
        _ dataset: Dataset = Sample.dataset(), from base: String, stall: Duration = .seconds(300),
        agreeing agree: @Sendable () throws -> Void = {}, hearing hear: @Sendable (FetchEvent) -> Void = { _ in },
        writing: DiskFile.Writing? = nil
    ) async throws {
        var settings = FetchSettings(connectTimeout: .seconds(120), stallTimeout: stall)
        settings.pause = { pause in
            try Task.checkCancellation()
            self.heard.withLock { $0.pauses.append(pause) }
        }
        if let writing { settings.writing = writing }
        try await DatasetFetcher(dataset, to: folder, from: base, settings: settings).fetch(agreeing: agree) { event in
            self.heard.withLock { $0.events.append(event) }
            hear(event)
        }
    }
}

/// The record beside an unfinished file, written here as a run writes it: its form outlives a version of the program.
func recordText(
    url: String, checksum: Checksum = Sample.sha256, etag: String? = "\\\"one\\\"", total: Int? = 100_000
) -> String {
    let etag = etag.map { "\"etag\":\"\($0)\"," } ?? ""
    let total = total.map { ",\"total\":\($0)" } ?? ""
    return "{\"checksum\":\"\(checksum)\",\(etag)\"url\":\"\(url)\"\(total)}"
}
