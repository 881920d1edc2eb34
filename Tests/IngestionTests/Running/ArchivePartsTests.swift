import Catalog
import CatalogStore
import Foundation
import Ingestion
import Testing

@Suite("Archives of several files")
struct ArchivePartsTests {
    private let shelf: Shelf

    init() throws { shelf = try Shelf() }

    private func ingest(_ path: String) throws -> [Ingestion.Outcome] {
        try shelf.ingestion.ingest(fileAt: path, .init(.books, contract: .standard()))
    }

    @Test func eachPartIsTakenByItself() throws {
        let path = try shelf.zip(
            [
                ("a/books.csv", "title;authors\nTides;Iris Vale\n"),
                (
                    "books.jsonl",
                    "{\"title\": \"Tides\", \"author\": \"Iris Vale\", \"year\": 1999}\n{\"title\": \"Salt\"}\n"
                ),
            ], to: "two.zip")
        let outcomes = try ingest(path)
        #expect(outcomes.map(\.report.file) == ["two.zip/a/books.csv", "two.zip/books.jsonl"])
        #expect(outcomes.map(\.report.counts) == [[1, 0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0]])
        #expect(try shelf.library.history().map(\.file) == outcomes.map(\.report.file))
        #expect(try shelf.library.history().map(\.sha256) == outcomes.map(\.report.sha256))
        #expect(try shelf.works().count == 2)
        #expect(try ingest(path).map(\.writes) == [0, 0])
        #expect(try shelf.leftovers() == [])
    }

    @Test func thePartsBeforeOneThatFailsStay() throws {
        let path = try shelf.zip(
            [("1.csv", "title\nTides\n"), ("2.csv", "title,year\n,1\n"), ("3.csv", "title\nSalt\n")], to: "three.zip")
        let outcomes = try ingest(path)
        #expect(outcomes.map { $0.failure == nil } == [true, false])
        #expect(try shelf.works().map(\.title) == ["Tides"])
        #expect(try shelf.library.history().map(\.file) == ["three.zip/1.csv"])
        // So when a part is of another kind.
        let mixed = try shelf.zip(
            [("1.csv", "title\nEbb\n"), ("2.csv", "user_id,book_id,rating\n1,2,3\n")], to: "mixed.zip")
        #expect(throws: FormatError.self) { try ingest(mixed) }
        #expect(try shelf.works().map(\.title).sorted() == ["Ebb", "Tides"])
        #expect(try shelf.leftovers() == [])
    }
}
