import Catalog
import CatalogStore
import EngineTestSupport
import Foundation
import GRDB
import Ingestion
import Testing

@Suite("Refused rows, read again")
struct ReplayTests {
    private let shelf: Shelf

    init() throws { shelf = try Shelf() }

    /// A contract by which a wrong ISBN only becomes unknown.
    private func milder(_ change: (inout DataContract) -> Void = { _ in }) throws -> DataContract {
        var contract = try Shelf.contract()
        contract.books.fields[.isbn13]?.onViolation = .unknown
        change(&contract)
        return contract
    }

    private static let rows = [
        ",Good,,,,,,,", "9780306406158,Tides,,\"Vale, Iris\",1999,,,,\"Two\nlines\"", ",,,Tom Orr,,,,,",
        "9780306406158,Salt,,Iris Vale,,,,,",
    ]

    @Test func whatIsGoodNowGoesInAndLeavesTheQuarantine() throws {
        try shelf.ingest(Self.rows)
        #expect(try shelf.library.quarantine(of: "books.csv").map(\.line) == [3, 5, 6])
        let replayed = try shelf.ingestion.replay(contract: milder())
        #expect(replayed.map(\.file) == ["books.csv"])
        #expect(replayed.map(\.source) == ["catalogue"])
        #expect(replayed.map(\.obstacle) == [nil])
        #expect(replayed.map(\.counts.list) == [[2, 0, 0, 0, 1, 0, 0]])
        let left = try shelf.library.quarantine(of: "books.csv")
        #expect(left.map(\.line) == [5])
        #expect(left.map(\.rule) == ["missingTitle"])
        #expect(left.map(\.row) == [Self.rows[2]])
        let works = try shelf.works()
        #expect(works.map(\.title).sorted() == ["Good", "Salt", "Tides"])
        let tides = try #require(works.first { $0.title == "Tides" })
        #expect(tides.isbn13s == [])
        #expect((tides.year, tides.authors, tides.description) == (1999, ["Iris Vale"], "Two\nlines"))
        #expect(try shelf.leftovers() == [])

        // By the contract of before nothing comes back, and nothing is lost.
        let again = try shelf.ingestion.replay(contract: Shelf.contract())
        #expect(again.map(\.counts.list) == [[0, 0, 0, 0, 1, 0, 0]])
        #expect(try shelf.library.quarantine(of: "books.csv") == left)
        // A corrected file clears the rest.
        try shelf.ingest([",Good,,,,,,,", ",Ebb,,Tom Orr,,,,,"])
        #expect(try shelf.library.quarantine(of: "books.csv").isEmpty)
    }

    @Test func duplicatesStay() throws {
        try shelf.ingest(["9780306406157,Tides,,Iris Vale,,,,,", "9780306406157,Ebb,,Iris Vale,,,,,"])
        let before = try shelf.library.quarantine(of: "books.csv")
        #expect(before.map(\.rule) == ["duplicateEdition"])
        #expect(try shelf.ingestion.replay(contract: milder()).map(\.counts.list) == [[0, 0, 0, 0, 1, 0, 0]])
        #expect(try shelf.library.quarantine(of: "books.csv") == before)
        #expect(try shelf.works().map(\.title) == ["Tides"])
    }

    /// What a replay puts in, the whole file would have put in by that contract too.
    @Test func aRowThatRepeatsAnEditionOfItsFileStays() throws {
        let rows = [",Tides,,Iris Vale,1999,,,,First", "9780306406158,Tides,,Iris Vale,1999,,,,Second"]
        try shelf.ingest(rows)
        let whole = try Shelf()
        try whole.ingest(
            fileAt: whole.folder.write(([Shelf.header] + rows + [""]).joined(separator: "\n"), to: "books.csv"),
            .init(.books, contract: milder()))
        #expect(try whole.works().map(\.description) == ["First"])
        _ = try shelf.ingestion.replay(contract: milder())
        #expect(try shelf.works().map(\.description) == ["First"])
        #expect(try shelf.library.quarantine(of: "books.csv").map(\.rule) == ["duplicateEdition"])
    }

