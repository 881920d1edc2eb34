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
                    for (row, work) in zip(0..., works) { try insert(work, row: row, into: db) }
                    try db.execute(sql: "INSERT INTO names (names) VALUES ('optimize')")
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
        CREATE VIRTUAL TABLE names USING fts5 (title, authors, content = '', tokenize = 'unicode61 remove_diacritics 0');
        """

    private static func insert(_ work: Work, row: Int, into db: Database) throws {
        try db.cachedStatement(sql: "INSERT INTO works VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .execute(arguments: [
                row, work.id.rawValue, work.title, work.subtitle, try JSONList.encode(work.authors),
                try JSONList.encode(work.isbn13s.map(\.digits)), work.year, work.pages,
                try JSONList.encode(work.categories), work.averageRating, work.ratingsCount, work.description,
                work.coverURL,
            ])
        for isbn in work.isbn13s {
            try db.cachedStatement(sql: "INSERT INTO isbns VALUES (?, ?)").execute(arguments: [isbn.digits, row])
        }
        // Folded by us, so that queries and titles are folded alike; FTS5 only splits at the spaces.
        try db.cachedStatement(sql: "INSERT INTO names (rowid, title, authors) VALUES (?, ?, ?)")
            .execute(arguments: [
                row, FoldedText.fold("\(work.title) \(work.subtitle ?? "")"),
                FoldedText.fold(work.authors.joined(separator: " ")),
            ])
    }
}
