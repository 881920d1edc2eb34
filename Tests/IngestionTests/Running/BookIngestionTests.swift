import Catalog
import Foundation
import Ingestion
import Testing

@testable import CatalogStore

@Suite("Taking a file of books in")
struct BookIngestionTests {
    private let shelf: Shelf
    private static let rows = [
        "9780306406157,Tides,,Iris Vale;Tom Orr,1999,320,4.0,3,Wet.",
        "9780804429573,TIDES,A Novel,iris vale,1989,,2.0,1,",
        "9780975229804,Salt,,Iris Vale,,,,,",
        "9780140449136,Salt,Volume 2,Iris Vale,,,,,",
        ",\"Anon., \"\"Untitled\"\"\",,,-44,0,0,0,\"Two\nlines\"",
    ]
    /// All that a run writes besides its own line of history.
    private static let contents = Shelf.tables.filter { $0 != "runs" }

    init() throws { shelf = try Shelf() }

    @Test func everyRowIsAccountedFor() throws {
        let bad = ["9780306406158,Bad,,,,,,,", "short,row", "9780439420891,,,Iris Vale,,,,,"]
        let outcome = try shelf.ingest(Self.rows + bad + [",Late,,,9999,,,,"])
        let report = outcome.report
        #expect(report.rows == 9)
        #expect(report.counts == [5, 1, 0, 0, 3, 0, 0])
        #expect(report.sum == 9)
        #expect(report.byRule == ["invalidISBN": 1, "fieldCount": 1, "missingTitle": 1])
        // No pages, a mean of nothing, and a year to come: unknown, and the rows are in.
        #expect(report.byStep["setToUnknown"] == 3)
        #expect(report.kind == "books")
        #expect(report.source == "catalogue")
        #expect(report.file == "books.csv")
        #expect(try shelf.library.counts() == .init(works: 5, editions: 6, quarantined: 3))
        // The last of the good rows takes two lines.
        #expect(outcome.firstRefused.map(\.line) == [8, 9, 10])
        #expect(try shelf.library.quarantine(of: "books.csv") == outcome.firstRefused)
        #expect(try shelf.leftovers() == [])
    }

