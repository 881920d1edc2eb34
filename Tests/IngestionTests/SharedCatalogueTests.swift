import Catalog
import EngineTestSupport
import Foundation
import Ingestion
import Testing

@testable import CatalogStore

/// The catalogue of 6,810 books that development shares and the repository does not carry.
private enum SharedCatalogue {
    /// The folder of environment variable BOOKREC_SHARED_DATA, else shared/data beside the repository.
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["BOOKREC_SHARED_DATA"], !path.isEmpty {
            return URL(filePath: path, directoryHint: .isDirectory)
        }
        return neighbour.appending(path: "data")
    }()

    static let file = folder.appending(path: "catalogue/books.csv")

    /// Where it is, or must be: CI that has the shared folder fails when it cannot read the file.
    static var isExpected: Bool {
        let exists = FileManager.default.fileExists(atPath:)
        return exists(folder.path) || ProcessInfo.processInfo.environment["CI"] == "true" && exists(neighbour.path)
    }

    private static let neighbour: URL = {
        // From <repository>/Tests/IngestionTests/<this file>.
        var repository = URL(filePath: #filePath)
        for _ in 0..<3 { repository.deleteLastPathComponent() }
        return repository.deletingLastPathComponent().appending(path: "shared")
    }()
}

/// The expected numbers are from Python's csv and unicodedata modules: `python3 Golden/count_works.py books.csv`.
@Suite(
    "The shared catalogue",
    .enabled(
        if: SharedCatalogue.isExpected,
        "left out: the ingestion of the shared catalogue of 6,810 books, since there is no shared/data folder"))
struct SharedCatalogueTests {
    @Test func itIsTakenInWholeAndOnce() throws {
        let path = SharedCatalogue.file.path
        // No field of this file has a line end in it, and the ISBN comes first.
        let isbns = try Data(contentsOf: SharedCatalogue.file).split(separator: UInt8(ascii: "\n"))
            .compactMap { ISBN13(String(decoding: $0.prefix { $0 != UInt8(ascii: ",") }, as: UTF8.self)) }
        #expect(isbns.count == 6_810)
        let shelf = try Shelf()
        let first = try shelf.ingest(fileAt: path).report
        #expect(first.rows == 6_810)
        #expect(first.sum == 6_810)
        #expect(first.counts == [6_621, 189, 0, 0, 0])
        #expect(try shelf.library.counts() == .init(works: 6_621, editions: 6_810, quarantined: 0))

        let works = try shelf.works()
        #expect(works.count == 6_621)
        #expect(works.count { $0.isbn13s.count > 1 } == 160)
        #expect(works.count { $0.description == nil } == 250)
        #expect(works.count { $0.authors.isEmpty } == 72)
        #expect(works.reduce(0) { $0 + $1.ratingsCount } == 142_574_599)

        let snapshotPath = shelf.folder.path("works.sqlite")
        try CatalogSnapshot.write(works, to: snapshotPath)
        let snapshot = try CatalogSnapshot(path: snapshotPath)
        for isbn in isbns {
            let row = try #require(try snapshot.row(of: isbn), "\(isbn)")
            #expect(works[row].isbn13s.contains(isbn))
        }

        let before = try shelf.dump(["works", "editions"])
        let second = try shelf.ingest(fileAt: path).report
        #expect(second.counts == [0, 0, 0, 6_810, 0])
        #expect(second.sum == 6_810)
        #expect(second.sha256 == first.sha256)
        #expect(try shelf.dump(["works", "editions"]) == before)
        #expect(before.count == 6_621 + 6_810)
    }
}
