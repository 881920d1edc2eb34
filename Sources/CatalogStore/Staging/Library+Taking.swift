import Catalog
public import Foundation
import GRDB

/// Where rows came from: what a run's lineage is made of.
public struct RunOrigin: Sendable {
    /// What was asked for: books, ratings, shelf.
    public var kind: String
    /// Whose data it is; with the file's name, what a later run of the same file is known by.
    public var source: String
    public var file: String
    /// Of the file's bytes, lower-case hexadecimal.
    public var sha256: String
    public var bytes: Int
    public var startedAt: Date
    public var codeVersion: String
    /// How the file was read (dialect, columns, contract), as JSON: enough to read a row of it again.
    public var format: String

    public init(
        kind: String, source: String, file: String, sha256: String, bytes: Int, startedAt: Date, codeVersion: String,
        format: String
    ) {
        self.kind = kind
        self.source = source
        self.file = file
        self.sha256 = sha256
        self.bytes = bytes
        self.startedAt = startedAt
        self.codeVersion = codeVersion
        self.format = format
    }
}

/// What became of the rows of a run: `rows` is the sum of the seven below it.
public struct RowCounts: Sendable, Hashable, Codable {
    public var rows = 0
    /// Editions that made a new work; marks, tags and names that were not there.
    public var accepted = 0
    /// Editions that joined a work; marks whose reader says something else of the same book further down.
    public var merged = 0
    public var updated = 0
    public var unchanged = 0
    public var quarantined = 0
    /// Kept, but no work is known yet that they speak of.
    public var unmatched = 0
    /// Rows that say nothing of books or readers.
    public var ignored = 0

    public init() {}

    public var sum: Int { accepted + merged + updated + unchanged + quarantined + unmatched + ignored }
}

extension Library {
    /// How a staged file is taken into the library.
    public struct Taking: Sendable {
        /// Hide what came from this file before and is not in it now.
        public var hidesMissing = false
        /// `false` rolls everything back at the end: a rehearsal.
        public var keeps = true

        public init(hidesMissing: Bool = false, keeps: Bool = true) {
            self.hidesMissing = hidesMissing
            self.keeps = keeps
        }
    }

    /// What a taking did.
    public struct Taken: Sendable {
        public var counts: RowCounts
        /// Editions that were hidden.
        public var hidden: Int
        /// Rows of the library's tables that were inserted, changed or deleted, the run's own line of history left out.
        public var writes: Int
    }

    /// Takes everything that was staged into the library, in one transaction. O(rows log rows), flat memory.
    /// - Parameters:
    ///   - report: makes the run's report, which is kept as its lineage, from what became of the rows, and how many
    ///     editions were hidden.
    ///   - onProgress: called now and then with the rows taken so far.
    /// - Throws: `LibraryError`; then the library is as it was, and the staging too.
    public func take(
        _ staging: Staging, from origin: RunOrigin, _ taking: Taking = Taking(),
        report: (RowCounts, _ hidden: Int) throws -> String, onProgress: (Int) -> Void = { _ in }
    ) throws -> Taken {
        do {
            return try database.writeWithoutTransaction { db in
                try db.execute(sql: "ATTACH DATABASE ? AS staging", arguments: [staging.url.path])
                defer { try? db.execute(sql: "DETACH DATABASE staging") }
                try db.execute(sql: "PRAGMA main.cache_size = -24576; PRAGMA staging.cache_size = -4096")
                defer { try? db.execute(sql: "PRAGMA main.cache_size = -2000") }
                var taken: Taken?
                try db.inTransaction(.immediate) {
                    let editor = LibraryEditor(db: db)
                    try editor.renewWorkKeys()
                    taken = try editor.take(staging.progress, from: origin, taking, report: report, onProgress)
                    return taking.keeps ? .commit : .rollback
                }
                guard let taken else {
                    throw LibraryError.unusable(path: path, reason: "the transaction did not run")
                }
                return taken
            }
        } catch let error as DatabaseError {
            throw LibraryError(error, path: path)
        }
    }
}

extension LibraryEditor {
    fileprivate func take(
        _ progress: Staging.Progress, from origin: RunOrigin, _ taking: Library.Taking,
        report: (RowCounts, _ hidden: Int) throws -> String, _ onProgress: (Int) -> Void
    ) throws -> Library.Taken {
        let before = writes
        var counts = RowCounts()
        counts.rows = progress.records
        counts.ignored = progress.ignored
        counts.quarantined = progress.quarantined
        counts.unchanged = progress.repeated
        try takePeople(&counts)
        let isCatalogueChanged = try takeEditions(of: origin.file, &counts, onProgress)
        try db.execute(
            sql: "INSERT INTO main.editionAliases SELECT * FROM staging.aliases WHERE true ON CONFLICT DO NOTHING")
        let hidden = taking.hidesMissing ? try hideEditions(of: origin.file, source: origin.source) : 0
        try takeReadersAndItems()
        if isCatalogueChanged { try matchItems() } else { try matchStagedItems() }
        try takeMarks(&counts, onProgress)
        try takeTags(&counts)
        let writesOfRows = writes - before
        let writesOfQuarantine = try keepRun(origin, counts, report: try report(counts, hidden))
        return Library.Taken(counts: counts, hidden: hidden, writes: writesOfRows + writesOfQuarantine)
    }

