import Catalog
import EngineTestSupport
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

    init() throws {
        shelf = try Shelf()
    }

    @Test func everyRowIsAccountedFor() throws {
        let outcome = try shelf.ingest(
            Self.rows + ["9780306406158,Bad,,,,,,,", "short,row", "9780439420891,,,Iris Vale,,,,,", ",Late,,,9999,,,,"])
        #expect(outcome.report.rows == 9)
        #expect(outcome.report.counts == [4, 1, 0, 0, 4])
        #expect(outcome.report.sum == 9)
        #expect(outcome.report.byRule == ["invalidISBN": 1, "fieldCount": 1, "missingTitle": 1, "outOfRange": 1])
        #expect(outcome.report.source == "books.csv")
        #expect(try shelf.library.counts() == .init(works: 4, editions: 5, quarantined: 4))
        #expect(outcome.quarantine.map(\.line) == [8, 9, 10, 11])
        #expect(try shelf.library.quarantine(of: "books.csv") == outcome.quarantine)
    }

    @Test func editionsOfOneWorkAreMerged() throws {
        try shelf.ingest(Self.rows)
        let work = try #require(try shelf.works().first { $0.title == "Tides" })
        #expect(work.isbn13s.map(\.digits) == ["9780306406157", "9780804429573"])
        #expect(work.authors == ["Iris Vale", "Tom Orr"])
        #expect(work.year == 1989)
        #expect(work.averageRating == 3.5)
        #expect(work.ratingsCount == 4)
        #expect(work.description == "Wet.")
        let anonymous = try #require(try shelf.works().first { $0.title == "Anon., \"Untitled\"" })
        #expect(
            anonymous
                == Work(id: anonymous.id, title: anonymous.title, authors: [], year: -44, description: "Two\nlines"))
    }

    @Test func theSecondRunChangesNothing() throws {
        let first = try shelf.ingest(Self.rows)
        let before = try shelf.dump(["works", "editions"])
        let second = try shelf.ingest(Self.rows)
        #expect(second.report.counts == [0, 0, 0, 5, 0])
        #expect(second.report.sha256 == first.report.sha256)
        #expect(try shelf.dump(["works", "editions"]) == before)
    }

    /// From Python: `hashlib.sha256(b"title\nTides\n").hexdigest()`.
    @Test func theReportHasTheFilesDigest() throws {
        let outcome = try shelf.ingest(fileAt: shelf.folder.write("title\nTides\n", to: "books.csv"))
        #expect(outcome.report.sha256 == "ac88e7334e2b724f51f69c48d18d172ee3f10024dd82b8cca8868dfd8360b7d5")
        let run = try #require(try shelf.dump(["runs"]).first)
        #expect(run.contains("ac88e7334e2b724f51f69c48d18d172ee3f10024dd82b8cca8868dfd8360b7d5"))
        #expect(run.contains(#"\"accepted\":1"#))
        #expect(run.contains(#"codeVersion=string("test")"#))
    }

    @Test func correctedFactsAreUpdates() throws {
        try shelf.ingest(Self.rows)
        let ids = try shelf.works().map(\.id)
        var rows = Self.rows
        rows[0] = "9780306406157,Tides,,Iris Vale,1998,321,4.5,4,Wet and salt."
        rows[2] = "9780975229804,Salt!,,Iris Vale,,,,,"
        #expect(try shelf.ingest(rows).report.counts == [0, 0, 2, 3, 0])
        #expect(try shelf.works().map(\.id) == ids)
        #expect(try shelf.works().first { $0.title == "Tides" }?.description == "Wet and salt.")
        #expect(try shelf.works().contains { $0.title == "Salt!" })
    }

    @Test func aChangedTitleMovesTheEditionAndKeepsTheIDs() throws {
        try shelf.ingest(Self.rows)
        let before = try shelf.works()
        var rows = Self.rows
        // Out of “Tides” into a work of its own; “Salt” alone gets another title.
        rows[1] = "9780804429573,Ebb,,Iris Vale,1989,,2.0,1,"
        rows[2] = "9780975229804,Brine,,Iris Vale,,,,,"
        #expect(try shelf.ingest(rows).report.counts == [0, 0, 2, 3, 0])
        let after = try shelf.works()
        func id(_ title: String, in works: [Work]) -> WorkID? { works.first { $0.title == title }?.id }
        #expect(id("Tides", in: after) == id("Tides", in: before))
        #expect(id("Brine", in: after) == id("Salt", in: before.filter { $0.subtitle == nil }))
        #expect(id("Ebb", in: after) != nil)
        #expect(after.count == 5)
        #expect(after.first { $0.title == "Tides" }?.isbn13s.count == 1)
    }

    @Test func anEditionThatStandsTwiceIsTakenOnce() throws {
        let rows = [
            "9780306406157,Tides,,Iris Vale,,,,,", "9780306406157,Tides,,Iris Vale,,,,,", "0306406152,Ebb,,,,,,,",
            "978-0306406157,Flow,,,,,,,", "9780306406157,Tides,,Iris Vale,,,,,", ",Salt,,,,9,,,", ",SALT,,,,8,,,",
        ]
        let outcome = try shelf.ingest(rows)
        #expect(outcome.report.counts == [2, 0, 0, 2, 3])
        #expect(outcome.report.byRule == ["duplicateEdition": 3])
        #expect(outcome.quarantine.map(\.field) == ["isbn13", "isbn13", "title"])
        #expect(outcome.quarantine.map(\.value) == ["9780306406157", "9780306406157", "SALT"])
        // The row that was kept is named, not another that was refused.
        #expect(outcome.quarantine.map { $0.remedy.contains("Line 2 ") } == [true, true, false])
        #expect(outcome.quarantine.last?.remedy.hasPrefix("Line 7 has the same edition with other facts.") == true)
        #expect(try shelf.works().map(\.title).sorted() == ["Salt", "Tides"])
    }

    @Test func refusedRowsAreKeptUntilTheFileIsMended() throws {
        try shelf.ingest([",Good,,,,,,,", "\"978\n0\",\"Bad, \"\"one\"\"\",,,,,,,", ",Tides,,,19x5,,,,"])
        let kept = try shelf.library.quarantine(of: "books.csv")
        #expect(kept.map(\.line) == [3, 5])
        #expect(kept[0].rule == "invalidISBN")
        #expect(kept[0].field == "isbn13")
        #expect(kept[0].value == "978\n0")
        #expect(kept[0].row == "\"978\n0\",\"Bad, \"\"one\"\"\",,,,,,,")
        #expect(
            kept[1].message
                == "line 5, year: notANumber (“19x5”). Write a number with a point for decimals, or nothing.")

        // Another file's are its own, also where it has none.
        try shelf.ingest([",Other,,,,,,,"], as: "other.csv")
        #expect(try shelf.library.quarantine(of: "books.csv") == kept)
        try shelf.ingest([",Good,,,,,,,", ",Bad,,,,,,,", ",Tides,,,1995,,,,"])
        #expect(try shelf.library.quarantine(of: "books.csv").isEmpty)
        #expect(try shelf.library.counts() == .init(works: 4, editions: 4, quarantined: 0))
    }

    @Test func aRehearsalTellsAllAndLeavesNothing() throws {
        try shelf.ingest(Self.rows + ["bad,row"])
        let before = try shelf.dump()
        let rows = ["9780306406157,Renamed,,Iris Vale,,,,,", ",New,,,,,,,", "9780439420891,Bad,,,x,,,,"]
        let rehearsal = try shelf.ingest(rows, mode: .dryRun)
        #expect(rehearsal.report.counts == [1, 0, 1, 0, 1])
        #expect(rehearsal.quarantine.count == 1)
        #expect(try shelf.dump() == before)
        let real = try shelf.ingest(rows)
        #expect(real.report == rehearsal.report)
        #expect(real.quarantine == rehearsal.quarantine)
        #expect(try shelf.dump() != before)
    }

    @Test func twoLibrariesGiveTheSameIDs() throws {
        let other = try Shelf()
        try shelf.ingest(Self.rows)
        try other.ingest(Self.rows)
        #expect(try shelf.dump(["works", "editions"]) == other.dump(["works", "editions"]))
        #expect(try shelf.works().map(\.id).sorted() == shelf.works().map(\.id))
    }

    @Test func unknownColumnsAreReported() throws {
        let text = "title,shelf,Tïtle,rating\nTides,x,y,4\n"
        let outcome = try shelf.ingest(fileAt: shelf.folder.write(text, to: "books.csv"))
        #expect(outcome.unmappedColumns == ["shelf", "Tïtle"])
        #expect(try shelf.works().map(\.averageRating) == [4])
    }

    @Test func aFileLongerThanAPieceIsReadWhole() throws {
        let rows = (0..<3_000).map { ",Title \($0),,Author \($0),,,,,\"\(String(repeating: "é,\n", count: 40))\"" }
        let text = ([Shelf.header] + rows).joined(separator: "\r\n")
        try shelf.folder.write(text, to: "real.csv")
        // Also behind a link, whose own size is another.
        try FileManager.default.createSymbolicLink(
            atPath: shelf.folder.path("books.csv"), withDestinationPath: shelf.folder.path("real.csv"))
        var steps: [(bytes: Int, total: Int)] = []
        let outcome = try BookIngestion(library: shelf.library, codeVersion: "test")
            .ingest(fileAt: shelf.folder.path("books.csv")) { steps.append(($0, $1)) }
        #expect(outcome.report.counts == [3_000, 0, 0, 0, 0])
        #expect(outcome.report.source == "books.csv")
        #expect(steps.count > 5)
        #expect(steps.allSatisfy { $0.total == text.utf8.count })
        #expect(steps.map(\.bytes) == steps.map(\.bytes).sorted())
        #expect(steps.last?.bytes == text.utf8.count)
        #expect(try shelf.works().allSatisfy { $0.description?.count == 119 })
    }
}
