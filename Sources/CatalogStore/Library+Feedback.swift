public import Catalog
import GRDB

/// The log of what this service's own readers say of works and do with them. Works that were joined to another are told as
/// that one.
extension Library {
    /// Clicks and impressions that are kept of one reader: the newest.
    public static let mostNoticed = 1_000
    /// Events that are kept of one reader beside these, those that were taken back among them; no more are taken.
    public static let mostSaid = 10_000

    /// Adds events to a reader's log, all in one transaction. What is known already is not added again, and what is not as
    /// it must be is left out. O(k log n).
    /// - Parameter now: in milliseconds since 1970; an event a little ahead of it happened now.
    /// - Returns: what became of each.
    public func append(_ events: [FeedbackEvent], by reader: String, now: Int64) throws -> [FeedbackOutcome] {
        guard !events.isEmpty else { return [] }
        return try edit { editor in
            var said = try editor.countSaid(by: reader)
            var hasNoticed = false
            let outcomes = try events.map { event in
                let outcome = try editor.append(event, by: reader, now: now, isFull: said >= Self.mostSaid)
                if outcome == .accepted, event.kind.isSaid { said += 1 }
                if outcome == .accepted, !event.kind.isSaid { hasNoticed = true }
                return outcome
            }
            if hasNoticed { try editor.forgetNoticed(by: reader, butNewest: Self.mostNoticed) }
            return outcomes
        }
    }

    /// Takes an event back: the reader's taste is what it would be without it. Does nothing more where it was taken back.
    /// O(log n).
    /// - Returns: the event as it is now; nil when the reader has none with this id.
    public func undo(_ id: String, by reader: String, now: Int64) throws -> FeedbackEvent? {
        try edit { editor in
            try editor.db.execute(
                sql: "UPDATE feedback SET undone = ? WHERE reader = ? AND id = ? AND undone IS NULL",
                arguments: [now, reader, id])
            return try Row.fetchOne(
                editor.db, sql: "\(Self.eventsOfWorks) WHERE reader = ? AND f.id = ?", arguments: [reader, id]
            ).flatMap { FeedbackEvent($0) }
        }
    }

    /// Takes back the last thing that a reader said of a work. O(log n + k), for k events of the reader.
    /// - Returns: the event as it is now; nil when nothing is left to take back.
    public func undoLast(on work: WorkID, by reader: String, now: Int64) throws -> FeedbackEvent? {
        let last = try read { db in
            try String.fetchOne(
                db,
                sql: """
                    SELECT f.id FROM feedback f
                    WHERE reader = ?2 AND undone IS NULL AND kind NOT IN ('click', 'impression')
                        AND workId IN (SELECT ?1 UNION SELECT id FROM workAliases WHERE workId = ?1)
                    ORDER BY at DESC, sequence DESC LIMIT 1
                    """, arguments: [work.rawValue, reader])
        }
        return try last.flatMap { try undo($0, by: reader, now: now) }
    }

    /// What a reader thinks of works and wants of them now. O(k), for k things they said.
    public func taste(of reader: String) throws -> ReaderTaste {
        try read { db in
            var taste = ReaderTaste()
            let rows = try Row.fetchCursor(
                db.cachedStatement(sql: Self.tastes(where: "reader = ?")), arguments: [reader])
            while let row = try rows.next() { FeedbackEvent(taste: row).map { taste.add($0) } }
            return taste
        }
    }

    /// The tastes of all readers who said something that holds, ordered by their names, from one state of the library. O(n).
    public func tastes() throws -> [(reader: String, taste: ReaderTaste)] {
        try read { db in
            var tastes: [(reader: String, taste: ReaderTaste)] = []
            let rows = try Row.fetchCursor(db, sql: Self.tastes(where: "TRUE"))
            while let row = try rows.next() {
                guard let event = FeedbackEvent(taste: row) else { continue }
                let reader: String = row[0]
                if tastes.last?.reader != reader { tastes.append((reader, ReaderTaste())) }
                tastes[tastes.count - 1].taste.add(event)
            }
            return tastes
        }
    }