    private func takePeople(_ counts: inout RowCounts) throws {
        let known = try Row.fetchOne(
            db,
            sql: """
                SELECT COUNT(*) AS all_, COUNT(p.key) AS known, COALESCE(SUM(p.name = s.name), 0) AS same
                FROM staging.people s LEFT JOIN main.people p ON p.source = s.source AND p.key = s.key
                """)
        guard let known, known["all_"] as Int > 0 else { return }
        counts.accepted += (known["all_"] as Int) - (known["known"] as Int)
        counts.updated += (known["known"] as Int) - (known["same"] as Int)
        counts.unchanged += known["same"] as Int
        try db.execute(
            sql: """
                INSERT INTO main.people (source, key, name) SELECT source, key, name FROM staging.people WHERE true
                ON CONFLICT DO UPDATE SET name = excluded.name WHERE name IS NOT excluded.name
                """)
    }

    /// - Returns: whether an edition came or changed.
    private func takeEditions(
        of file: String, _ counts: inout RowCounts, _ onProgress: (Int) -> Void
    ) throws -> Bool {
        var rows = 0
        var isChanged = false
        let cursor = try Row.fetchCursor(
            db,
            sql: """
                SELECT s.*, e.digest AS knownDigest, e.hidden AS wasHidden
                FROM staging.editions s LEFT JOIN main.editions e ON e.source = s.source AND e.key = s.key
                ORDER BY s.line
                """)
        while let row = try cursor.next() {
            let digest: Data = row["digest"]
            let outcome =
                (row["knownDigest"] as Data?) == digest && row["wasHidden"] as Bool? == row["isHidden"]
                ? EditionOutcome.unchanged
                : try put(
                    EditionRecord.edition(row), digest: digest, source: row["source"], file: file,
                    told: EditionPlace(staged: row), isHidden: row["isHidden"])
            switch outcome {
            case .accepted: counts.accepted += 1
            case .merged: counts.merged += 1
            case .updated: counts.updated += 1
            case .unchanged: counts.unchanged += 1
            }
            if outcome != .unchanged { isChanged = true }
            rows += 1
            if rows.isMultiple(of: 1_024) { onProgress(rows) }
        }
        return isChanged
    }

    /// Notes the run, and puts its refused rows in place of those that the same file left before.
    /// - Returns: how many rows of the quarantine were written.
    private func keepRun(_ origin: RunOrigin, _ counts: RowCounts, report: String) throws -> Int {
        try db.execute(
            sql: """
                INSERT INTO runs (kind, source, file, sha256, bytes, rows, startedAt, finishedAt, codeVersion, format,
                    report)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                origin.kind, origin.source, origin.file, origin.sha256, origin.bytes, counts.rows,
                origin.startedAt.formatted(.iso8601), Date().formatted(.iso8601), origin.codeVersion, origin.format,
                report,
            ])
        let run = db.lastInsertedRowID
        let before = writes
        let columns = "line, rule, field, value, remedy, row"
        let ofThisFile =
            "runId IN (SELECT id FROM runs WHERE kind = :kind AND source = :source AND file = :file)"
        let arguments: StatementArguments = ["kind": origin.kind, "source": origin.source, "file": origin.file]
        let differs = try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (
                    SELECT \(columns) FROM staging.refused
                    EXCEPT SELECT \(columns) FROM quarantine WHERE \(ofThisFile)
                ) OR EXISTS (
                    SELECT \(columns) FROM quarantine WHERE \(ofThisFile)
                    EXCEPT SELECT \(columns) FROM staging.refused
                )
                """, arguments: arguments)
        if differs == true {
            try db.execute(sql: "DELETE FROM quarantine WHERE \(ofThisFile)", arguments: arguments)
            try db.execute(
                sql: """
                    INSERT INTO quarantine (runId, \(columns)) SELECT ?, \(columns) FROM staging.refused ORDER BY line
                    """, arguments: [run])
        }
        return writes - before
    }
}

extension EditionPlace {
    fileprivate init?(staged row: Row) {
        guard let work = row["toldWork"] as String?, let join = row["toldJoin"] as String? else { return nil }
        self.init(work: WorkID(rawValue: work), joinedBy: join, leads: row["toldLead"] ?? false)
    }
}

extension QuarantinedRow {
    init(_ row: Row) {
        self.init(
            line: row["line"], rule: row["rule"], field: row["field"], value: row["value"], remedy: row["remedy"],
            row: row["row"])
    }
}
