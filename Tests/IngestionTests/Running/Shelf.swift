import CMinizip
import Catalog
import CatalogStore
import EngineTestSupport
import Foundation
import GRDB
import Ingestion
import Testing

/// A library in a temporary folder, and files to take in.
struct Shelf {
    let folder: TemporaryFolder
    let library: Library

    static let header = "isbn13,title,subtitle,authors,year,pages,average_rating,ratings_count,description"

    /// - Parameter name: of the library's file, where a folder is to have two.
    init(in folder: TemporaryFolder? = nil, as name: String = "library.sqlite") throws {
        self.folder = try folder ?? TemporaryFolder()
        library = try Library(path: self.folder.path(name), access: .create)
        path = self.folder.path(name)
    }

    private let path: String

    /// The contract that is compiled in, but for the share of rows that may be refused: tests are full of bad rows.
    static func contract(refusing share: Double = 1) throws -> DataContract {
        var contract = try DataContract.standard()
        contract.thresholds.quarantinedShare = share
        return contract
    }

    var ingestion: Ingestion { Ingestion(library: library, codeVersion: "test") }

    /// Writes rows of books below the usual header and takes them in.
    @discardableResult
    func ingest(
        _ rows: [String], as name: String = "books.csv", taking: Library.Taking = .init()
    ) throws -> Ingestion.Outcome {
        try ingest(([Self.header] + rows + [""]).joined(separator: "\n"), as: name, taking: taking)
    }

    /// Writes a file and takes it in.
    @discardableResult
    func ingest(
        _ text: String, as name: String = "books.csv", _ subject: SourceFormat.Subject = .books, source: String? = nil,
        taking: Library.Taking = .init(), onProgress: (Ingestion.Progress) -> Void = { _ in }
    ) throws -> Ingestion.Outcome {
        try ingest(
            fileAt: folder.write(text, to: name),
            Ingestion.Settings(subject, contract: Self.contract(), source: source, taking: taking),
            onProgress: onProgress)
    }

    /// - Returns: what became of the file's only part.
    @discardableResult
    func ingest(
        fileAt path: String, _ settings: Ingestion.Settings, onProgress: (Ingestion.Progress) -> Void = { _ in }
    ) throws -> Ingestion.Outcome {
        let outcomes = try ingestion.ingest(fileAt: path, settings, onProgress: onProgress)
        try #require(outcomes.count == 1)
        return outcomes[0]
    }

    func works() throws -> [Work] {
        var works: [Work] = []
        try library.forEachWork { works.append($0) }
        return works
    }

    func id(_ isbn: String) throws -> WorkID { try #require(try library.find(isbn).first?.id, "\(isbn)") }

    /// `source reader item stars shelf day`, sorted; with a `*` where the reader is simulated.
    func marks() throws -> [String] {
        var marks: [String] = []
        try library.forEachMark { entry in
            let mark = entry.mark
            let stars = mark.stars.map { "\($0)" } ?? "-"
            marks.append(
                "\(entry.source) \(mark.reader) \(mark.item.key.rawValue) \(stars) \(mark.shelf.rawValue) "
                    + "\(mark.day.map(String.init) ?? "-")\(entry.isSimulated ? " *" : "")")
        }
        return marks.sorted()
    }

    /// Every table but the index of names, which follows from the editions.
    static let tables = [
        "works", "editions", "workKeys", "pins", "workAliases", "editionAliases", "people", "readers", "items",
        "ratings",
        "tags", "itemTags", "quarantine", "runs", "settings",
    ]

    /// Every value of these tables, row by row.
    func dump(_ tables: [String] = tables) throws -> [String] {
        try tables.flatMap { table in try rows("SELECT * FROM \(table)").map { "\(table): \($0)" } }
    }

    /// What a query gives, as another program reads it, sorted.
    func rows(_ sql: String) throws -> [String] {
        try raw { db in
            try Row.fetchAll(db, sql: sql).map { row in
                row.map { column, value in "\(column)=\(value.isNull ? "NULL" : "\(value.storage.value ?? "")")" }
                    .joined(separator: "|")
            }.sorted()
        }
    }

    /// Works on the library's file behind its back.
    func raw<T>(_ body: (Database) throws -> T) throws -> T {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction(body)
    }

    /// The files that runs have left beside the library.
    func leftovers() throws -> [String] {
        let known = ["", "-wal", "-shm", "-ingest.lock"].map { "library.sqlite\($0)" }
        return try folder.names().filter { $0.hasPrefix("library.sqlite") && !known.contains($0) }
    }

    /// Makes a zip archive.
    /// - Returns: its path.
    func zip(_ entries: [(name: String, text: String)], to name: String) throws -> String {
        let path = folder.path(name)
        let archive = try #require(zipOpen64(path, APPEND_STATUS_CREATE))
        for entry in entries {
            var info = zip_fileinfo()
            let bytes = Array(entry.text.utf8)
            #expect(zipOpenNewFileInZip(archive, entry.name, &info, nil, 0, nil, 0, nil, Z_DEFLATED, 6) == ZIP_OK)
            #expect(zipWriteInFileInZip(archive, bytes, UInt32(bytes.count)) == ZIP_OK)
            #expect(zipCloseFileInZip(archive) == ZIP_OK)
        }
        #expect(zipClose(archive, nil) == ZIP_OK)
        return path
    }
}

extension IngestReport {
    /// `rows` must be their sum.
    var sum: Int { counts.reduce(0, +) }

    /// Accepted, merged, updated, unchanged, quarantined, unmatched, ignored.
    var counts: [Int] { [accepted, merged, updated, unchanged, quarantined, unmatched, ignored] }
}

extension RowCounts {
    /// Accepted, merged, updated, unchanged, quarantined, unmatched, ignored.
    var list: [Int] { [accepted, merged, updated, unchanged, quarantined, unmatched, ignored] }
}
