public import Catalog
import GRDB

/// An edition with what the library made of it: enough to make the same library again.
public struct ExportedEdition: Sendable {
    public var source: String
    public var edition: Edition
    public var place: EditionPlace
    public var isHidden: Bool
    /// Another name that files of the same source call it by.
    public var alias: EditionKey?
}

/// Where an edition stands.
public struct EditionPlace: Sendable, Hashable {
    public var work: WorkID
    /// `first`, `isbn`, `titleAuthor` or `byHand`.
    public var joinedBy: String
    /// Whether title and author of this edition lead others to the work.
    public var leads: Bool

    public init(work: WorkID, joinedBy: String, leads: Bool) {
        self.work = work
        self.joinedBy = joinedBy
        self.leads = leads
    }
}

public struct ExportedMark: Sendable {
    public var source: String
    public var mark: ReaderMark
    public var isSimulated: Bool
}

public struct ExportedTag: Sendable {
    public var source: String
    public var item: EditionKey
    public var tag: String
    public var name: String?
    public var count: Int
}

extension Library {
    /// Hands out every edition in the order they came in. Flat memory.
    public func forEachEdition(_ body: (ExportedEdition) throws -> Void) throws {
        try read { db in
            let rows = try Row.fetchCursor(db, sql: "SELECT * FROM editions ORDER BY id")
            while let row = try rows.next() {
                let edition = try EditionRecord.edition(row)
                let work: String = row["workId"]
                let leads = try WorkKey(edition).map { key in
                    try String.fetchOne(
                        db.cachedStatement(sql: "SELECT workId FROM workKeys WHERE key = ?"),
                        arguments: [key.description]) == work
                }
                try body(
                    ExportedEdition(
                        source: row["source"], edition: edition,
                        place: EditionPlace(
                            work: WorkID(rawValue: work), joinedBy: row["joinedBy"], leads: leads ?? false),
                        isHidden: row["hidden"],
                        alias: try String.fetchOne(
                            db.cachedStatement(sql: "SELECT alias FROM editionAliases WHERE source = ? AND key = ?"),
                            arguments: [row["source"] as String, row["key"] as String]
                        ).map(EditionKey.init(rawValue:))))
            }
        }
    }

    /// Hands out every reader's marks. Flat memory.
    public func forEachMark(_ body: (ExportedMark) throws -> Void) throws {
        try read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT readers.source, readers.name, readers.simulated, items.key, items.isbn13, items.title,
                        items.authors, stars, shelf, day
                    FROM ratings CROSS JOIN readers ON readers.id = readerId CROSS JOIN items ON items.id = itemId
                    ORDER BY readerId, itemId
                    """)
            while let row = try rows.next() {
                let item = RatedItem(
                    key: EditionKey(rawValue: row[3]), isbn13: (row[4] as String?).flatMap { ISBN13($0) },
                    title: row[5],
                    authors: try (row[6] as String?).map(JSONList.decode) ?? [])
                let mark = ReaderMark(
                    reader: row[1], item: item, stars: row[7], shelf: ReaderMark.Shelf(code: row[8]) ?? .read,
                    day: row[9])
                try body(ExportedMark(source: row[0], mark: mark, isSimulated: row[2]))
            }
        }
    }

    /// Hands out how often readers gave each tag to a book. Flat memory.
    public func forEachTag(_ body: (ExportedTag) throws -> Void) throws {
        try read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT items.source, items.key, tags.key, tags.name, count
                    FROM itemTags JOIN items ON items.id = itemId JOIN tags ON tags.id = tagId ORDER BY itemId, tagId
                    """)
            while let row = try rows.next() {
                try body(
                    ExportedTag(
                        source: row[0], item: EditionKey(rawValue: row[1]), tag: row[2], name: row[3], count: row[4]))
            }
        }
    }
}
