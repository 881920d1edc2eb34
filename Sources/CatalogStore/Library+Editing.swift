public import Catalog
import Crypto
public import Foundation
import GRDB

/// What became of an edition that was put into the library.
public enum EditionOutcome: String, Sendable, Codable {
    /// It made a new work.
    case accepted
    /// It is a new edition of a work that was there.
    case merged
    /// It was there with other facts.
    case updated
    /// It was there with the same facts.
    case unchanged
}

/// A row that was refused, kept whole.
public struct QuarantinedRow: Sendable, Hashable, Codable {
    /// The first line of the row in its file, from 1.
    public var line: Int
    public var rule: String
    public var field: String?
    public var value: String?
    public var remedy: String
    /// The row as it stands in the file.
    public var row: String

    public init(line: Int, rule: String, field: String?, value: String?, remedy: String, row: String) {
        self.line = line
        self.rule = rule
        self.field = field
        self.value = value
        self.remedy = remedy
        self.row = row
    }
}

extension Library {
    /// Runs `body` in one transaction: all of it happens or none, even if the process is killed.
    /// - Parameter keeping: whether to keep the changes; `false` rolls them back after `body` returned (a rehearsal).
    public func edit<T>(keeping: Bool = true, _ body: (LibraryEditor) throws -> T) throws -> T {
        do {
            var result: T?
            try database.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    result = try body(LibraryEditor(db: db))
                    return keeping ? .commit : .rollback
                }
            }
            // `inTransaction` either ran the body or threw.
            guard let result else { throw LibraryError.unusable(path: path, reason: "the transaction did not run") }
            return result
        } catch let error as DatabaseError {
            throw LibraryError(error, path: path)
        }
    }
}

/// Changes to the library within one transaction.
public struct LibraryEditor {
    let db: Database

    /// Puts an edition in: as a new work, as a new edition of the work it belongs to, or in place of what it was before.
    /// O(log n).
    public func put(_ edition: Edition, source: String) throws -> EditionOutcome {
        guard let known = try self.edition(edition.key) else {
            let (work, isNew) = try self.work(for: edition)
            try insert(edition, into: work, source: source)
            return isNew ? .accepted : .merged
        }
        guard known.edition != edition else { return .unchanged }
        let work = try workAfterChange(of: known, to: edition)
        let assignments = EditionRecord.columns.map { "\($0) = ?" }.joined(separator: ", ")
        let values = try EditionRecord.values(of: edition) + [work.rawValue, source, known.id]
        try db.cachedStatement(sql: "UPDATE editions SET \(assignments), workId = ?, source = ? WHERE id = ?")
            .execute(arguments: StatementArguments(values))
        try removeIfEmpty(known.workID)
        return .updated
    }

    /// True when this very edition, with the same facts, is in the library.
    public func holds(_ edition: Edition) throws -> Bool {
        try self.edition(edition.key)?.edition == edition
    }

    /// Puts the refused rows of a source in place of those of its run before.
    public func replaceQuarantine(of source: String, with rows: [QuarantinedRow]) throws {
        try db.execute(sql: "DELETE FROM quarantine WHERE source = ?", arguments: [source])
        let insert = try db.cachedStatement(
            sql: "INSERT INTO quarantine (source, line, rule, field, value, remedy, row) VALUES (?, ?, ?, ?, ?, ?, ?)")
        for row in rows {
            try insert.execute(arguments: [source, row.line, row.rule, row.field, row.value, row.remedy, row.row])
        }
    }

    /// Notes that a source was read, for its lineage.
    /// - Parameter report: the run's report as JSON.
    public func recordRun(source: String, sha256: String, finishedAt: Date, codeVersion: String, report: String) throws
    {
        try db.execute(
            sql: "INSERT INTO runs (source, sha256, finishedAt, codeVersion, report) VALUES (?, ?, ?, ?, ?)",
            arguments: [source, sha256, finishedAt.formatted(.iso8601), codeVersion, report])
    }

    private func edition(_ key: EditionKey) throws -> EditionRecord? {
        try EditionRecord.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM editions WHERE key = ?"), arguments: [key.rawValue])
    }

    private func insert(_ edition: Edition, into work: WorkID, source: String) throws {
        let columns = EditionRecord.columns.joined(separator: ", ")
        let marks = EditionRecord.columns.map { _ in "?" }.joined(separator: ", ")
        let values = try [edition.key.rawValue, work.rawValue, source] + EditionRecord.values(of: edition)
        try db.cachedStatement(sql: "INSERT INTO editions (key, workId, source, \(columns)) VALUES (?, ?, ?, \(marks))")
            .execute(arguments: StatementArguments(values))
    }

    private func work(for edition: Edition) throws -> (WorkID, isNew: Bool) {
        let mergeKey = MergeKey(edition)?.description
        if let mergeKey, let id = try self.work(withMergeKey: mergeKey) { return (id, false) }
        let id = try unusedID(from: mergeKey ?? edition.key.rawValue)
        try db.cachedStatement(sql: "INSERT INTO works (id, mergeKey) VALUES (?, ?)")
            .execute(arguments: [id.rawValue, mergeKey])
        return (id, true)
    }

    /// Where an edition belongs once its facts have changed: a work keeps its id as long as any edition of it is left.
    private func workAfterChange(of known: EditionRecord, to edition: Edition) throws -> WorkID {
        let mergeKey = MergeKey(edition)?.description
        guard mergeKey != MergeKey(known.edition)?.description else { return known.workID }
        if let mergeKey, let other = try work(withMergeKey: mergeKey) { return other }
        let editions = try Int.fetchOne(
            db, sql: "SELECT COUNT(*) FROM editions WHERE workId = ?", arguments: [known.workID.rawValue])
        guard editions == 1 else { return try work(for: edition).0 }
        try db.execute(
            sql: "UPDATE works SET mergeKey = ? WHERE id = ?", arguments: [mergeKey, known.workID.rawValue])
        return known.workID
    }

    private func work(withMergeKey key: String) throws -> WorkID? {
        try String.fetchOne(db.cachedStatement(sql: "SELECT id FROM works WHERE mergeKey = ?"), arguments: [key])
            .map(WorkID.init(rawValue:))
    }

    private func removeIfEmpty(_ work: WorkID) throws {
        try db.execute(
            sql: "DELETE FROM works WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM editions WHERE workId = ?1)",
            arguments: [work.rawValue])
    }

    /// Ids come from the text that tells the work apart, so that the same catalogue gives the same ids everywhere.
    private func unusedID(from text: String) throws -> WorkID {
        let taken = try db.cachedStatement(sql: "SELECT 1 FROM works WHERE id = ?")
        var attempt = 0
        while true {
            let id = WorkID(hashing: attempt == 0 ? text : "\(text)#\(attempt)")
            if try Int.fetchOne(taken, arguments: [id.rawValue]) == nil { return id }
            attempt += 1
        }
    }
}

extension WorkID {
    /// Ten letters and digits (50 bits of SHA-256) without those that are read for one another (i, l, o, u).
    init(hashing text: String) {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
        let bits = SHA256.hash(data: Data(text.utf8)).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let letters = (0..<10).map { alphabet[Int(bits >> (59 - 5 * UInt64($0)) & 31)] }
        self.init(rawValue: String(letters))
    }
}
