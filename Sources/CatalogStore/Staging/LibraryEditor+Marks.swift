import Catalog
import GRDB

/// Readers' marks and tags from a staging file, attached as `staging`.
extension LibraryEditor {
    /// Makes the staged readers and items known to the library, and notes their numbers in the staging file.
    func takeReadersAndItems() throws {
        try db.execute(
            sql: """
                INSERT INTO main.readers (source, name, simulated)
                SELECT source, name, simulated FROM staging.readers WHERE true ORDER BY id
                ON CONFLICT DO NOTHING;
                INSERT INTO main.items (source, key, isbn13, title, authors, workKey)
                SELECT source, key, isbn13, title, authors, workKey FROM staging.items WHERE true ORDER BY id
                ON CONFLICT DO UPDATE SET
                    isbn13 = COALESCE(excluded.isbn13, isbn13), title = COALESCE(excluded.title, title),
                    authors = COALESCE(excluded.authors, authors), workKey = COALESCE(excluded.workKey, workKey)
                WHERE excluded.isbn13 IS NOT NULL AND isbn13 IS NOT excluded.isbn13
                    OR excluded.title IS NOT NULL AND title IS NOT excluded.title
                    OR excluded.authors IS NOT NULL AND authors IS NOT excluded.authors
                    OR excluded.workKey IS NOT NULL AND workKey IS NOT excluded.workKey;
                """)
        try number("readers", by: "name")
        try number("items", by: "key")
    }

    /// Notes the library's numbers in a table of the staging file.
    private func number(_ table: String, by name: String) throws {
        let before = db.totalChangesCount
        try db.execute(
            sql: """
                UPDATE staging.\(table) SET libraryId = known.id
                FROM main.\(table) known WHERE known.source = \(table).source AND known.\(name) = \(table).\(name)
                """)
        bookkeeping.count += db.totalChangesCount - before
    }

    /// Takes the marks, each reader's latest of a book.
    func takeMarks(_ counts: inout RowCounts, _ onProgress: (Int) -> Void) throws {
        var group: (reader: Int64, item: Int64)?
        var latest = StagedMark()
        var isMatched = false
        var rows = 0
        func finish() throws {
            guard let group else { return }
            let outcome = try put(latest, reader: group.reader, item: group.item)
            guard isMatched else {
                counts.unmatched += 1
                return
            }
            switch outcome {
            case .accepted, .merged: counts.accepted += 1
            case .updated: counts.updated += 1
            case .unchanged: counts.unchanged += 1
            }
        }
        // Sorted by what is written, so that the library's pages are filled one after the other.
        let cursor = try Row.fetchCursor(
            db,
            sql: """
                SELECT r.libraryId, i.libraryId, m.stars, m.shelf, m.day, known.workId IS NOT NULL
                FROM staging.marks m
                CROSS JOIN staging.readers r ON r.id = m.reader
                CROSS JOIN staging.items i ON i.id = m.item
                CROSS JOIN main.items known ON known.id = i.libraryId
                ORDER BY r.libraryId, i.libraryId, m.line
                """)
        while let row = try cursor.next() {
            let (reader, item): (Int64, Int64) = (row[0], row[1])
            let mark = StagedMark(stars: row[2], shelf: row[3], day: row[4])
            if let group, group == (reader, item) {
                counts.merged += 1
                if mark.isLater(than: latest) { latest = mark }
            } else {
                try finish()
                group = (reader, item)
                latest = mark
                isMatched = row[5]
            }
            rows += 1
            if rows.isMultiple(of: 8_192) { onProgress(rows) }
        }
        try finish()
    }

