public import Catalog
import GRDB

/// What a reader says of a label of a work.
public struct LabelOpinion: Sendable, Hashable {
    public var work: WorkID
    public var label: BookLabel
    /// Who says so: the name of an anonymous reader, or of a file of labels.
    public var reader: String
    /// 0 the label does not fit ... 1 it fits.
    public var value: Double

    public init(work: WorkID, label: BookLabel, reader: String, value: Double) {
        self.work = work
        self.label = label
        self.reader = reader
        self.value = value
    }
}

extension Library {
    /// Every opinion, ordered by work, label and reader. Those of works that were joined to another are of that one; those
    /// of labels that this program does not know are left out. O(n).
    public func labelOpinions() throws -> [LabelOpinion] {
        try opinions(where: "TRUE", [])
    }

    /// What one reader says of one work. O(log n).
    public func labelOpinions(on work: WorkID, by reader: String) throws -> [LabelOpinion] {
        try opinions(
            where: "o.workId IN (SELECT ?1 UNION SELECT id FROM workAliases WHERE workId = ?1) AND reader = ?2",
            [work.rawValue, reader])
    }

    private func opinions(where condition: String, _ arguments: StatementArguments) throws -> [LabelOpinion] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT COALESCE(a.workId, o.workId) AS work, label, reader, value
                    FROM labelOpinions o LEFT JOIN workAliases a ON a.id = o.workId
                    WHERE \(condition) ORDER BY work, label, reader
                    """, arguments: arguments
            ).compactMap { row in
                BookLabel(code: row["label"]).map { label in
                    LabelOpinion(
                        work: WorkID(rawValue: row["work"]), label: label, reader: row["reader"], value: row["value"])
                }
            }
        }
    }

    /// Keeps opinions, each in place of what the same reader said of the same label before. O(k log n).
    /// - Parameters:
    ///   - day: in days since 1970-01-01.
    ///   - reader: everything that this reader said before is forgotten first.
    public func keep(_ opinions: [LabelOpinion], day: Int?, inPlaceOfAllOf reader: String? = nil) throws {
        try edit { editor in
            if let reader {
                try editor.db.execute(sql: "DELETE FROM labelOpinions WHERE reader = ?", arguments: [reader])
            }
            for opinion in opinions {
                try editor.db.cachedStatement(
                    sql: """
                        INSERT INTO labelOpinions VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT DO UPDATE SET value = excluded.value, day = excluded.day
                        """
                ).execute(arguments: [
                    opinion.work.rawValue, opinion.label.code, opinion.reader, opinion.value, day,
                ])
            }
        }
    }

    /// Forgets what a reader said of a label of a work; does nothing where that is nothing. O(log n).
    public func withdrawOpinion(on work: WorkID, label: BookLabel, by reader: String) throws {
        try edit { editor in
            try editor.db.execute(
                sql: """
                    DELETE FROM labelOpinions WHERE label = ?2 AND reader = ?3
                        AND workId IN (SELECT ?1 UNION SELECT id FROM workAliases WHERE workId = ?1)
                    """, arguments: [work.rawValue, label.code, reader])
        }
    }

    /// Forgets all that a reader said of labels.
    /// - Returns: how many opinions that were.
    public func eraseOpinions(of reader: String) throws -> Int {
        try edit { editor in
            try editor.db.execute(sql: "DELETE FROM labelOpinions WHERE reader = ?", arguments: [reader])
            return editor.db.changesCount
        }
    }
}

extension Library {
    /// The shelves that readers put each work on, with how many did; most used first. O(n).
    public func shelvesByWork() throws -> [WorkID: [(name: String, count: Int)]] {
        try read { db in
            var shelves: [WorkID: [(name: String, count: Int)]] = [:]
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT i.workId, t.name, SUM(g.count) AS readers
                    FROM itemTags g JOIN items i ON i.id = g.itemId JOIN tags t ON t.id = g.tagId
                    WHERE i.workId IS NOT NULL AND t.name IS NOT NULL
                    GROUP BY i.workId, t.name ORDER BY i.workId, readers DESC, t.name
                    """)
            while let row = try rows.next() {
                shelves[WorkID(rawValue: row[0]), default: []].append((row[1], row[2]))
            }
            return shelves
        }
    }
}
