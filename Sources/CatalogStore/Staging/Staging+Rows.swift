import Catalog
import Foundation
import GRDB

/// Numbers of readers and items that came lately, so that most rows of a large file need no look-up. Bounded.
struct StagingNumbers {
    private static let limit = 50_000
    private var lastReader: (source: String, name: String, id: Int64)?
    private var items: [String: Int64] = [:]

    func reader(_ name: String, of source: String) -> Int64? {
        guard let lastReader, lastReader.name == name, lastReader.source == source else { return nil }
        return lastReader.id
    }

    mutating func note(reader name: String, of source: String, id: Int64) { lastReader = (source, name, id) }

    func item(_ key: String, of source: String) -> Int64? { items[source + "\u{1F}" + key] }

    mutating func note(item key: String, of source: String, id: Int64) {
        if items.count >= Self.limit { items.removeAll(keepingCapacity: true) }
        items[source + "\u{1F}" + key] = id
    }
}

extension Staging {
    func add(_ row: StagedRow, to db: Database, counting progress: inout Progress) throws {
        if let steps = row.steps {
            try db.cachedStatement(sql: "INSERT OR REPLACE INTO steps VALUES (?, ?)")
                .execute(arguments: [row.line, steps])
        }
        switch row.content {
        case .edition(let edition, let place, let isHidden, let alias):
            try add(edition, at: place, isHidden, row, to: db, counting: &progress)
            if let alias {
                try db.cachedStatement(sql: "INSERT OR IGNORE INTO aliases VALUES (?, ?, ?)")
                    .execute(arguments: [row.source, alias.rawValue, edition.key.rawValue])
            }
        case .mark(let mark): try add(mark, row, to: db)
        case .author(let id, let name):
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO people VALUES (?, ?, ?)")
                .execute(arguments: [id, row.source, name])
            // Of a name that comes twice, the first holds.
            if db.changesCount == 0 { progress.repeated += 1 }
        case .tag(let id, let name):
            try db.cachedStatement(
                sql: """
                    INSERT INTO tags (source, key, name) VALUES (?, ?, ?)
                    ON CONFLICT DO UPDATE SET name = excluded.name WHERE name IS NULL
                    """
            ).execute(arguments: [row.source, id, name])
            if db.changesCount == 0 { progress.repeated += 1 }
        case .tagging(let item, let tag, let name, let count):
            let itemID = try number(of: RatedItem(key: item), source: row.source, in: db)
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO tags (source, key) VALUES (?, ?)")
                .execute(arguments: [row.source, tag])
            if let name {
                try db.cachedStatement(sql: "UPDATE tags SET nameBeside = ? WHERE source = ? AND key = ?")
                    .execute(arguments: [name, row.source, tag])
            }
            try db.cachedStatement(
                sql: "INSERT INTO taggings SELECT ?, ?, id, ? FROM tags WHERE source = ? AND key = ?"
            ).execute(arguments: [row.line, itemID, count, row.source, tag])
        case .ignored:
            progress.ignored += 1
        case .refused(let refused):
            try refuse(refused, in: db, counting: &progress)
        }
    }

    private func add(
        _ edition: Edition, at place: EditionPlace?, _ isHidden: Bool, _ row: StagedRow, to db: Database,
        counting progress: inout Progress
    ) throws {
        let digest = EditionRecord.digest(of: edition)
        let values =
            try [row.line, row.source, edition.key.rawValue, digest] as [(any DatabaseValueConvertible)?]
            + EditionRecord.values(of: edition) + [place?.work.rawValue, place?.joinedBy, place?.leads, isHidden]
        let marks = values.map { _ in "?" }.joined(separator: ", ")
        try db.cachedStatement(sql: "INSERT INTO editions VALUES (\(marks)) ON CONFLICT (source, key) DO NOTHING")
            .execute(arguments: StatementArguments(values))
        guard db.changesCount == 0 else { return }
        let first = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT line, digest FROM editions WHERE source = ? AND key = ?"),
            arguments: [row.source, edition.key.rawValue])
        if let first, first["digest"] as Data == digest {
            progress.repeated += 1
            return
        }
        // The first is kept, since no rule could choose.
        let refused = QuarantinedRow(
            line: row.line, rule: "duplicateEdition", field: edition.isbn13 == nil ? "title" : "isbn13",
            value: edition.isbn13?.digits ?? edition.title,
            remedy: "Line \(first.map { "\($0["line"] as Int)" } ?? "?") has the same edition with other facts. "
                + "Keep one of the two rows.",
            row: row.text)
        try refuse(refused, in: db, counting: &progress)
    }

    private func refuse(_ refused: QuarantinedRow, in db: Database, counting progress: inout Progress) throws {
        progress.quarantined += 1
        progress.byRule[refused.rule, default: 0] += 1
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO refused VALUES (?, ?, ?, ?, ?, ?)")
            .execute(arguments: [
                refused.line, refused.rule, refused.field, refused.value, refused.remedy, refused.row,
            ])
    }

    private func add(_ mark: ReaderMark, _ row: StagedRow, to db: Database) throws {
        let reader = try number(ofReader: mark.reader, row, in: db)
        let item = try number(of: mark.item, source: row.source, in: db)
        try db.cachedStatement(sql: "INSERT INTO marks VALUES (?, ?, ?, ?, ?, ?)")
            .execute(arguments: [row.line, reader, item, mark.stars, mark.shelf.code, mark.day])
    }

    private func number(ofReader name: String, _ row: StagedRow, in db: Database) throws -> Int64 {
        if let id = numbers.reader(name, of: row.source) { return id }
        let known = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM readers WHERE source = ? AND name = ?"),
            arguments: [row.source, name])
        var id = known ?? 0
        if known == nil {
            try db.cachedStatement(sql: "INSERT INTO readers (source, name, simulated) VALUES (?, ?, ?)")
                .execute(arguments: [row.source, name, row.isSimulated])
            id = db.lastInsertedRowID
        }
        numbers.note(reader: name, of: row.source, id: id)
        return id
    }

    private func number(of item: RatedItem, source: String, in db: Database) throws -> Int64 {
        let key = item.key.rawValue
        if let id = numbers.item(key, of: source) { return id }
        let known = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM items WHERE source = ? AND key = ?"), arguments: [source, key])
        var id = known ?? 0
        if known == nil {
            let workKey = item.title.flatMap { WorkKey(title: $0, subtitle: nil, authors: item.authors) }?.description
            try db.cachedStatement(
                sql: "INSERT INTO items (source, key, isbn13, title, authors, workKey) VALUES (?, ?, ?, ?, ?, ?)"
            ).execute(arguments: [
                source, key, item.isbn13?.digits, item.title,
                item.authors.isEmpty ? nil : try JSONList.encode(item.authors), workKey,
            ])
            id = db.lastInsertedRowID
        }
        numbers.note(item: key, of: source, id: id)
        return id
    }
}

extension ReaderMark.Shelf {
    /// As `ratings.shelf` holds it.
    var code: Int {
        switch self {
        case .read: 0
        case .reading: 1
        case .wantToRead: 2
        case .abandoned: 3
        }
    }

    init?(code: Int) {
        guard let shelf = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = shelf
    }
}
