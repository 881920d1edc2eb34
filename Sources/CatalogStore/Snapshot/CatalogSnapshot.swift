public import Catalog
import Foundation
import GRDB

/// The works of one bundle, frozen: what answers are made of while the library goes on changing.
///
/// One SQLite file, written once and then only read. Works are numbered from 0 in the order they were written; the
/// bundle's vectors have the same order. What works are filtered and counted by stands beside them once more, in columns.
public final class CatalogSnapshot: Sendable {
    private let database: DatabaseQueue

    /// Opens a snapshot for reading.
    /// - Throws: `LibraryError`.
    public init(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { throw LibraryError.missing(path: path) }
        do {
            var configuration = Configuration()
            configuration.readonly = true
            database = try DatabaseQueue(path: path, configuration: configuration)
        } catch let error as DatabaseError {
            // Not `.damaged`: no backup mends a snapshot.
            throw LibraryError.unusable(path: path, reason: error.message ?? error.description)
        }
    }

    /// The works at these row numbers, in that order. O(k log n).
    /// - Throws: `LibraryError.unusable` when a row does not exist.
    public func works(atRows rows: [Int]) throws -> [Work] {
        try database.read { db in
            let statement = try db.cachedStatement(sql: "SELECT * FROM works WHERE row = ?")
            return try rows.map { row in
                guard let found = try Row.fetchOne(statement, arguments: [row]) else {
                    throw LibraryError.unusable(path: database.path, reason: "it has no row \(row)")
                }
                return try Self.work(from: found)
            }
        }
    }

    /// The titles of the works at these rows, in that order. O(rows log n).
    public func titles(atRows rows: [Int]) throws -> [String] {
        try database.read { db in
            let statement = try db.cachedStatement(sql: "SELECT title FROM works WHERE row = ?")
            return try rows.map { row in
                guard let title = try String.fetchOne(statement, arguments: [row]) else {
                    throw LibraryError.unusable(path: database.path, reason: "it has no row \(row)")
                }
                return title
            }
        }
    }

    /// What works are filtered, sorted and counted by. O(n).
    /// - Throws: `LibraryError.unusable` when a column is missing or does not fit the others.
    public func columns() throws -> CatalogColumns {
        try database.read { db in
            guard let columns = try CatalogColumns(from: db) else {
                throw LibraryError.unusable(path: database.path, reason: "its columns do not fit its works")
            }
            return columns
        }
    }

    /// The row of the work with this id. O(log n).
    public func row(of id: WorkID) throws -> Int? {
        try database.read { db in
            try Int.fetchOne(
                db.cachedStatement(sql: "SELECT row FROM works WHERE id = ?"), arguments: [id.rawValue])
        }
    }

    /// The row of the work that has an edition with this ISBN. O(log n).
    public func row(of isbn: ISBN13) throws -> Int? {
        try database.read { db in
            try Int.fetchOne(
                db.cachedStatement(sql: "SELECT row FROM isbns WHERE isbn13 = ?"), arguments: [isbn.digits])
        }
    }

    private static func work(from row: Row) throws -> Work {
        Work(
            id: WorkID(rawValue: row["id"]),
            title: row["title"],
            subtitle: row["subtitle"],
            authors: try JSONList.decode(row["authors"]),
            series: row["series"],
            language: row["language"],
            isbn13s: try JSONList.decode(row["isbn13s"]).compactMap { ISBN13($0) },
            year: row["year"],
            pages: row["pages"],
            categories: try JSONList.decode(row["categories"]),
            averageRating: row["averageRating"],
            ratingsCount: row["ratingsCount"],
            description: row["description"],
            coverURL: row["coverURL"])
    }
}
