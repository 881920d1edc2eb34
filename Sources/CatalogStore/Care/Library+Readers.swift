public import Catalog
import GRDB

/// What is kept of the readers of this service: to look at, to take along, to erase.
extension Library {
    /// One reader's part of the log.
    public struct ReaderSummary: Sendable, Hashable {
        public var reader: String
        public var events: Int
        /// When they were last heard of, in milliseconds since 1970.
        public var lastAt: Int64
    }

    /// All readers with events, ordered by name. O(n).
    public func readersWithFeedback() throws -> [ReaderSummary] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT reader, COUNT(*), MAX(at) FROM feedback GROUP BY reader ORDER BY reader"
            ).map { ReaderSummary(reader: $0[0], events: $0[1], lastAt: $0[2]) }
        }
    }

    /// All that is kept of a reader, from one state of the library. O(k).
    public func record(of reader: String) throws -> ReaderRecord {
        try read { db in
            let events = try Row.fetchAll(
                db, sql: "\(Self.eventsOfWorks) WHERE reader = ? ORDER BY at, sequence", arguments: [reader])
            let opinions = try Row.fetchAll(
                db,
                sql: """
                    SELECT COALESCE(a.workId, o.workId), label, value, day
                    FROM labelOpinions o LEFT JOIN workAliases a ON a.id = o.workId
                    WHERE reader = ? ORDER BY 1, label
                    """, arguments: [reader])
            return ReaderRecord(
                reader: reader, events: events.compactMap { FeedbackEvent($0) },
                labelOpinions: opinions.map {
                    .init(work: WorkID(rawValue: $0[0]), label: $0[1], value: $0[2], day: $0[3])
                })
        }
    }

    /// Removes all that is kept of a reader of this service, from the file and from what lies beside it. Done again, it
    /// finds nothing and does no harm. O(k log n).
    public func erase(reader: String) throws -> ReaderErasure {
        let erasure = try edit { editor in
            // What is deleted is overwritten.
            try editor.db.execute(sql: "PRAGMA secure_delete = ON")
            defer { try? editor.db.execute(sql: "PRAGMA secure_delete = OFF") }
            var counts: [Int] = []
            for table in ["feedback", "labelOpinions"] {
                try editor.db.execute(sql: "DELETE FROM \(table) WHERE reader = ?", arguments: [reader])
                counts.append(editor.db.changesCount)
            }
            return ReaderErasure(events: counts[0], labelOpinions: counts[1])
        }
        do {
            try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        } catch let error as DatabaseError {
            throw LibraryError(error, path: path)
        }
        return erasure
    }

    /// The lowest schema number that a program must know to use the file as it is now: another process may have changed it
    /// since it was opened. O(1).
    public func neededSchema() throws -> Int {
        try read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    }
}
