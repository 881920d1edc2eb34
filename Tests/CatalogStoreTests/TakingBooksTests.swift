import Catalog
import EngineTestSupport
import Foundation
import GRDB
import Testing

@testable import CatalogStore

@Suite("Taking staged books in")
struct TakingBooksTests {
    private let files: StagedFiles
    private let tides = Edition(isbn13: isbns[0], title: "Tides", authors: ["Iris Vale"])
    private let other = Edition(isbn13: isbns[1], title: "Tides", authors: ["Iris Vale"], pages: 90)
    private let salt = Edition(isbn13: isbns[2], title: "Salt", authors: ["Tom Orr"])

    init() throws { files = try StagedFiles() }

    private func refused(_ line: Int) -> StagedRow.Content {
        .refused(
            QuarantinedRow(line: line, rule: "missingTitle", field: "title", remedy: "Give it one.", row: ",\(line)"))
    }

    @Test func everyRowIsAccountedFor() throws {
        let taken = try files.take([
            .edition(tides), .edition(other), .edition(salt), refused(5), .ignored(reason: "no book"), .edition(salt),
        ])
        #expect(taken.counts.list == [2, 1, 0, 1, 1, 0, 1])
        #expect(taken.counts.rows == 6 && taken.counts.sum == 6)
        #expect(try files.library.counts() == .init(works: 2, editions: 3, quarantined: 1))
    }

    @Test func theSameAgainWritesNothing() throws {
        let rows: [StagedRow.Content] = [.edition(tides), .edition(other), refused(4)]
        try files.take(rows)
        let tables = Library.tables.filter { $0 != "runs" }
        let before = try files.dump(tables)
        let taken = try files.take(rows)
        #expect(taken.counts.list == [0, 0, 0, 2, 1, 0, 0])
        #expect(taken.writes == 0)
        #expect(try files.dump(tables) == before)
    }

    @Test func aChangedFileWritesTheChangedRowsOnly() throws {
        let many = (0..<200).map { StagedRow.Content.edition(Edition(title: "Number \($0)", authors: ["A. B"])) }
        try files.take(many)
        var changed = many
        changed[7] = .edition(Edition(title: "Number 7", authors: ["A. B"], pages: 12))
        let taken = try files.take(changed)
        #expect(taken.counts.list == [0, 0, 1, 199, 0, 0, 0])
        #expect(taken.writes == 1)
    }

    @Test func aSecondRowWithOtherFactsIsRefusedWhole() throws {
        var longer = tides
        longer.pages = 400
        let taken = try files.take([.edition(tides), .edition(longer)])
        #expect(taken.counts.list == [1, 0, 0, 0, 1, 0, 0])
        let row = try #require(try files.library.quarantine(of: "a.csv").first)
        #expect(row.rule == "duplicateEdition" && row.line == 3 && row.row == "row 3")
        #expect(row.value == isbns[0].digits)
        #expect(row.remedy.contains("Line 2 "))
    }

    @Test func sourcesKeepWhatEachOfThemSays() throws {
        try files.take([.edition(tides)], source: "shop", file: "a.csv")
        var elsewhere = tides
        elsewhere.title = "Tides: The Sea and Us"
        elsewhere.ratingsCount = 10
        let taken = try files.take([.edition(elsewhere)], source: "library", file: "b.csv")
        // One ISBN is one edition, whatever it is called elsewhere.
        #expect(taken.counts.list == [0, 1, 0, 0, 0, 0, 0])
        #expect(try files.library.counts().works == 1)
        #expect(try files.take([.edition(tides)], source: "shop", file: "a.csv").writes == 0)
        let entry = try #require(try files.library.find(isbns[0].digits).first)
        #expect(entry.editions.map(\.source) == ["library", "shop"])
        #expect(entry.editions.map(\.joinedBy) == ["isbn", "first"])
    }

    @Test func vanishedRowsAreHiddenAndComeBack() throws {
        try files.take([.edition(tides), .edition(salt)])
        try files.take([.edition(other)], file: "b.csv")
        #expect(try files.take([.edition(tides)]).hidden == 0)
        #expect(try files.take([.edition(tides)], .init(hidesMissing: true)).hidden == 1)
        var titles: [String] = []
        try files.library.forEachWork { titles.append($0.title) }
        #expect(titles == ["Tides"])
        // Other files' editions are not touched.
        #expect(try files.library.find("tides").first?.editions.allSatisfy { !$0.isHidden } == true)
        let taken = try files.take([.edition(tides), .edition(salt)])
        #expect(taken.counts.list == [0, 0, 1, 1, 0, 0, 0])
    }

    @Test func aCorrectedFileClearsItsQuarantine() throws {
        try files.take([.edition(tides), refused(3)])
        try files.take([.edition(salt), refused(3)], file: "b.csv")
        try files.take([.edition(tides), .edition(other)])
        #expect(try files.library.quarantine(of: "a.csv").isEmpty)
        #expect(try files.library.quarantine(of: "b.csv").count == 1)
    }

    @Test func aRehearsalLeavesNothing() throws {
        let tables = Library.tables
        let before = try files.dump(tables)
        #expect(
            try files.take([.edition(tides), refused(3)], .init(keeps: false)).counts.list == [1, 0, 0, 0, 1, 0, 0])
        #expect(try files.dump(tables) == before)
    }

    @Test func runsTellWhatCameFromWhere() throws {
        try files.take([.edition(tides)], format: #"{"delimiter": ";"}"#)
        let run = try #require(try files.library.history().first)
        #expect(run.kind == "books" && run.source == "shop" && run.file == "a.csv" && run.sha256 == "ab")
        #expect(run.bytes == 7 && run.rows == 1 && run.startedAt == "1970-01-01T00:00:00Z")
        #expect(run.codeVersion == "1.2" && run.format == #"{"delimiter": ";"}"# && run.report == #"{"rows": 1}"#)
    }

    @Test func aRunThatWasStoppedGoesOn() throws {
        let first = try Staging(for: files.library, name: "test")
        try first.add([StagedRow(line: 2, source: "shop", content: .edition(tides))])
        try first.close()
        let second = try Staging(for: files.library, name: "test")
        #expect(second.progress.records == 1 && !second.progress.isComplete)
        try second.add([StagedRow(line: 3, source: "shop", content: .edition(salt))], isLast: true)
        let taken = try files.library.take(
            second, from: StagedFiles.origin("books", "shop", "a.csv"), report: { _, _ in "" })
        try second.discard()
        #expect(taken.counts.list == [2, 0, 0, 0, 0, 0, 0])
        #expect(try !files.folder.names().contains("library.sqlite-staging"))
    }
}
