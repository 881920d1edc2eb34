public import Catalog
import GRDB

/// A work with all that is known of how it came together.
public struct WorkEntry: Sendable {
    public struct EditionEntry: Sendable {
        public var edition: Edition
        public var source: String
        public var file: String
        /// `first`, `isbn`, `titleAuthor` or `byHand`.
        public var joinedBy: String
        public var isHidden: Bool
    }

    /// What the readers of a source call it.
    public struct ItemEntry: Sendable {
        public var source: String
        public var key: String
        public var match: ItemMatch?
        /// 0...1
        public var confidence: Double
    }

    public var id: WorkID
    public var editions: [EditionEntry]
    public var items: [ItemEntry]
}

extension WorkEntry.EditionEntry {
    init(_ row: Row) throws {
        self.init(
            edition: try EditionRecord.edition(row), source: row["source"], file: row["file"],
            joinedBy: row["joinedBy"], isHidden: row["hidden"])
    }
}

extension Library {
    /// The works with this id, with an edition of this ISBN, or whose title, subtitle and authors have all of these
    /// words; best first. O(log n) by id and ISBN.
    public func find(_ text: String, limit: Int = 10) throws -> [WorkEntry] {
        try read { db in
            try Self.workIDs(for: text, limit: limit, in: db).compactMap { try Self.entry($0, in: db) }
        }
    }

    /// What a source says of an edition; nil when it says nothing. O(log n).
    public func edition(_ key: EditionKey, of source: String) throws -> WorkEntry.EditionEntry? {
        try read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: "SELECT * FROM editions WHERE source = ? AND key = ?"),
                arguments: [source, key.rawValue]
            ).map(WorkEntry.EditionEntry.init)
        }
    }

    private static func workIDs(for text: String, limit: Int, in db: Database) throws -> [String] {
        let byID = try String.fetchOne(
            db, sql: "SELECT id FROM works WHERE id = ?1 UNION ALL SELECT workId FROM workAliases WHERE id = ?1",
            arguments: [text])
        if let byID { return [byID] }
        if let isbn = ISBN13.parse(text) {
            return try String.fetchAll(
                db, sql: "SELECT DISTINCT workId FROM editions WHERE isbn13 = ? LIMIT ?",
                arguments: [isbn.digits, limit])
        }
        let words = FoldedText.words(of: text)
        guard !words.isEmpty else { return [] }
        // Each is quoted, so that nothing that is typed is read as FTS5 syntax.
        let match = words.map { "\"\($0)\"" }.joined(separator: " ")
        return try String.fetchAll(
            db,
            sql: """
                SELECT workId FROM (
                    SELECT rowid AS editionId, rank FROM editionNames WHERE editionNames MATCH ? ORDER BY rank LIMIT ?
                ) JOIN editions ON editions.id = editionId GROUP BY workId ORDER BY MIN(rank), workId LIMIT ?
                """, arguments: [match, limit * 8, limit])
    }

    private static func entry(_ id: String, in db: Database) throws -> WorkEntry? {
        let editions = try Row.fetchAll(
            db, sql: "SELECT * FROM editions WHERE workId = ? ORDER BY ratingsCount DESC, id", arguments: [id]
        ).map(WorkEntry.EditionEntry.init)
        let items = try Row.fetchAll(
            db, sql: "SELECT source, key, method, confidence FROM items WHERE workId = ? ORDER BY id", arguments: [id]
        ).map { row in
            WorkEntry.ItemEntry(
                source: row["source"], key: row["key"], match: (row["method"] as String?).flatMap(ItemMatch.init),
                confidence: row["confidence"] ?? 0)
        }
        return WorkEntry(id: WorkID(rawValue: id), editions: editions, items: items)
    }
}