    @Test func editionsOfOneWorkAreMerged() throws {
        try shelf.ingest(Self.rows)
        let work = try #require(try shelf.works().first { $0.title == "Tides" })
        #expect(work.isbn13s.map(\.digits) == ["9780306406157", "9780804429573"])
        #expect(work.authors == ["Iris Vale", "Tom Orr"])
        #expect(work.year == 1989)
        // (4.0 · 3 + 2.0 · 1) / 4
        #expect(work.averageRating == 3.5)
        #expect(work.ratingsCount == 4)
        #expect(work.description == "Wet.")
        let anonymous = try #require(try shelf.works().first { $0.title == "Anon., \"Untitled\"" })
        #expect(
            anonymous
                == Work(id: anonymous.id, title: anonymous.title, authors: [], year: -44, description: "Two\nlines"))
    }

    @Test func theSecondRunChangesNothing() throws {
        let first = try shelf.ingest(Self.rows + ["9780306406158,Bad,,,,,,,"])
        #expect(first.writes > 0)
        let before = try shelf.dump(Self.contents)
        let second = try shelf.ingest(Self.rows + ["9780306406158,Bad,,,,,,,"])
        #expect(second.report.counts == [0, 0, 0, 5, 1, 0, 0])
        #expect(second.writes == 0)
        #expect(second.report.sha256 == first.report.sha256)
        #expect(try shelf.dump(Self.contents) == before)
        // Both stand in the history.
        #expect(try shelf.library.history().map(\.rows) == [6, 6])
    }

    @Test func onlyChangedRowsAreWritten() throws {
        try shelf.ingest(Self.rows)
        var rows = Self.rows
        rows[2] = "9780975229804,Salt,,Iris Vale,2001,,,,"
        // The edition, and nothing else: neither title nor author has changed.
        #expect(try shelf.ingest(rows).writes == 1)
    }

    /// From Python: `hashlib.sha256(b"title\nTides\n").hexdigest()`.
    @Test func theReportHasTheFilesDigest() throws {
        let outcome = try shelf.ingest("title\nTides\n")
        #expect(outcome.report.sha256 == "ac88e7334e2b724f51f69c48d18d172ee3f10024dd82b8cca8868dfd8360b7d5")
        #expect(outcome.report.bytes == 12)
        let run = try #require(try shelf.library.history().first)
        #expect(run.sha256 == outcome.report.sha256)
        #expect(run.bytes == 12)
        #expect(run.rows == 1)
        #expect((run.kind, run.source, run.file, run.codeVersion) == ("books", "catalogue", "books.csv", "test"))
        #expect(run.startedAt <= run.finishedAt)
        let kept = try JSONDecoder().decode(IngestReport.self, from: Data(run.report.utf8))
        #expect(kept == outcome.report)
    }

    @Test func correctedFactsAreUpdates() throws {
        try shelf.ingest(Self.rows)
        let ids = try shelf.works().map(\.id)
        var rows = Self.rows
        rows[0] = "9780306406157,Tides,,Iris Vale,1998,321,4.5,4,Wet and salt."
        rows[2] = "9780975229804,Salt!,,Iris Vale,,,,,"
        #expect(try shelf.ingest(rows).report.counts == [0, 0, 2, 3, 0, 0, 0])
        #expect(try shelf.works().map(\.id) == ids)
        #expect(try shelf.works().first { $0.title == "Tides" }?.description == "Wet and salt.")
        #expect(try shelf.works().contains { $0.title == "Salt!" })
    }

    @Test func aChangedTitleMovesTheEditionAndKeepsTheIDs() throws {
        try shelf.ingest(Self.rows)
        let (tides, salt) = (try shelf.id("9780306406157"), try shelf.id("9780975229804"))
        var rows = Self.rows
        // Out of “Tides” into a work of its own; “Salt” alone gets another title.
        rows[1] = "9780804429573,Ebb,,Iris Vale,1989,,2.0,1,"
        rows[2] = "9780975229804,Brine,,Iris Vale,,,,,"
        #expect(try shelf.ingest(rows).report.counts == [0, 0, 2, 3, 0, 0, 0])
        #expect(try shelf.id("9780306406157") == tides)
        #expect(try shelf.id("9780975229804") == salt)
        #expect(try shelf.id("9780804429573") != tides)
        let after = try shelf.works()
        #expect(after.count == 5)
        #expect(after.first { $0.id == tides }?.isbn13s.map(\.digits) == ["9780306406157"])
        #expect(after.first { $0.id == salt }?.title == "Brine")
    }

    @Test func anEditionThatStandsTwiceIsTakenOnce() throws {
        let rows = [
            "9780306406157,Tides,,Iris Vale,,,,,", "9780306406157,Tides,,Iris Vale,,,,,", "0306406152,Ebb,,,,,,,",
            "978-0306406157,Flow,,,,,,,", "9780306406157,Tides,,Iris Vale,,,,,", ",Salt,,,,9,,,", ",SALT,,,,8,,,",
        ]
        let outcome = try shelf.ingest(rows)
        #expect(outcome.report.counts == [2, 0, 0, 2, 3, 0, 0])
        #expect(outcome.report.byRule == ["duplicateEdition": 3])
        #expect(outcome.firstRefused.map(\.field) == ["isbn13", "isbn13", "title"])
        #expect(outcome.firstRefused.map(\.value) == ["9780306406157", "9780306406157", "SALT"])
        #expect(outcome.firstRefused.map(\.row) == [rows[2], rows[3], rows[6]])
        // The row that was kept is named, not another that was refused.
        #expect(outcome.firstRefused.map { $0.remedy.contains("Line 2 ") } == [true, true, false])
        #expect(outcome.firstRefused.last?.remedy.hasPrefix("Line 7 has the same edition with other facts.") == true)
        #expect(try shelf.works().map(\.title).sorted() == ["Salt", "Tides"])
    }

    @Test func refusedRowsAreKeptUntilTheFileIsMended() throws {
        try shelf.ingest([",Good,,,,,,,", "\"978\n0\",\"Bad, \"\"one\"\"\",,,,,,,", "9780975229804,,,Iris Vale,,,,,"])
        let kept = try shelf.library.quarantine(of: "books.csv")
        #expect(kept.map(\.line) == [3, 5])
        #expect(kept[0].rule == "invalidISBN")
        #expect(kept[0].field == "isbn13")
        #expect(kept[0].value == "978\n0")
        #expect(kept[0].row == "\"978\n0\",\"Bad, \"\"one\"\"\",,,,,,,")
        #expect(kept[1].message == "line 5, title: missingTitle. Give the book a title.")

        // Another file's are its own, also where it has none; so are those of another source.
        try shelf.ingest([",Other,,,,,,,"], as: "other.csv")
        try shelf.ingest("title\nThird\n", source: "else")
        #expect(try shelf.library.quarantine(of: "books.csv") == kept)
        try shelf.ingest([",Good,,,,,,,", ",Bad,,,,,,,", "9780975229804,Tides,,Iris Vale,,,,,"])
        #expect(try shelf.library.quarantine(of: "books.csv").isEmpty)
        #expect(try shelf.library.counts() == .init(works: 5, editions: 5, quarantined: 0))
    }

    @Test func aRehearsalTellsAllAndLeavesNothing() throws {
        try shelf.ingest(Self.rows + ["bad,row"])
        let before = try shelf.dump()
        let rows = ["9780306406157,Renamed,,Iris Vale,,,,,", ",New,,,,,,,", ",,,x,,,,,"]
        let rehearsal = try shelf.ingest(rows, taking: .init(hidesMissing: true, keeps: false))
        #expect(rehearsal.report.counts == [1, 0, 1, 0, 1, 0, 0])
        #expect(rehearsal.report.hidden == 4)
        #expect(rehearsal.firstRefused.count == 1)
        #expect(try shelf.dump() == before)
        #expect(try shelf.leftovers() == [])
        let real = try shelf.ingest(rows, taking: .init(hidesMissing: true))
        #expect(real.report == rehearsal.report)
        #expect(real.firstRefused == rehearsal.firstRefused)
        #expect(real.writes == rehearsal.writes)
        #expect(try shelf.dump() != before)
    }

    @Test func twoLibrariesGiveTheSameIDs() throws {
        let other = try Shelf()
        try shelf.ingest(Self.rows)
        try other.ingest(Self.rows)
        #expect(try shelf.dump(Self.contents) == other.dump(Self.contents))
        #expect(try shelf.works().map(\.id).sorted() == shelf.works().map(\.id))
    }

    @Test func whatIsMissingIsHiddenUntilItIsBack() throws {
        try shelf.ingest(Self.rows)
        // What another file of the same source told stays.
        try shelf.ingest(["9780439420891,Flood,,Iris Vale,,,,,"], as: "other.csv")
        let without = try shelf.ingest(Array(Self.rows.dropLast()), taking: .init(hidesMissing: true))
        #expect(without.report.hidden == 1)
        #expect(try shelf.works().map(\.title).sorted() == ["Flood", "Salt", "Salt", "Tides"])
        #expect(try shelf.ingest(Self.rows).report.counts == [0, 0, 1, 4, 0, 0, 0])
        #expect(try shelf.works().count == 5)
    }
}
