import Catalog
import CatalogStore
import EngineTestSupport
import Foundation
import Ingestion
import Testing

@Suite("JSON lines whose names come late")
struct JSONLinesIngestionTests {
    private let shelf: Shelf

    init() throws { shelf = try Shelf() }

    private func lines(_ count: Int) -> String { (0..<count).map { "{\"title\": \"Title \($0)\"}\n" }.joined() }

    /// Formats are recognised by the first 200 lines; columns are used whenever they come, also in later batches.
    @Test(arguments: [1, 199, 250, 4_500])
    func lateColumnsAreUsed(after count: Int) throws {
        let late =
            "{\"isbn13\": \"9780306406157\", \"author\": \"Iris Vale\", \"shelfmark\": 3, \"title\": \"Tides\", \"year\": 1999}\n"
        let outcome = try shelf.ingest(
            lines(count) + late + "{\"title\": \"Last\", \"year\": 2001}\n", as: "books.jsonl")
        #expect(outcome.report.counts == [count + 2, 0, 0, 0, 0, 0, 0])
        #expect(outcome.report.unmappedColumns == ["shelfmark"])
        #expect(
            outcome.report.reading.columns
                == ["title": "title", "isbn13": "isbn13", "authors": "author", "year": "year"])
        let tides = try #require(try shelf.works().first { $0.title == "Tides" })
        #expect(tides.isbn13s.map(\.digits) == ["9780306406157"])
        #expect((tides.authors, tides.year) == (["Iris Vale"], 1999))
        #expect(try shelf.works().first { $0.title == "Last" }?.year == 2001)
    }

    @Test func whatIsPersonalIsKeptOutHoweverLate() throws {
        let late = "{\"isbn13\": \"9780306406158\", \"title\": \"Tides\", \"review\": \"SECRET\"}\n"
        let outcome = try shelf.ingest(lines(5_000) + late, as: "books.jsonl")
        #expect(outcome.report.personalColumns == ["review"])
        #expect(outcome.report.byRule == ["invalidISBN": 1])
        #expect(try shelf.dump().filter { $0.contains("SECRET") } == [])
        // And the row can be read again.
        var contract = try Shelf.contract()
        contract.books.fields[.isbn13]?.onViolation = .unknown
        #expect(try shelf.ingestion.replay(contract: contract).map(\.counts.accepted) == [1])
        #expect(try shelf.works().contains { $0.title == "Tides" })
    }

    @Test func twoNamesForOneFactAreRefusedHoweverLate() throws {
        let before = try shelf.dump()
        #expect(throws: FormatError.ambiguousColumns(file: "books.jsonl", fact: "title", columns: ["title", "Titel"])) {
            try shelf.ingest(lines(5_000) + "{\"Titel\": \"Gezeiten\"}\n", as: "books.jsonl")
        }
        #expect(try shelf.dump() == before)
    }
}
