public import Catalog
import Foundation
import GRDB

/// Joins and splits by hand. They hold whatever is taken in later.
extension LibraryEditor {
    /// Makes two works one, which keeps the first one's id. The second's id goes on finding it.
    /// - Throws: `CorrectionError` when a work is not there, or both are the same.
    public func join(_ kept: WorkID, with other: WorkID) throws {
        let (kept, other) = (try existing(kept), try existing(other))
        guard kept != other else { throw CorrectionError.same(kept) }
        try move(other, into: kept, byHand: true)
    }

    /// Takes editions out of their work; together they make a work of their own.
    /// - Returns: the new work's id.
    /// - Throws: `CorrectionError` when the work or an edition is not there, or nothing would be left of the work.
    public func split(_ work: WorkID, editions isbns: [ISBN13]) throws -> WorkID {
        let work = try existing(work)
        let rows = try Row.fetchAll(
            db, sql: "SELECT id, source, key, isbn13 FROM editions WHERE workId = ? ORDER BY source, key",
            arguments: [work.rawValue])
        let wanted = Set(isbns.map(\.digits))
        let chosen = rows.filter { ($0["isbn13"] as String?).map(wanted.contains) ?? false }
        let found = Set(chosen.compactMap { $0["isbn13"] as String? })
        if let missing = isbns.first(where: { !found.contains($0.digits) }) {
            throw CorrectionError.noSuchEdition(missing, work)
        }
        guard chosen.count < rows.count else { throw CorrectionError.nothingLeft(work) }
        let new = try unusedID(
            from: "split:" + chosen.map { "\($0["source"] as String)|\($0["key"] as String)" }.joined())
        try db.execute(sql: "INSERT INTO works (id) VALUES (?)", arguments: [new.rawValue])
        // The rest is pinned too: what is split stays split whichever edition comes first next time.
        for row in rows {
            let isChosen = chosen.contains { $0["id"] as Int64 == row["id"] as Int64 }
            let target = isChosen ? new : work
            try db.execute(
                sql: """
                    INSERT INTO pins (source, key, workId) VALUES (?, ?, ?)
                    ON CONFLICT DO UPDATE SET workId = excluded.workId
                    """, arguments: [row["source"] as String, row["key"] as String, target.rawValue])
            try db.execute(
                sql: "UPDATE editions SET workId = ?, joinedBy = 'byHand' WHERE id = ?",
                arguments: [target.rawValue, row["id"] as Int64])
        }
        try matchItems()
        return new
    }

    /// Gives everything of one work to another.
    func move(_ other: WorkID, into kept: WorkID, byHand: Bool) throws {
        if byHand {
            // Editions without a key of title and author, and those that a person had put there, are pinned one by one.
            for row in try Row.fetchAll(
                db, sql: "SELECT * FROM editions WHERE workId IN (?, ?)", arguments: [kept.rawValue, other.rawValue])
            {
                try db.execute(
                    sql: """
                        INSERT INTO pins (source, key, workId) VALUES (?, ?, ?)
                        ON CONFLICT DO UPDATE SET workId = excluded.workId
                        """, arguments: [row["source"] as String, row["key"] as String, kept.rawValue])
            }
        }
        let (kept, other) = (kept.rawValue, other.rawValue)
        let mark = byHand ? "byHand = 1" : "byHand = byHand"
        try db.execute(sql: "UPDATE workKeys SET \(mark) WHERE workId IN (?, ?)", arguments: [kept, other])
        if byHand {
            try db.execute(
                sql: "UPDATE editions SET joinedBy = 'byHand' WHERE workId IN (?, ?)", arguments: [kept, other])
        }
        for table in ["editions", "workKeys", "pins", "workAliases", "items"] {
            try db.execute(sql: "UPDATE \(table) SET workId = ? WHERE workId = ?", arguments: [kept, other])
        }
        try db.execute(sql: "INSERT INTO workAliases (id, workId) VALUES (?, ?)", arguments: [other, kept])
        try db.execute(sql: "DELETE FROM works WHERE id = ?", arguments: [other])
    }

    /// The work with this id, or the one that it was joined to.
    func existing(_ id: WorkID) throws -> WorkID {
        let found = try String.fetchOne(
            db,
            sql: """
                SELECT id FROM works WHERE id = ?1 UNION ALL SELECT workId FROM workAliases WHERE id = ?1
                """, arguments: [id.rawValue])
        guard let found else { throw CorrectionError.noSuchWork(id) }
        return WorkID(rawValue: found)
    }
}

/// Why works cannot be joined or split.
public enum CorrectionError: Error, Sendable, Equatable, CustomStringConvertible {
    case noSuchWork(WorkID)
    case same(WorkID)
    case noSuchEdition(ISBN13, WorkID)
    case nothingLeft(WorkID)

    public var description: String {
        switch self {
        case .noSuchWork(let id):
            "There is no work \(id) in the library. Find its id with `bookrec library find TITLE`."
        case .same(let id): "Both are the work \(id). Name two different works."
        case .noSuchEdition(let isbn, let id):
            "The work \(id) has no edition with the ISBN \(isbn). See its editions with `bookrec library find \(id)`."
        case .nothingLeft(let id):
            "All editions of the work \(id) were named, so nothing would be left of it. Name only those that belong elsewhere."
        }
    }
}
