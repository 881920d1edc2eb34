import Catalog
import Foundation
import GRDB

/// An edition as a row of `editions`.
struct EditionRecord: FetchableRecord {
    var id: Int64
    var workID: WorkID
    var edition: Edition

    init(row: Row) throws {
        id = row["id"]
        workID = WorkID(rawValue: row["workId"])
        edition = Edition(
            isbn13: (row["isbn13"] as String?).flatMap { ISBN13($0) },
            title: row["title"],
            subtitle: row["subtitle"],
            authors: try JSONList.decode(row["authors"]),
            categories: try JSONList.decode(row["categories"]),
            year: row["year"],
            pages: row["pages"],
            averageRating: row["averageRating"],
            ratingsCount: row["ratingsCount"],
            description: row["description"],
            coverURL: row["coverURL"])
    }

    /// The columns of an edition, in the order of `values(of:)`.
    static let columns = [
        "isbn13", "title", "subtitle", "authors", "categories", "year", "pages", "averageRating", "ratingsCount",
        "description", "coverURL",
    ]

    static func values(of edition: Edition) throws -> [(any DatabaseValueConvertible)?] {
        [
            edition.isbn13?.digits, edition.title, edition.subtitle, try JSONList.encode(edition.authors),
            try JSONList.encode(edition.categories), edition.year, edition.pages, edition.averageRating,
            edition.ratingsCount, edition.description, edition.coverURL,
        ]
    }
}

/// A list of strings as one text column.
enum JSONList {
    static func encode(_ list: [String]) throws -> String {
        String(decoding: try JSONEncoder().encode(list), as: UTF8.self)
    }

    static func decode(_ text: String) throws -> [String] {
        try JSONDecoder().decode([String].self, from: Data(text.utf8))
    }
}
