import Catalog
import GRDB

extension LibraryEditor {
    /// Joins the whole library anew when the rules of `WorkKey` have changed since it was last written. O(n log n) then,
    /// else O(1). Works keep their ids where any of their editions stays together; what a person said holds.
    func renewWorkKeys() throws {
        let name = "workKeyRules"
        let known = try String.fetchOne(
            db.cachedStatement(sql: "SELECT value FROM settings WHERE name = ?"), arguments: [name])
        guard known != "\(WorkKey.rules)" else { return }
        try joinAnew()
        try db.execute(
            sql: "INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            arguments: [name, "\(WorkKey.rules)"])
    }

    private func joinAnew() throws {
        try db.execute(
            sql: """
                DELETE FROM workKeys WHERE NOT byHand;
                CREATE TEMP TABLE placedISBNs (isbn13 TEXT PRIMARY KEY NOT NULL, workId TEXT NOT NULL) WITHOUT ROWID;
                CREATE TEMP TABLE keptWorks (id TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;
                CREATE TEMP TABLE moves (editionId INTEGER PRIMARY KEY, workId TEXT NOT NULL, joinedBy TEXT NOT NULL);
                """)
        let cursor = try Row.fetchCursor(db, sql: "SELECT * FROM editions ORDER BY id")
        while let row = try cursor.next() {
            let record = try EditionRecord(row: row)
            let place = try placeAnew(record, source: row["source"])
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO keptWorks VALUES (?)")
                .execute(arguments: [place.work.rawValue])
            if let isbn = record.edition.isbn13?.digits {
                try db.cachedStatement(sql: "INSERT OR IGNORE INTO placedISBNs VALUES (?, ?)")
                    .execute(arguments: [isbn, place.work.rawValue])
            }
            if place.work != record.workID || row["joinedBy"] != place.join.rawValue {
                try db.cachedStatement(sql: "INSERT INTO moves VALUES (?, ?, ?)")
                    .execute(arguments: [record.id, place.work.rawValue, place.join.rawValue])
            }
        }
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO workAliases (id, workId)
                SELECT e.workId, m.workId FROM moves m JOIN editions e ON e.id = m.editionId
                WHERE e.workId NOT IN (SELECT id FROM keptWorks) GROUP BY e.workId HAVING m.editionId = MIN(m.editionId);
                UPDATE editions SET workId = m.workId, joinedBy = m.joinedBy FROM moves m WHERE m.editionId = editions.id;
                UPDATE items SET workId = NULL, method = NULL, confidence = NULL
                WHERE workId IN (SELECT id FROM workAliases);
                UPDATE workAliases SET workId = a.workId FROM workAliases a WHERE a.id = workAliases.workId;
                DELETE FROM works WHERE id NOT IN (SELECT workId FROM editions)
                    AND id NOT IN (SELECT workId FROM pins) AND id NOT IN (SELECT workId FROM workKeys);
                DROP TABLE placedISBNs; DROP TABLE keptWorks; DROP TABLE moves;
                """)
        try matchItems()
    }

    private func placeAnew(_ record: EditionRecord, source: String) throws -> (work: WorkID, join: EditionJoin) {
        func found(_ sql: String, _ arguments: StatementArguments) throws -> WorkID? {
            try String.fetchOne(db.cachedStatement(sql: sql), arguments: arguments).map(WorkID.init(rawValue:))
        }
        let edition = record.edition
        if let work = try found(
            "SELECT workId FROM pins WHERE source = ? AND key = ?", [source, edition.key.rawValue])
        {
            return (work, .byHand)
        }
        if let isbn = edition.isbn13?.digits,
            let work = try found("SELECT workId FROM placedISBNs WHERE isbn13 = ?", [isbn])
        {
            return (work, .isbn)
        }
        let key = WorkKey(edition)?.description
        if let key, let work = try self.work(withKey: key) { return (work, .titleAuthor) }
        let isKept = try found("SELECT id FROM keptWorks WHERE id = ?", [record.workID.rawValue]) != nil
        guard isKept else {
            if let key { try claim(key, for: record.workID) }
            return (record.workID, .first)
        }
        return (try newWork(for: edition, source: source), .first)
    }
}