    @Test func onlyTheFileThatIsNamed() throws {
        for name in ["a.csv", "b.csv"] {
            try shelf.ingest(["9780306406158,\(name),,,,,,,"] + [",G \(name),,,,,,,"], as: name)
        }
        #expect(try shelf.ingestion.replay(file: "b.csv", contract: milder()).map(\.file) == ["b.csv"])
        #expect(try shelf.library.quarantine(of: "a.csv").count == 1)
        #expect(try shelf.library.quarantine(of: "b.csv").isEmpty)
        #expect(try shelf.works().map(\.title).sorted() == ["G a.csv", "G b.csv", "b.csv"])
        #expect(try shelf.ingestion.replay(file: "c.csv", contract: milder()).isEmpty)
    }

    /// A library from before formats were noted has rows that nobody knows how to read.
    @Test func rowsFromBeforeFormatsWereNoted() throws {
        try shelf.ingest(Self.rows)
        try shelf.raw { try $0.execute(sql: "UPDATE runs SET format = ''") }
        let before = try shelf.dump()
        let replayed = try shelf.ingestion.replay(contract: milder())
        #expect(replayed.map(\.counts.rows) == [0])
        #expect(try #require(replayed.first?.obstacle).contains("Take the file in again."))
        #expect(try shelf.dump() == before)
    }

    /// A row is read as its file was: delimiter, mapping, source, and whose shelf.
    @Test func rowsAreReadAsTheirFilesWere() throws {
        let mapping = try ColumnMapping(
            yaml: "source: myshop\ncolumns: {isbn13: Artikel, title: Bezeichnung}\n", file: "mapping.yaml")
        let path = try shelf.folder.write("Artikel;Bezeichnung\n9780306406158;Tides\n;Salt\n", to: "shop.csv")
        try shelf.ingest(fileAt: path, .init(.books, contract: Shelf.contract(), mapping: mapping))
        let export =
            "Title,Author,Book Id,ISBN13,My Rating,Exclusive Shelf,My Review\n"
            + "Tides,Iris Vale,1,9780306406158,4,read,SECRET\nSalt,Iris Vale,2,,3,read,\n"
        try shelf.ingest(
            fileAt: shelf.folder.write(export, to: "goodreads.csv"),
            .init(.shelf, contract: Shelf.contract(), reader: "Ann"))
        let lines =
            "{\"isbn13\": \"9780306406158\", \"title\": \"Ebb, \\\"Flow\\\"\", \"authors\": [\"Tom Orr\"]}\n{\"title\": \"Sea\"}\n"
        try shelf.ingest(lines, as: "books.jsonl")

        let replayed = try shelf.ingestion.replay(
            contract: milder { $0.ratings.fields[.isbn13]?.onViolation = .unknown })
        #expect(replayed.map(\.source) == ["myshop", "goodreads", "catalogue"])
        // No book is known by the title and author of the mark.
        #expect(
            replayed.map(\.counts.list) == [[1, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1, 0], [1, 0, 0, 0, 0, 0, 0]])
        #expect(try shelf.rows("SELECT source FROM editions WHERE title = 'Tides'") == ["source=myshop"])
        #expect(
            try shelf.rows("SELECT authors FROM editions WHERE title = 'Ebb, \"Flow\"'") == ["authors=[\"Tom Orr\"]"])
        #expect(try shelf.marks() == ["goodreads Ann id:1 4.0 read -", "goodreads Ann id:2 3.0 read -"])
    }

    @Test func authorsOfAnOpenLibraryRowAreNamed() throws {
        let dump =
            OpenLibraryDump.line("author", "/authors/OL1A", #"{"name": "Iris Vale"}"#)
            + OpenLibraryDump.line(
                "edition", "/books/OL1M",
                #"{"title": "Tides", "isbn_13": ["9780306406158"], "authors": [{"key": "/authors/OL1A"}]}"#)
        try shelf.ingest(dump, as: "dump.txt")
        #expect(try shelf.ingestion.replay(contract: milder()).map(\.counts.accepted) == [1])
        #expect(try shelf.works().map(\.authors) == [["Iris Vale"]])
    }
}
