import Foundation
import GRDB

/// What was taken in, when, from which file and by which program.
public struct IngestRun: Sendable, Hashable, Codable {
    public var id: Int64
    public var kind: String
    public var source: String
    public var file: String
    public var sha256: String
    public var bytes: Int
    public var rows: Int
    /// ISO 8601, UTC.
    public var startedAt: String
    public var finishedAt: String
    public var codeVersion: String
    /// How the file was read, as JSON; empty for runs from before that was kept.
    public var format: String
    /// What became of the rows, as JSON.
    public var report: String

    init(_ row: Row) {
        id = row["id"]
        kind = row["kind"]
        source = row["source"]
        file = row["file"]
        sha256 = row["sha256"]
        bytes = row["bytes"]
        rows = row["rows"]
        startedAt = row["startedAt"]
        finishedAt = row["finishedAt"]
        codeVersion = row["codeVersion"]
        format = row["format"]
        report = row["report"]
    }
}

/// A refused row with the run that refused it.
public struct QuarantineEntry: Sendable, Hashable {
    public var id: Int64
    public var runID: Int64
    public var row: QuarantinedRow
}

extension Library {
    /// All runs, oldest first.
    public func history() throws -> [IngestRun] {
        try read { db in try Row.fetchAll(db, sql: "SELECT * FROM runs ORDER BY id").map(IngestRun.init) }
    }

    /// Hands out the refused rows, in the order of their runs and files. Flat memory.
    /// - Parameter file: only those of this file's name.
    public func forEachQuarantined(file: String? = nil, _ body: (IngestRun, QuarantineEntry) throws -> Void) throws {
        try read { db in
            var run: IngestRun?
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT quarantine.* FROM quarantine JOIN runs ON runs.id = runId
                    WHERE ?1 IS NULL OR runs.file = ?1 ORDER BY runId, line
                    """, arguments: [file])
            while let row = try rows.next() {
                let entry = QuarantineEntry(id: row["id"], runID: row["runId"], row: QuarantinedRow(row))
                if run?.id != entry.runID {
                    run = try Row.fetchOne(db, sql: "SELECT * FROM runs WHERE id = ?", arguments: [entry.runID])
                        .map(IngestRun.init)
                }
                if let run { try body(run, entry) }
            }
        }
    }

    /// The refused rows of a file, in its order.
    public func quarantine(of file: String) throws -> [QuarantinedRow] {
        var rows: [QuarantinedRow] = []
        try forEachQuarantined(file: file) { rows.append($1.row) }
        return rows
    }
}

extension LibraryEditor {
    /// Takes rows that have found their way into the library out of the quarantine.
    public func release(_ entries: [Int64]) throws {
        let delete = try db.cachedStatement(sql: "DELETE FROM quarantine WHERE id = ?")
        for id in entries { try delete.execute(arguments: [id]) }
    }
}
