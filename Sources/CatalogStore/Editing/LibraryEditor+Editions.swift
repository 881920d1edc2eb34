public import Catalog
import Foundation
import GRDB

/// What became of an edition that was put into the library.
public enum EditionOutcome: String, Sendable, Codable {
    /// It made a new work.
    case accepted
    /// It is a new edition of a work that was there.
    case merged
    /// It was there with other facts, or hidden.
    case updated
    /// It was there with the same facts.
    case unchanged
}

/// How an edition came to its work.
enum EditionJoin: String {
    /// It is the work's first.
    case first
    /// Another edition, of another source, has the same ISBN.
    case isbn
    case titleAuthor
    /// A person said so.
    case byHand
}

extension LibraryEditor {
    /// Puts an edition in: as a new work, as a new edition of the work it belongs to, or in place of what the same
    /// source said of it before. O(log n).
    /// - Parameter file: the file it came in, for its lineage.
    public func put(_ edition: Edition, source: String, file: String = "") throws -> EditionOutcome {
        try put(edition, digest: EditionRecord.digest(of: edition), source: source, file: file)
    }

    /// - Parameters:
    ///   - told: where an export of a library says that the edition stands.
    ///   - isHidden: as that export says.
    func put(
        _ edition: Edition, digest: Data, source: String, file: String, told: EditionPlace? = nil,
        isHidden: Bool = false
    ) throws -> EditionOutcome {
        let known = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM editions WHERE source = ? AND key = ?"),
            arguments: [source, edition.key.rawValue])
        guard let known else {
            if let told {
                let isNew = try settle(edition, source: source, at: told)
                try insert(
                    edition, digest: digest, into: told.work, joinedBy: EditionJoin(rawValue: told.joinedBy) ?? .first,
                    source: source, file: file, isHidden: isHidden)
                return isNew ? .accepted : .merged
            }
            let place = try place(of: edition, source: source)
            let work = try place.work ?? newWork(for: edition, source: source)
            try insert(
                edition, digest: digest, into: work, joinedBy: place.join, source: source, file: file,
                isHidden: isHidden)
            return place.work == nil ? .accepted : .merged
        }
        let record = try EditionRecord(row: known)
        if record.edition == edition, known["hidden"] == isHidden {
            // Libraries from before digests have none.
            if known["digest"] as Data? != digest { try setDigest(digest, of: record.id) }
            return .unchanged
        }
        let place = try placeAfterChange(of: record, joinedBy: known["joinedBy"], to: edition, source: source)
        let assignments = EditionRecord.columns.map { "\($0) = ?" }.joined(separator: ", ")
        let values =
            try EditionRecord.values(of: edition)
            + [digest, place.work.rawValue, place.join.rawValue, file, isHidden, record.id]
        try db.cachedStatement(
            sql: """
                UPDATE editions SET \(assignments), digest = ?, workId = ?, joinedBy = ?, file = ?, hidden = ?
                WHERE id = ?
                """
        ).execute(arguments: StatementArguments(values))
        try removeIfEmpty(record.workID)
        return .updated
    }

    /// True when this source tells this very edition, with the same facts.
    public func holds(_ edition: Edition, source: String) throws -> Bool {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM editions WHERE source = ? AND key = ?"),
            arguments: [source, edition.key.rawValue])
        return try row.map(EditionRecord.init(row:))?.edition == edition
    }

    /// Hides the editions of a file that are not among the staged ones.
    /// - Returns: how many.
    func hideEditions(of file: String, source: String) throws -> Int {
        try db.execute(
            sql: """
                UPDATE editions SET hidden = 1
                WHERE source = ?1 AND file = ?2 AND hidden = 0 AND NOT EXISTS (
                    SELECT 1 FROM staging.editions s WHERE s.source = ?1 AND s.key = editions.key)
                """, arguments: [source, file])
        return db.changesCount
    }

    private func setDigest(_ digest: Data, of id: Int64) throws {
        try db.cachedStatement(sql: "UPDATE editions SET digest = ? WHERE id = ?").execute(arguments: [digest, id])
    }

    private func insert(
        _ edition: Edition, digest: Data, into work: WorkID, joinedBy join: EditionJoin, source: String, file: String,
        isHidden: Bool = false
    ) throws {
        let marks = EditionRecord.columns.map { _ in "?" }.joined(separator: ", ")
        let values =
            try [source, edition.key.rawValue, work.rawValue, join.rawValue, file, isHidden, digest]
            + EditionRecord.values(of: edition)
        try db.cachedStatement(
            sql: """
                INSERT INTO editions (source, key, workId, joinedBy, file, hidden, digest, \(EditionRecord.columnList))
                VALUES (?, ?, ?, ?, ?, ?, ?, \(marks))
                """
        ).execute(arguments: StatementArguments(values))
    }
}
