import Catalog
import Crypto
import Foundation
import GRDB

/// An edition as a row of `editions`, in the library or in a staging file.
struct EditionRecord: FetchableRecord {
    var id: Int64
    var workID: WorkID
    var edition: Edition

    init(row: Row) throws {
        id = row["id"]
        workID = WorkID(rawValue: row["workId"])
        edition = try Self.edition(row)
    }

    /// The facts in a row that has the columns of `columns`.
    static func edition(_ row: Row) throws -> Edition {
        Edition(
            sourceID: row["sourceID"],
            isbn13: (row["isbn13"] as String?).flatMap { ISBN13($0) },
            title: row["title"],
            subtitle: row["subtitle"],
            authors: try JSONList.decode(row["authors"]),
            series: row["series"],
            categories: try JSONList.decode(row["categories"]),
            year: row["year"],
            pages: row["pages"],
            language: row["language"],
            averageRating: row["averageRating"],
            ratingsCount: row["ratingsCount"],
            description: row["description"],
            coverURL: row["coverURL"])
    }

    /// The columns of an edition's facts, in the order of `values(of:)`.
    static let columns = [
        "sourceID", "isbn13", "title", "subtitle", "authors", "series", "categories", "year", "pages", "language",
        "averageRating", "ratingsCount", "description", "coverURL",
    ]
    static let columnList = columns.joined(separator: ", ")

    static func values(of edition: Edition) throws -> [(any DatabaseValueConvertible)?] {
        [
            edition.sourceID, edition.isbn13?.digits, edition.title, edition.subtitle,
            try JSONList.encode(edition.authors), edition.series, try JSONList.encode(edition.categories),
            edition.year, edition.pages, edition.language, edition.averageRating, edition.ratingsCount,
            edition.description, edition.coverURL,
        ]
    }

    /// Sixteen bytes (of SHA-256) that are the same exactly when all facts are.
    static func digest(of edition: Edition) -> Data {
        var hash = SHA256()
        func add(_ text: String?) {
            // The length before the text, so that no two lists of facts give the same bytes.
            var length = Int32(text?.utf8.count ?? -1).littleEndian
            withUnsafeBytes(of: &length) { hash.update(bufferPointer: $0) }
            guard var text else { return }
            text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        }
        func add(_ list: [String]) {
            add("\(list.count)")
            for item in list { add(item) }
        }
        add(edition.sourceID)
        add(edition.isbn13?.digits)
        add(edition.title)
        add(edition.subtitle)
        add(edition.authors)
        add(edition.series)
        add(edition.categories)
        add(edition.year.map(String.init))
        add(edition.pages.map(String.init))
        add(edition.language)
        add(edition.averageRating.map { String($0.bitPattern) })
        add(String(edition.ratingsCount))
        add(edition.description)
        add(edition.coverURL)
        return Data(hash.finalize().prefix(16))
    }
}

/// A list of strings as one text column.
enum JSONList {
    static func encode(_ list: [String]) throws -> String {
        // Nearly every list is of plain words, which need no escapes.
        if list.allSatisfy({ $0.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") } }
        ) {
            return list.isEmpty ? "[]" : "[\"\(list.joined(separator: "\",\""))\"]"
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return String(decoding: try encoder.encode(list), as: UTF8.self)
    }

    static func decode(_ text: String) throws -> [String] {
        if text == "[]" { return [] }
        if !text.utf8.contains(UInt8(ascii: "\\")), text.hasPrefix("[\""), text.hasSuffix("\"]") {
            return String(text.dropFirst(2).dropLast(2)).components(separatedBy: "\",\"")
        }
        return try JSONDecoder().decode([String].self, from: Data(text.utf8))
    }
}
