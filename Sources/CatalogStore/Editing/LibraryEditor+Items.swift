import GRDB

/// How what a reader rated came to be known as a work.
public enum ItemMatch: String, Sendable, Codable, CaseIterable {
    /// The same source tells of an edition under the same name.
    case edition
    case isbn
    case titleAuthor

    /// How sure the join is, 0...1. That of title and author is the precision measured on the pairs of
    /// `Tests/CatalogTests/Pairs`, rounded down.
    public var confidence: Double {
        switch self {
        case .edition, .isbn: 1
        case .titleAuthor: 0.99
        }
    }
}

extension LibraryEditor {
    /// Joins what readers rated to works: those that were not known, and those that are known better now. Writes only
    /// what changes. O(items log editions).
    func matchItems() throws { try matchItems(among: "main.items") }

    /// The same for the items of the attached staging file.
    func matchStagedItems() throws {
        try matchItems(among: "(SELECT * FROM main.items WHERE id IN (SELECT libraryId FROM staging.items))")
    }

    private func matchItems(among items: String) throws {
        try db.execute(
            sql: """
                UPDATE items SET workId = found.workId, method = found.method, confidence = found.confidence
                FROM (
                    SELECT id, COALESCE(own, byISBN, byKey) AS workId,
                        CASE WHEN own IS NOT NULL THEN ?1 WHEN byISBN IS NOT NULL THEN ?2
                            WHEN byKey IS NOT NULL THEN ?3 END AS method,
                        CASE WHEN own IS NOT NULL THEN ?4 WHEN byISBN IS NOT NULL THEN ?5
                            WHEN byKey IS NOT NULL THEN ?6 END AS confidence
                    FROM (
                        SELECT i.id,
                            COALESCE(
                                (SELECT e.workId FROM editions e WHERE e.source = i.source AND e.key = i.key),
                                (SELECT e.workId FROM editionAliases a JOIN editions e USING (source, key)
                                    WHERE a.source = i.source AND a.alias = i.key),
                                (SELECT w.id FROM works w WHERE w.id = substr(i.key, 6) AND i.key LIKE 'work:%'),
                                (SELECT w.workId FROM workAliases w WHERE w.id = substr(i.key, 6) AND i.key LIKE 'work:%')) AS own,
                            (SELECT e.workId FROM editions e WHERE e.isbn13 = i.isbn13 ORDER BY e.id LIMIT 1) AS byISBN,
                            (SELECT k.workId FROM workKeys k WHERE k.key = i.workKey) AS byKey
                        FROM \(items) i
                    )
                ) AS found
                WHERE found.id = items.id AND (items.workId IS NOT found.workId OR items.method IS NOT found.method)
                """,
            arguments: [
                ItemMatch.edition.rawValue, ItemMatch.isbn.rawValue, ItemMatch.titleAuthor.rawValue,
                ItemMatch.edition.confidence, ItemMatch.isbn.confidence, ItemMatch.titleAuthor.confidence,
            ])
    }
}
