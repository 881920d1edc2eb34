public import Foundation
import GRDB

extension Library {
    /// Copies the library as it is at one moment to a new file, while others read and write it. O(size), flat memory.
    /// - Throws: `LibraryError` when the file exists or cannot be written; then nothing is left of it.
    public func backUp(to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw LibraryError.backupExists(path: path)
        }
        let unfinished = path + ".unfinished"
        Self.remove(unfinished)
        do {
            let copy = try DatabaseQueue(path: unfinished)
            try database.backup(to: copy)
            // One file that needs nothing beside it.
            try copy.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA journal_mode = DELETE")
                try Self.verify(db, path: unfinished)
            }
            try copy.close()
            try Self.sync(unfinished)
            guard link(unfinished, path) == 0 else {
                throw errno == EEXIST
                    ? LibraryError.backupExists(path: path)
                    : LibraryError.unusable(path: path, reason: String(cString: strerror(errno)))
            }
            Self.remove(unfinished)
        } catch {
            Self.remove(unfinished)
            guard let error = error as? DatabaseError else { throw error }
            throw LibraryError(error, path: path)
        }
    }

    /// Puts a backup in the library's place, in one transaction. A library that cannot be read any more is moved aside,
    /// not deleted.
    /// - Returns: where a damaged library was moved to; nil when there was none.
    /// - Throws: `LibraryError` when the backup is not a whole library; then the library is as it was.
    public static func restore(_ path: String, from backup: String, now: Date = Date()) throws -> String? {
        guard FileManager.default.fileExists(atPath: backup) else { throw LibraryError.missing(path: backup) }
        do {
            var configuration = Configuration()
            configuration.readonly = true
            let source = try DatabaseQueue(path: backup, configuration: configuration)
            try source.read { db in
                try verify(db, path: backup)
                guard try db.tableExists("works"), try db.tableExists("editions"), try db.tableExists("runs") else {
                    throw LibraryError.notALibrary(path: backup)
                }
                let needed = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                guard needed <= schema else {
                    throw LibraryError.newer(path: backup, needed: needed, known: schema)
                }
            }
            let aside = try moveAsideIfDamaged(path, now: now)
            let library = try Library(path: path, access: .create)
            let lock = try IngestLock(for: library)
            try withExtendedLifetime(lock) { try source.backup(to: library.database) }
            try library.close()
            // A backup of an earlier version is brought up to date here, so that what is wrong is said now.
            try Library(path: path).close()
            return aside
        } catch let error as DatabaseError {
            guard error.resultCode == .SQLITE_NOTADB || error.resultCode == .SQLITE_CORRUPT else {
                throw LibraryError(error, path: path)
            }
            throw LibraryError.notALibrary(path: backup)
        }
    }

    private static func moveAsideIfDamaged(_ path: String, now: Date) throws -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            try Library(path: path).close()
            return nil
        } catch let error as LibraryError {
            guard case .damaged = error else { throw error }
            let aside = path + ".damaged-" + now.formatted(.iso8601.timeSeparator(.omitted))
            for suffix in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
                try FileManager.default.moveItem(atPath: path + suffix, toPath: aside + suffix)
            }
            try FileManager.default.moveItem(atPath: path, toPath: aside)
            return aside
        }
    }

    private static func verify(_ db: Database, path: String) throws {
        let result = try String.fetchAll(db, sql: "PRAGMA quick_check(3)")
        guard result == ["ok"] else {
            throw LibraryError.damaged(path: path, reason: result.joined(separator: "; "))
        }
    }

    private static func remove(_ path: String) {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(path + suffix) }
    }

    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { Glibc.close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw LibraryError.unusable(path: path, reason: String(cString: strerror(errno)))
        }
    }
}
