import Foundation
import GRDB

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

    /// Opens the library and brings its schema up to date.
    /// - Throws: `LibraryError`.
    public init(path: String, access: Access = .existing) throws {
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
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            database = try DatabasePool(path: path, configuration: configuration)
            let newer = try database.read { try Self.migrator.hasBeenSuperseded($0) }
            guard !newer else { throw LibraryError.newer(path: path) }
            try Self.migrator.migrate(database)
        } catch let error as DatabaseError {
            throw LibraryError(error, path: path)
        }
    }

    /// Numbered, never changed once released: a new need is a new migration.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(
                sql: """
                    CREATE TABLE works (
                        id TEXT PRIMARY KEY NOT NULL,
                        mergeKey TEXT UNIQUE
                    ) WITHOUT ROWID;

                    CREATE TABLE editions (
                        id INTEGER PRIMARY KEY,
                        workId TEXT NOT NULL REFERENCES works (id),
                        key TEXT NOT NULL UNIQUE,
                        isbn13 TEXT UNIQUE,
                        title TEXT NOT NULL,
                        subtitle TEXT,
                        authors TEXT NOT NULL,
                        categories TEXT NOT NULL,
                        year INTEGER,
                        pages INTEGER,
                        averageRating REAL,
                        ratingsCount INTEGER NOT NULL,
                        description TEXT,
                        coverURL TEXT,
                        source TEXT NOT NULL
                    );
                    CREATE INDEX editionsByWork ON editions (workId);

                    CREATE TABLE quarantine (
                        id INTEGER PRIMARY KEY,
                        source TEXT NOT NULL,
                        line INTEGER NOT NULL,
                        rule TEXT NOT NULL,
                        field TEXT,
                        value TEXT,
                        remedy TEXT NOT NULL,
                        row TEXT NOT NULL
                    );
                    CREATE INDEX quarantineBySource ON quarantine (source, line);

                    CREATE TABLE runs (
                        id INTEGER PRIMARY KEY,
                        source TEXT NOT NULL,
                        sha256 TEXT NOT NULL,
                        finishedAt TEXT NOT NULL,
                        codeVersion TEXT NOT NULL,
                        report TEXT NOT NULL
                    );
                    """)
        }
        return migrator
    }
}
