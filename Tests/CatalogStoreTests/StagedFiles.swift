import Catalog
import EngineTestSupport
import Foundation
import GRDB

@testable import CatalogStore

/// A library in a temporary folder, and invented files that are staged and taken in.
struct StagedFiles {
    let folder: TemporaryFolder
    let library: Library

    init() throws {
        folder = try TemporaryFolder()
        library = try Library(path: folder.path("library.sqlite"), access: .create)
    }

    static func origin(_ kind: String, _ source: String, _ file: String, format: String = "{}") -> RunOrigin {
        RunOrigin(
            kind: kind, source: source, file: file, sha256: "ab", bytes: 7, startedAt: Date(timeIntervalSince1970: 0),
            codeVersion: "1.2", format: format)
    }

    /// Stages rows, numbered from line 2, and takes them in.
    @discardableResult
    func take(
        _ contents: [StagedRow.Content], kind: String = "books", source: String = "shop", file: String = "a.csv",
        _ taking: Library.Taking = .init(), isSimulated: Bool = false, format: String = "{}"
    ) throws -> Library.Taken {
        let staging = try Staging(for: library, name: "test")
        let rows = zip(2..., contents).map { line, content in
            StagedRow(line: line, source: source, content: content, text: "row \(line)", isSimulated: isSimulated)
        }
        try staging.add(rows, isLast: true)
        let taken = try library.take(
            staging, from: Self.origin(kind, source, file, format: format), taking,
            report: { counts, _ in "{\"rows\": \(counts.rows)}" }
        )
        try staging.discard()
        return taken
    }

    /// Every value of these tables, row by row, as another connection reads them.
    func dump(_ tables: [String]) throws -> [String] {
        try raw { db in
            try tables.flatMap { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { row in
                    "\(table): " + row.map { "\($0)=\($1.storage)" }.joined(separator: "|")
                }.sorted()
            }
        }
    }

    func raw<T>(_ body: (Database) throws -> T) throws -> T {
        let queue = try DatabaseQueue(path: folder.path("library.sqlite"))
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction(body)
    }
}

extension RowCounts {
    /// Accepted, merged, updated, unchanged, quarantined, unmatched, ignored.
    var list: [Int] { [accepted, merged, updated, unchanged, quarantined, unmatched, ignored] }
}

let isbns = ["9780306406157", "9780804429573", "9780975229804", "9780140449136"].compactMap { ISBN13($0) }
