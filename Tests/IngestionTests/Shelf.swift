import Catalog
import CatalogStore
import EngineTestSupport
import Foundation
import GRDB
import Ingestion

/// A library in a temporary folder, and files to take in.
struct Shelf {
    let folder: TemporaryFolder
    let library: Library

    static let header = "isbn13,title,subtitle,authors,year,pages,average_rating,ratings_count,description"

    init() throws {
        folder = try TemporaryFolder()
        library = try Library(path: folder.path("library.sqlite"), access: .create)
    }

    /// Writes rows below the usual header and takes them in.
    @discardableResult
    func ingest(
        _ rows: [String], as name: String = "books.csv", mode: BookIngestion.Mode = .keep
    ) throws -> BookIngestion.Outcome {
        try ingest(fileAt: folder.write(([Self.header] + rows + [""]).joined(separator: "\n"), to: name), mode: mode)
    }

    @discardableResult
    func ingest(fileAt path: String, mode: BookIngestion.Mode = .keep) throws -> BookIngestion.Outcome {
        try BookIngestion(library: library, codeVersion: "test").ingest(fileAt: path, mode: mode)
    }

    func works() throws -> [Work] {
        var works: [Work] = []
        try library.forEachWork { works.append($0) }
        return works
    }

    /// Every value of these tables, as SQL literals, row by row.
    func dump(_ tables: [String] = ["works", "editions", "quarantine", "runs"]) throws -> [String] {
        try DatabaseQueue(path: folder.path("library.sqlite")).read { db in
            try tables.flatMap { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY id").map { row in
                    "\(table): " + row.map { "\($0)=\($1.storage)" }.joined(separator: "|")
                }
            }
        }
    }
}

extension IngestReport {
    /// `rows` must be their sum.
    var sum: Int { accepted + merged + updated + unchanged + quarantined }

    /// Accepted, merged, updated, unchanged, quarantined.
    var counts: [Int] { [accepted, merged, updated, unchanged, quarantined] }
}
