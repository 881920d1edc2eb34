import Foundation
import GRDB

extension Library {
    /// Removes a reader with everything that is known of them, from the file and from what lies beside it.
    /// - Returns: nil when the source has no such reader.
    public func erase(reader name: String, of source: String) throws -> LibraryEditor.Erased? {
        let lock = try IngestLock(for: self)
        return try withExtendedLifetime(lock) {
            // What an interrupted run left may name the reader too; the run begins anew.
            try? FileManager.default.removeItem(at: stagingFolder)
            let erased = try edit { try $0.erase(reader: name, of: source) }
            do {
                try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            } catch let error as DatabaseError {
                throw LibraryError(error, path: path)
            }
            return erased
        }
    }
}

extension LibraryEditor {
    /// What was removed with a reader.
    public struct Erased: Sendable, Equatable {
        public var ratings: Int
        /// Refused rows of the reader's own shelf exports.
        public var quarantined: Int
        /// Refused rows of the source's other files, which may name the reader.
        public var left: Int
    }

    /// What is deleted is overwritten in the file.
    func erase(reader name: String, of source: String) throws -> Erased? {
        try db.execute(sql: "PRAGMA secure_delete = ON")
        defer { try? db.execute(sql: "PRAGMA secure_delete = OFF") }
        let id = try Int64.fetchOne(
            db, sql: "SELECT id FROM readers WHERE source = ? AND name = ?", arguments: [source, name])
        let shelves = """
            runId IN (SELECT id FROM runs WHERE kind = 'shelf' AND source = ?
                AND CASE WHEN json_valid(format) THEN json_extract(format, '$.reader') END = ?)
            """
        try db.execute(sql: "DELETE FROM quarantine WHERE \(shelves)", arguments: [source, name])
        let quarantined = db.changesCount
        guard let id else {
            return quarantined > 0 ? Erased(ratings: 0, quarantined: quarantined, left: 0) : nil
        }
        try db.execute(sql: "DELETE FROM ratings WHERE readerId = ?", arguments: [id])
        let ratings = db.changesCount
        try db.execute(sql: "DELETE FROM readers WHERE id = ?", arguments: [id])
        let left = try Int.fetchOne(
            db,
            sql: """
                SELECT COUNT(*) FROM quarantine JOIN runs ON runs.id = runId
                WHERE runs.kind = 'ratings' AND runs.source = ? AND instr(quarantine.row, ?) > 0
                """, arguments: [source, name])
        return Erased(ratings: ratings, quarantined: quarantined, left: left ?? 0)
    }
}
