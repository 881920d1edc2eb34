import GRDB

extension Library {
    /// What is not as it must be in a library, each in words.
    public struct Condition: Sendable, Codable, Equatable {
        public var problems: [String] = []
        /// Rows per table.
        public var rows: [String: Int] = [:]
    }

    /// Looks through the whole library: the file's pages, foreign keys, orphans, and whether the words that books are
    /// found by are in step. Changes nothing. O(size).
    public func check() throws -> Condition {
        do {
            return try database.writeWithoutTransaction { db in
                var condition = Condition()
                condition.problems += try String.fetchAll(db, sql: "PRAGMA integrity_check(20)")
                    .filter { $0 != "ok" }.map { "the file: \($0)" }
                condition.problems += try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").prefix(20).map { row in
                    "a row of \(row["table"] as String) names a row of \(row["parent"] as String) that is not there "
                        + "(row \((row["rowid"] as Int64?).map(String.init) ?? "?"))"
                }
                for (sql, words) in Self.orphans {
                    let count = try Int.fetchOne(db, sql: sql) ?? 0
                    if count > 0 { condition.problems.append("\(count) \(words)") }
                }
                condition.problems += try nameProblems(db)
                for table in Self.tables {
                    condition.rows[table] = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \(table)") ?? 0
                }
                return condition
            }
        } catch let error as DatabaseError {
            throw LibraryError(error, path: path)
        }
    }

    /// Makes the index that books are found by anew.
    public func rebuildNames() throws {
        do {
            try database.write { try $0.execute(sql: "INSERT INTO editionNames (editionNames) VALUES ('rebuild')") }
        } catch let error as DatabaseError {
            throw LibraryError(error, path: path)
        }
    }

    private func nameProblems(_ db: Database) throws -> [String] {
        do {
            try db.execute(sql: "INSERT INTO editionNames (editionNames, rank) VALUES ('integrity-check', 1)")
            return []
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            return [
                "the full-text index is not in step with the editions; "
                    + "`bookrec library check --repair` makes it anew"
            ]
        }
    }

    static let tables = [
        "works", "editions", "workKeys", "pins", "workAliases", "editionAliases", "people", "readers", "items",
        "ratings", "tags",
        "itemTags", "labelOpinions", "feedback", "quarantine", "runs",
    ]

    private static let orphans = [
        (
            "SELECT COUNT(*) FROM ratings WHERE readerId NOT IN (SELECT id FROM readers) "
                + "OR itemId NOT IN (SELECT id FROM items)", "ratings of no reader or no book"
        ),
        (
            "SELECT COUNT(*) FROM works w WHERE NOT EXISTS (SELECT 1 FROM editions WHERE workId = w.id) "
                + "AND NOT EXISTS (SELECT 1 FROM pins WHERE workId = w.id) "
                + "AND NOT EXISTS (SELECT 1 FROM workKeys WHERE workId = w.id AND byHand)", "works without an edition"
        ),
        (
            "SELECT COUNT(*) FROM items WHERE (workId IS NULL) <> (method IS NULL) "
                + "OR (workId IS NULL) <> (confidence IS NULL)", "items whose join has no method or no confidence"
        ),
        (
            "SELECT COUNT(*) FROM ratings WHERE stars IS NOT NULL AND NOT (stars > 0 AND stars <= 5) "
                + "OR shelf NOT BETWEEN 0 AND 3", "ratings outside of their range"
        ),
        (
            "SELECT COUNT(*) FROM feedback WHERE (kind = 'rating') <> (value IS NOT NULL) "
                + "OR value IS NOT NULL AND value NOT BETWEEN 0.5 AND 5",
            "events of readers that are not as they must be"
        ),
        (
            "SELECT COUNT(*) FROM (SELECT isbn13 FROM editions WHERE isbn13 IS NOT NULL AND joinedBy <> 'byHand' "
                + "GROUP BY isbn13 HAVING COUNT(DISTINCT workId) > 1)", "ISBNs that belong to several works"
        ),
    ]
}