    private func put(_ mark: StagedMark, reader: Int64, item: Int64) throws -> EditionOutcome {
        let known = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT stars, shelf, day FROM ratings WHERE readerId = ? AND itemId = ?"),
            arguments: [reader, item])
        guard let known else {
            try db.cachedStatement(sql: "INSERT INTO ratings VALUES (?, ?, ?, ?, ?)")
                .execute(arguments: [reader, item, mark.stars, mark.shelf, mark.day])
            return .accepted
        }
        let old = StagedMark(stars: known[0], shelf: known[1], day: known[2])
        guard mark != old, mark.isLater(than: old) else { return .unchanged }
        try db.cachedStatement(
            sql: "UPDATE ratings SET stars = ?, shelf = ?, day = ? WHERE readerId = ? AND itemId = ?"
        ).execute(arguments: [mark.stars, mark.shelf, mark.day, reader, item])
        return .updated
    }

    /// Takes tags and how often readers gave them.
    func takeTags(_ counts: inout RowCounts) throws {
        let names = try Row.fetchOne(
            db,
            sql: """
                SELECT COUNT(*) AS all_, COUNT(t.name) AS known, COALESCE(SUM(t.name = s.name), 0) AS same
                FROM staging.tags s LEFT JOIN main.tags t ON t.source = s.source AND t.key = s.key
                WHERE s.name IS NOT NULL
                """)
        if let names {
            counts.accepted += (names["all_"] as Int) - (names["known"] as Int)
            counts.updated += (names["known"] as Int) - (names["same"] as Int)
            counts.unchanged += names["same"] as Int
        }
        try db.execute(
            sql: """
                INSERT INTO main.tags (source, key, name) SELECT source, key, COALESCE(name, nameBeside) FROM staging.tags WHERE true ORDER BY id
                ON CONFLICT DO UPDATE SET name = excluded.name
                WHERE excluded.name IS NOT NULL AND name IS NOT excluded.name
                """)
        try number("tags", by: "key")
        let before = db.totalChangesCount
        try db.execute(
            sql: """
                CREATE TEMP TABLE countedTags AS
                SELECT i.libraryId AS item, t.libraryId AS tag, g.count, COUNT(*) AS rows, MAX(g.line) AS line
                FROM staging.taggings g JOIN staging.items i ON i.id = g.item JOIN staging.tags t ON t.id = g.tag
                GROUP BY 1, 2
                """)
        bookkeeping.count += db.totalChangesCount - before
        let taggings = try Row.fetchOne(
            db,
            sql: """
                SELECT COALESCE(SUM(c.rows), 0) - COUNT(*) AS merged,
                    COALESCE(SUM(i.workId IS NULL), 0) AS unmatched,
                    COALESCE(SUM(i.workId IS NOT NULL AND k.count IS NULL), 0) AS new,
                    COALESCE(SUM(i.workId IS NOT NULL AND k.count IS NOT NULL AND k.count <> c.count), 0) AS changed,
                    COALESCE(SUM(i.workId IS NOT NULL AND k.count = c.count), 0) AS same
                FROM temp.countedTags c JOIN main.items i ON i.id = c.item
                LEFT JOIN main.itemTags k ON k.itemId = c.item AND k.tagId = c.tag
                """)
        if let taggings {
            counts.merged += taggings["merged"]
            counts.unmatched += taggings["unmatched"]
            counts.accepted += taggings["new"]
            counts.updated += taggings["changed"]
            counts.unchanged += taggings["same"]
        }
        try db.execute(
            sql: """
                INSERT INTO main.itemTags (itemId, tagId, count) SELECT item, tag, count FROM temp.countedTags WHERE true
                ON CONFLICT DO UPDATE SET count = excluded.count WHERE count <> excluded.count;
                DROP TABLE temp.countedTags;
                """)
    }
}

/// A mark as the tables hold it.
private struct StagedMark: Equatable {
    var stars: Double?
    var shelf = 0
    var day: Int?

    /// Of two marks of one reader and book, a dated one is later by its date; without dates, the one that comes after.
    func isLater(than other: StagedMark) -> Bool {
        guard let day, let otherDay = other.day else { return true }
        return day >= otherDay
    }
}
