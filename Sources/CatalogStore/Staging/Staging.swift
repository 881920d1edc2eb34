import Catalog
public import Foundation
import GRDB

/// A file's rows between the file and the library: one SQLite file that grows batch by batch, so that a run which was
/// killed goes on where it was, and nothing is in the library before all of it is.
///
/// One process at a time uses it; `IngestLock` sees to that.
public final class Staging {
    /// What has been staged so far.
    public struct Progress: Sendable, Equatable, Codable {
        /// Records of the file that were taken, refused ones among them.
        public var records = 0
        /// Rows that stand twice in the file with the same facts.
        public var repeated = 0
        public var ignored = 0
        public var quarantined = 0
        /// How many rows each rule refused.
        public var byRule: [String: Int] = [:]
        /// How often each step of normalisation was taken.
        public var byStep: [String: Int] = [:]
        public var isComplete = false

        public init() {}
    }

    public let url: URL
    private let library: Library
    let database: DatabaseQueue
    public private(set) var progress: Progress
    /// The number of each reader and item that came lately.
    var numbers = StagingNumbers()

    /// Opens what an earlier run with the same name left, or begins anew.
    /// - Parameter name: from everything that decides what the rows become: file, settings, program.
    /// - Throws: `LibraryError`.
    public init(for library: Library, name: String) throws {
        self.library = library
        let folder = library.stagingFolder
        url = folder.appending(path: "\(name).sqlite")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            var configuration = Configuration()
            configuration.prepareDatabase { db in
                // Losing the last batches in a power cut is fine, a torn file is not.
                try db.execute(
                    sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8192")
            }
            database = try DatabaseQueue(path: url.path, configuration: configuration)
            progress = try database.write { db in
                try db.execute(sql: Self.schema)
                guard let json = try String.fetchOne(db, sql: "SELECT json FROM progress") else { return Progress() }
                return try JSONDecoder().decode(Progress.self, from: Data(json.utf8))
            }
        } catch let error as DatabaseError {
            throw LibraryError(error, path: url.path)
        }
    }

    /// Takes the next rows of the file, all of them or none.
    /// - Parameter step: what to count each row's steps under.
    public func add(_ rows: [StagedRow], steps: [String: Int] = [:], isLast: Bool = false) throws {
        do {
            var next = progress
            next.isComplete = isLast
            for (step, count) in steps { next.byStep[step, default: 0] += count }
            try database.write { db in
                for row in rows {
                    next.records += 1
                    try add(row, to: db, counting: &next)
                }
                let json = String(decoding: try JSONEncoder().encode(next), as: UTF8.self)
                try db.execute(sql: "INSERT OR REPLACE INTO progress VALUES (1, ?)", arguments: [json])
            }
            progress = next
        } catch let error as DatabaseError {
            // What was numbered in a batch that failed is not there.
            numbers = StagingNumbers()
            throw LibraryError(error, path: url.path)
        }
    }

    /// Closes the file, which stays.
    public func close() throws { try database.close() }

    /// Closes the file and removes it.
    public func discard() throws {
        try close()
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: url.path + suffix)
        }
        // Goes only when it is empty.
        rmdir(url.deletingLastPathComponent().path)
    }

    /// The name of an author of a source that names people apart from books: from the file itself, or the library.
    public func name(ofAuthor id: String) throws -> String? {
        let staged = try database.read { db in
            try String.fetchOne(db.cachedStatement(sql: "SELECT name FROM people WHERE key = ?"), arguments: [id])
        }
        return try staged
            ?? library.read { db in
                try String.fetchOne(
                    db.cachedStatement(sql: "SELECT name FROM people WHERE key = ? LIMIT 1"), arguments: [id])
            }
    }

    /// Hands out what normalisation did, as JSON, in the order of the file. Flat memory.
    public func forEachStep(_ body: (_ line: Int, _ json: String) throws -> Void) throws {
        try database.read { db in
            let rows = try Row.fetchCursor(db, sql: "SELECT line, json FROM steps ORDER BY line")
            while let row = try rows.next() { try body(row[0], row[1]) }
        }
    }

    /// The first refused rows, in the order of the file.
    public func refused(first count: Int) throws -> [QuarantinedRow] {
        try database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM refused ORDER BY line LIMIT ?", arguments: [count])
                .map(QuarantinedRow.init)
        }
    }

    /// Hands out the refused rows in the order of the file. Flat memory.
    public func forEachRefused(_ body: (QuarantinedRow) throws -> Void) throws {
        try database.read { db in
            let rows = try Row.fetchCursor(db, sql: "SELECT * FROM refused ORDER BY line")
            while let row = try rows.next() { try body(QuarantinedRow(row)) }
        }
    }

    private static let schema = """
        CREATE TABLE IF NOT EXISTS progress (id INTEGER PRIMARY KEY, json TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS editions (
            line INTEGER PRIMARY KEY, source TEXT NOT NULL, key TEXT NOT NULL, digest BLOB NOT NULL,
            sourceID TEXT, isbn13 TEXT, title TEXT NOT NULL, subtitle TEXT, authors TEXT NOT NULL, series TEXT,
            categories TEXT NOT NULL, year INTEGER, pages INTEGER, language TEXT, averageRating REAL,
            ratingsCount INTEGER NOT NULL, description TEXT, coverURL TEXT,
            toldWork TEXT, toldJoin TEXT, toldLead INTEGER, isHidden INTEGER NOT NULL,
            UNIQUE (source, key));
        CREATE TABLE IF NOT EXISTS aliases (source TEXT NOT NULL, alias TEXT NOT NULL, key TEXT NOT NULL,
            PRIMARY KEY (source, alias)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS people (key TEXT PRIMARY KEY NOT NULL, source TEXT NOT NULL, name TEXT NOT NULL)
            WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS readers (
            id INTEGER PRIMARY KEY, source TEXT NOT NULL, name TEXT NOT NULL, simulated INTEGER NOT NULL,
            libraryId INTEGER, UNIQUE (source, name));
        CREATE TABLE IF NOT EXISTS items (
            id INTEGER PRIMARY KEY, source TEXT NOT NULL, key TEXT NOT NULL, isbn13 TEXT, title TEXT, authors TEXT,
            workKey TEXT, libraryId INTEGER, UNIQUE (source, key));
        CREATE TABLE IF NOT EXISTS marks (
            line INTEGER PRIMARY KEY, reader INTEGER NOT NULL, item INTEGER NOT NULL, stars REAL,
            shelf INTEGER NOT NULL, day INTEGER);
        CREATE TABLE IF NOT EXISTS tags (
            id INTEGER PRIMARY KEY, source TEXT NOT NULL, key TEXT NOT NULL, name TEXT, nameBeside TEXT,
            libraryId INTEGER, UNIQUE (source, key));
        CREATE TABLE IF NOT EXISTS taggings (
            line INTEGER PRIMARY KEY, item INTEGER NOT NULL, tag INTEGER NOT NULL, count INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS refused (
            line INTEGER PRIMARY KEY, rule TEXT NOT NULL, field TEXT, value TEXT, remedy TEXT NOT NULL,
            row TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS steps (line INTEGER PRIMARY KEY, json TEXT NOT NULL);
        """
}

extension Library {
    /// Where unfinished ingestions lie, beside the library.
    public var stagingFolder: URL { URL(fileURLWithPath: path + "-staging", isDirectory: true) }
}