    /// A stretch of a reader's log, newest first, those that were taken back among them. O(log n + limit).
    /// - Parameter cursor: where to begin; nil for the newest.
    public func feedback(
        of reader: String, from cursor: FeedbackPage.Cursor? = nil, limit: Int
    ) throws -> FeedbackPage {
        let start = cursor ?? FeedbackPage.Cursor(at: .max, sequence: .max)
        return try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    \(Self.eventsOfWorks) WHERE reader = ? AND (at, sequence) < (?, ?)
                    ORDER BY at DESC, sequence DESC LIMIT ?
                    """, arguments: [reader, start.at, start.sequence, limit + 1])
            let next = rows.count > limit ? rows[..<limit].last : nil
            return FeedbackPage(
                events: rows.prefix(limit).compactMap { FeedbackEvent($0) },
                next: next.map { FeedbackPage.Cursor(at: $0["at"], sequence: $0["sequence"]) })
        }
    }

    /// The columns stand in one index, in its order; the aliases are few.
    static func tastes(where condition: String) -> String {
        """
        SELECT reader, COALESCE(a.workId, f.workId), kind, value, at
        FROM feedback f INDEXED BY feedbackTastes LEFT JOIN workAliases a ON a.id = f.workId
        WHERE undone IS NULL AND kind NOT IN ('click', 'impression') AND \(condition)
        ORDER BY reader, at, sequence
        """
    }

    static let eventsOfWorks = """
        SELECT f.sequence, f.id, COALESCE(a.workId, f.workId) AS work, kind, value, at, requestId, undone
        FROM feedback f LEFT JOIN workAliases a ON a.id = f.workId
        """
}

extension FeedbackEvent {
    /// - Returns: nil for a kind of a later release.
    init?(_ row: Row) {
        guard let kind = Kind(rawValue: row["kind"]) else { return nil }
        self.init(
            id: row["id"], work: WorkID(rawValue: row["work"]), kind: kind, value: row["value"], at: row["at"],
            requestID: row["requestId"], undoneAt: row["undone"])
    }

    /// As much of it as a taste is made of.
    fileprivate init?(taste row: Row) {
        guard let kind = Kind(rawValue: row[2]) else { return nil }
        self.init(id: "", work: WorkID(rawValue: row[1]), kind: kind, value: row[3], at: row[4])
    }
}

extension LibraryEditor {
    fileprivate func append(
        _ event: FeedbackEvent, by reader: String, now: Int64, isFull: Bool
    ) throws -> FeedbackOutcome {
        if let flaw = event.flaw(at: now) { return .rejected(flaw) }
        if let known = try Row.fetchOne(
            db.cachedStatement(sql: "\(Library.eventsOfWorks) WHERE reader = ? AND f.id = ?"),
            arguments: [reader, event.id])
        {
            // When it happened does not tell them apart: who leaves that to us sends it again later.
            let (work, kind, value): (String, String, Double?) = (known["work"], known["kind"], known["value"])
            let isSame =
                try work == currentID(of: event.work).rawValue && kind == event.kind.rawValue && value == event.value
            return isSame ? .known : .rejected(.idTaken)
        }
        if event.kind.isSaid, isFull { return .rejected(.historyFull) }
        try db.cachedStatement(
            sql: "INSERT INTO feedback (reader, id, workId, kind, value, at, requestId) VALUES (?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            reader, event.id, event.work.rawValue, event.kind.rawValue, event.value, min(event.at, now),
            event.requestID,
        ])
        return .accepted
    }

    /// The id of the work that this one was joined to, else its own.
    private func currentID(of work: WorkID) throws -> WorkID {
        try String.fetchOne(
            db.cachedStatement(sql: "SELECT workId FROM workAliases WHERE id = ?"), arguments: [work.rawValue]
        ).map(WorkID.init(rawValue:)) ?? work
    }

    fileprivate func countSaid(by reader: String) throws -> Int {
        try Int.fetchOne(
            db.cachedStatement(
                sql: "SELECT COUNT(*) FROM feedback WHERE reader = ? AND kind NOT IN ('click', 'impression')"),
            arguments: [reader]) ?? 0
    }

    fileprivate func forgetNoticed(by reader: String, butNewest count: Int) throws {
        try db.cachedStatement(
            sql: """
                DELETE FROM feedback WHERE sequence IN (
                    SELECT sequence FROM feedback WHERE reader = ? AND kind IN ('click', 'impression')
                    ORDER BY at DESC, sequence DESC LIMIT -1 OFFSET ?)
                """
        ).execute(arguments: [reader, count])
    }
}
