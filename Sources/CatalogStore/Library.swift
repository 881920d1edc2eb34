import Foundation
import GRDB
import GRDBSQLite

/// The library: works, their editions, and the rows that were refused. The only mutable state of the program.
///
/// One SQLite file in WAL mode: one writer, many readers, each read sees one state of the whole.
public final class Library: Sendable {
    public enum Access: Sendable {
        /// Makes the file and its folder when they are missing.
        case create
        /// Refuses when there is no library yet.
        case existing
    }

    let path: String
    let database: DatabasePool

    /// The highest schema number that this program knows. A library that needs a higher one is refused.
    public static var schema: Int { LibrarySchema.released.number }

    /// Opens the library and brings its schema up to date. One that a newer release has changed stays as it is, and is
    /// usable where the change harms no older release.
    /// - Throws: `LibraryError`.
    public convenience init(path: String, access: Access = .existing) throws {
        try self.init(path: path, access: access, schema: .released)
    }

    init(path: String, access: Access, schema: LibrarySchema) throws {
        self.path = path
        let manager = FileManager.default
        if !manager.fileExists(atPath: path) {
            guard access == .create else { throw LibraryError.missing(path: path) }
            do {
                let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
                try manager.createDirectory(at: folder, withIntermediateDirectories: true)
            } catch {
                throw LibraryError.unusable(
                    path: path, reason: "its folder cannot be made (\(error.localizedDescription))")
            }
        }
        do {
            database = try Self.opened(path: path, schema: schema)
        } catch let error as DatabaseError {
            throw LibraryError(error, path: path)
        }
    }

    /// Of several that open a new file at the same time, SQLite refuses some at once, without a wait: all but one would have
    /// to give way for it to become a file in WAL mode. So they try again, for as long as one waits for a writer.
    private static func opened(path: String, schema: LibrarySchema) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        let start = Date()
        while true {
            do {
                let database = try DatabasePool(path: path, configuration: configuration)
                try schema.migrate(database)
                return database
            } catch let error as DatabaseError
                where error.resultCode == .SQLITE_BUSY && Date().timeIntervalSince(start) < patience
            {
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
    }

    /// For how long a writer is waited for, in seconds.
    private static let patience: TimeInterval = 10

    deinit { try? close() }

    /// Closes the library, which is of no use after.
    public func close() throws {
        do {
            // Only a connection that may write can clean up, so it must be the last one.
            database.releaseMemory()
            try database.close()
        } catch let error as DatabaseError {
            throw LibraryError(error, path: path)
        }
    }

    /// Says that another file has taken this one's name. What lies beside the name is that one's now, so it is not cleaned up
    /// when this one is closed.
    public func leaveName() {
        database.writeWithoutTransaction { db in
            var keeps: CInt = 1
            sqlite3_file_control(db.sqliteConnection, nil, SQLITE_FCNTL_PERSIST_WAL, &keeps)
        }
    }

    /// Closes a library that nobody else has open, and makes sure that everything is in the one file.
    public func seal() throws {
        do {
            database.releaseMemory()
            // Closing does this too, but does not tell when the disk is full.
            try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        } catch let error as DatabaseError {
            throw LibraryError(error, path: path)
        }
        try close()
    }
}
