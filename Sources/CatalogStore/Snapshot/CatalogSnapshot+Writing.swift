public import Catalog
import Foundation
import GRDB

extension CatalogSnapshot {
    /// Writes the works, numbered from 0 in their order, to a new file. The same works give the same bytes. O(n log n).
    /// - Throws: `LibraryError` when the file exists or cannot be written.
    public static func write(_ works: some Sequence<Work>, to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw LibraryError.unusable(path: path, reason: "it exists already")
        }
        do {
            let database = try DatabaseQueue(path: path)
            // The file is thrown away unless it is written to the end, so it needs no journal.
            try database.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
                try db.inTransaction {
                    try db.execute(sql: schema)
                    var columns = CatalogColumns.Builder()
                    for (row, work) in zip(0..., works) {
                        try insert(work, row: row, into: db)
                        columns.add(work)
                    }
                    try columns.finish().write(to: db)
                    return .commit
                }
                try db.execute(sql: "VACUUM")
            }
            try database.close()
        } catch let error as DatabaseError {
            throw LibraryError(error, path: path)
        }
    }

    private static let schema = """
        CREATE TABLE works (
            row INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            subtitle TEXT,
            authors TEXT NOT NULL,
            series TEXT,
            language TEXT,
            isbn13s TEXT NOT NULL,
            year INTEGER,
            pages INTEGER,
            categories TEXT NOT NULL,
            averageRating REAL,
            ratingsCount INTEGER NOT NULL,
            description TEXT,
            coverURL TEXT
        );
        CREATE TABLE isbns (isbn13 TEXT PRIMARY KEY NOT NULL, row INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE columns (name TEXT PRIMARY KEY NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
        """

    private static func insert(_ work: Work, row: Int, into db: Database) throws {
        try db.cachedStatement(sql: "INSERT INTO works VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .execute(arguments: [
                row, work.id.rawValue, work.title, work.subtitle, try JSONList.encode(work.authors),
                work.series, work.language, try JSONList.encode(work.isbn13s.map(\.digits)), work.year, work.pages,
                try JSONList.encode(work.categories), work.averageRating, work.ratingsCount, work.description,
                work.coverURL,
            ])
        for isbn in work.isbn13s {
            try db.cachedStatement(sql: "INSERT INTO isbns VALUES (?, ?)").execute(arguments: [isbn.digits, row])
        }
    }
}
