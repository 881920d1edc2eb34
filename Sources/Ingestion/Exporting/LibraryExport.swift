import Catalog
public import CatalogStore
import Foundation

/// Writes a library to files that any program can read, and that give the same library when they are taken in again:
/// `books`, `ratings` and `tags`.
public struct LibraryExport {
    public enum Form: Sendable {
        /// RFC 4180, UTF-8, CRLF-free; cells that a spreadsheet would run begin with an apostrophe.
        case csv
        /// One JSON object a line.
        case jsonLines
    }

    /// A file that was written.
    public struct File: Sendable {
        public var name: String
        public var rows: Int
    }

    private let library: Library
    private let form: Form

    public init(library: Library, form: Form) {
        self.library = library
        self.form = form
    }

    /// Makes a folder with the files in it; a library without readers has no ratings, and so on. Flat memory.
    /// - Throws: `ExportError` when the folder exists or cannot be written; then nothing is left of it.
    public func write(to path: String) throws -> [File] {
        let manager = FileManager.default
        let folder = URL(fileURLWithPath: path, isDirectory: true)
        guard !manager.fileExists(atPath: folder.path) else { throw ExportError.exists(path: path) }
        let unfinished = folder.deletingLastPathComponent()
            .appending(path: ".\(folder.lastPathComponent).unfinished-\(getpid())", directoryHint: .isDirectory)
        do {
            try manager.createDirectory(at: unfinished, withIntermediateDirectories: true)
            let files = try [
                writeBooks(in: unfinished), writeRatings(in: unfinished), writeTags(in: unfinished),
            ].compactMap(\.self)
            try manager.moveItem(at: unfinished, to: folder)
            return files
        } catch {
            try? manager.removeItem(at: unfinished)
            guard !(error is LibraryError) else { throw error }
            throw ExportError.failed(path: path, reason: (error as NSError).localizedDescription)
        }
    }

    private func writeBooks(in folder: URL) throws -> File? {
        let table = try ExportTable(
            "books", form, in: folder,
            columns: [
                "source", "source_id", "isbn13", "title", "subtitle", "authors", "series", "categories", "year",
                "pages",
                "language", "average_rating", "ratings_count", "description", "cover_url", "work", "joined_by", "leads",
                "hidden", "alias",
            ])
        try library.forEachEdition { entry in
            let edition = entry.edition
            try table.add([
                .text(entry.source), .text(edition.sourceID), .text(edition.isbn13?.digits), .text(edition.title),
                .text(edition.subtitle), .list(edition.authors), .text(edition.series), .list(edition.categories),
                .number(edition.year), .number(edition.pages), .text(edition.language), .decimal(edition.averageRating),
                .number(edition.ratingsCount), .text(edition.description), .text(edition.coverURL),
                .text(entry.place.work.rawValue), .text(entry.place.joinedBy), .flag(entry.place.leads),
                .flag(entry.isHidden), .text(entry.alias?.rawValue),
            ])
        }
        return try table.finish()
    }

    private func writeRatings(in folder: URL) throws -> File? {
        let table = try ExportTable(
            "ratings", form, in: folder,
            columns: [
                "source", "reader", "item", "isbn13", "title", "authors", "stars", "shelf", "date", "simulated",
            ])
        try library.forEachMark { entry in
            let (mark, item) = (entry.mark, entry.mark.item)
            try table.add([
                .text(entry.source), .text(mark.reader), .text(item.key.rawValue), .text(item.isbn13?.digits),
                .text(item.title), .list(item.authors), .decimal(mark.stars), .text(mark.shelf.rawValue),
                .text(mark.day.map(Self.date)), .flag(entry.isSimulated),
            ])
        }
        return try table.finish()
    }

    private func writeTags(in folder: URL) throws -> File? {
        let table = try ExportTable(
            "tags", form, in: folder, columns: ["source", "item", "tag_id", "tag_name", "tag_count"])
        try library.forEachTag { tag in
            try table.add([
                .text(tag.source), .text(tag.item.rawValue), .text(tag.tag), .text(tag.name), .number(tag.count),
            ])
        }
        return try table.finish()
    }

    /// `2017-01-23` for days since 1970-01-01.
    private static func date(_ day: Int) -> String {
        let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
        return Date(timeIntervalSince1970: Double(day) * 86_400).formatted(style)
    }
}

/// Why a library was not exported.
public enum ExportError: Error, Sendable, CustomStringConvertible {
    case exists(path: String)
    case failed(path: String, reason: String)

    public var description: String {
        switch self {
        case .exists(let path): "\(path) exists already and was left as it is. Name a folder that is to be made."
        case .failed(let path, let reason):
            "The library cannot be exported to \(path): \(reason). Check the disk's space and the permissions. "
                + "Nothing was left there."
        }
    }
}
