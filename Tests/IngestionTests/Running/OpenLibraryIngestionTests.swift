import Catalog
import CatalogStore
import EngineTestSupport
import Foundation
import Ingestion
import Testing

/// Lines as the dumps of Open Library have them.
enum OpenLibraryDump {
    static func line(_ type: String, _ key: String, _ json: String) -> String {
        "/type/\(type)\t\(key)\t1\t2010-01-01T00:00:00\t\(json)\n"
    }

    static func author(_ number: Int, _ name: String) -> String {
        line("author", "/authors/OL\(number)A", "{\"name\": \"\(name)\"}")
    }

    /// - Parameter authors: their numbers.
    static func edition(_ number: Int, _ title: String, by authors: [Int]) -> String {
        let keys = authors.map { "{\"key\": \"/authors/OL\($0)A\"}" }.joined(separator: ", ")
        return line("edition", "/books/OL\(number)M", "{\"title\": \"\(title)\", \"authors\": [\(keys)]}")
    }
}

@Suite("Authors of Open Library")
struct OpenLibraryIngestionTests {
    private let shelf: Shelf

    init() throws { shelf = try Shelf() }

    private func authors(_ title: String) throws -> [String]? { try shelf.works().first { $0.title == title }?.authors }

    @Test func namesFromTheSameFile() throws {
        let outcome = try shelf.ingest(
            OpenLibraryDump.author(1, "Iris Vale") + OpenLibraryDump.author(2, "Tom Orr")
                + OpenLibraryDump.edition(1, "Tides", by: [2, 1]) + OpenLibraryDump.edition(2, "Salt", by: [1, 9])
                + OpenLibraryDump.line("redirect", "/books/OL3M", #"{"location": "/books/OL1M"}"#), as: "dump.txt")
        #expect(outcome.report.counts == [4, 0, 0, 0, 0, 0, 1])
        #expect(outcome.report.sum == outcome.report.rows)
        #expect(try authors("Tides") == ["Tom Orr", "Iris Vale"])
        // Whose name never came is left out.
        #expect(try authors("Salt") == ["Iris Vale"])
    }

    /// Rows of a batch know the names of all batches before.
    @Test func namesFromFarUpTheFile() throws {
        let people = (0..<6_000).map { OpenLibraryDump.author($0, "Person \($0)") }.joined()
        let books = (0..<6_000).map { OpenLibraryDump.edition($0, "Title \($0)", by: [5_999 - $0]) }.joined()
        let outcome = try shelf.ingest(people + books, as: "dump.txt")
        #expect(outcome.report.counts == [12_000, 0, 0, 0, 0, 0, 0])
        let wrong = try shelf.works().filter { work in
            let number = Int(work.title.dropFirst("Title ".count)) ?? -1
            return work.authors != ["Person \(5_999 - number)"]
        }
        #expect(wrong.isEmpty)
    }

    @Test func namesFromTheLibrary() throws {
        try shelf.ingest(
            OpenLibraryDump.author(1, "Iris Vale") + OpenLibraryDump.author(2, "Tom Orr"), as: "authors.txt")
        try shelf.ingest("title,authors\nTides,Iris Vale\n")
        let books = OpenLibraryDump.edition(1, "Tides", by: [1]) + OpenLibraryDump.edition(2, "Salt", by: [2])
        // By its author's name the edition joins the work that is there.
        #expect(try shelf.ingest(books, as: "editions.txt").report.counts == [1, 1, 0, 0, 0, 0, 0])
        #expect(try authors("Tides") == ["Iris Vale"])
        #expect(try authors("Salt") == ["Tom Orr"])
        #expect(try shelf.ingest(books, as: "editions.txt").writes == 0)

        // A name that was corrected since.
        let corrected = try shelf.ingest(
            OpenLibraryDump.author(1, "Iris Vale") + OpenLibraryDump.author(2, "Thomas Orr"), as: "authors.txt")
        #expect(corrected.report.counts == [0, 0, 1, 1, 0, 0, 0])
        #expect(try shelf.ingest(books, as: "editions.txt").report.updated == 1)
        #expect(try authors("Salt") == ["Thomas Orr"])
    }

    /// The file's own name of a person stands over the library's.
    @Test func theFilesOwnNamesStandOverTheLibrarys() throws {
        try shelf.ingest(OpenLibraryDump.author(1, "I. Vale"), as: "authors.txt")
        try shelf.ingest(
            OpenLibraryDump.author(1, "Iris Vale") + OpenLibraryDump.edition(1, "Tides", by: [1]), as: "dump.txt")
        #expect(try authors("Tides") == ["Iris Vale"])
    }
}
