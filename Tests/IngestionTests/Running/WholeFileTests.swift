import Catalog
import CatalogStore
import EngineTestSupport
import Foundation
import Testing

@testable import Ingestion

@Suite("What a run tells of its file")
struct WholeFileTests {
    private let shelf: Shelf

    init() throws { shelf = try Shelf() }

    @Test func unknownAndPersonalColumnsAreReported() throws {
        let outcome = try shelf.ingest("title,shelf,Tïtle,rating,Review\nTides,x,y,4,My own words\n,,,,Others\n")
        #expect(outcome.report.unmappedColumns == ["shelf", "Tïtle"])
        #expect(outcome.report.personalColumns == ["Review"])
        #expect(outcome.report.reading.columns == ["title": "title", "averageRating": "rating"])
        #expect(outcome.report.reading.header == ["title", "shelf", "Tïtle", "rating", "Review"])
        #expect(outcome.report.reading.format == "catalogue")
        #expect(try shelf.works().map(\.averageRating) == [4])
        #expect(outcome.firstRefused.map(\.row) == [",,,,"])
    }

    @Test func whatWasDoneToValuesIsToldLineByLine() throws {
        let path = try shelf.folder.write("title,pages\nTides,0\nSalt,90\n\"Ebb &amp;\nFlow\",-2\n", to: "books.csv")
        var lines: [String] = []
        _ = try shelf.ingestion.ingest(
            fileAt: path, .init(.books, contract: Shelf.contract()),
            detail: { report, staging in
                #expect(report.accepted == 3)
                try staging.forEachStep { line, json in
                    let steps = try JSONDecoder().decode([NormalisationStep].self, from: Data(json.utf8))
                    for step in steps { lines.append("\(line) \(step.field) \(step.step.rawValue)") }
                }
            })
        #expect(lines == ["2 pages setToUnknown", "4 title entitiesDecoded", "4 pages setToUnknown"])
    }

    /// Three batches of rows, many pieces of bytes.
    @Test func aFileLongerThanABatchIsReadWhole() throws {
        let rows = (0..<9_000).map { ",Title \($0),,Person \($0),,,,,\"\(String(repeating: "é,\n", count: 40))\"" }
        let text = ([Shelf.header] + rows).joined(separator: "\r\n")
        try shelf.folder.write(text, to: "real.csv")
        // Also behind a link, whose own size is another.
        let link = shelf.folder.path("books.csv")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: shelf.folder.path("real.csv"))
        var (looked, read, taken): ([Int], [Int], [Int]) = ([], [], [])
        let outcome = try shelf.ingest(fileAt: link, .init(.books, contract: Shelf.contract())) { progress in
            switch progress {
            case .looking(let bytes, let size):
                #expect(size == text.utf8.count)
                looked.append(bytes)
            case .reading(let bytes, let size):
                #expect(size == text.utf8.count)
                read.append(bytes)
            case .taking(let rows, let all):
                #expect(all == 9_000)
                taken.append(rows)
            }
        }
        #expect(outcome.report.counts == [9_000, 0, 0, 0, 0, 0, 0])
        #expect(outcome.report.file == "books.csv")
        #expect(looked.count > 3 && read.count >= 2 && taken.count > 3)
        for steps in [looked, read, taken] { #expect(steps == steps.sorted()) }
        #expect(looked.last == text.utf8.count)
        #expect(try shelf.works().allSatisfy { $0.description?.count == 119 })
    }

    /// So many rows that memory counts, half of a line's end in some: the places of the bad ones are right to the end.
    @Test func linesAreRightAcrossBatches() throws {
        var text = "title,authors,isbn13,description\n"
        var line = 2
        var expected: [String] = []
        var good = 0
        for row in 0..<30_000 {
            var cells = ["Title \(row)", "Person \(row % 900)", "", "x"]
            if row % 11 == 3 { cells[3] = "\"two\nlines\"" }
            switch row % 97 {
            case 5:
                cells[0] = ""
                expected.append("\(line) missingTitle")
            case 60:
                cells[2] = "9780306406158"
                expected.append("\(line) invalidISBN")
            case 90:
                cells.removeLast(2)
                expected.append("\(line) fieldCount")
            default: good += 1
            }
            let record = cells.joined(separator: ",")
            text += record + "\n"
            line += record.contains("\n") ? 2 : 1
        }
        let outcome = try shelf.ingest(
            fileAt: shelf.folder.write(text, to: "books.csv"), .init(.books, contract: .standard()))
        #expect(outcome.report.rows == 30_000)
        #expect(outcome.report.counts == [good, 0, 0, 0, expected.count, 0, 0])
        #expect(try shelf.library.quarantine(of: "books.csv").map { "\($0.line) \($0.rule)" } == expected)
        #expect(outcome.firstRefused.map { "\($0.line) \($0.rule)" } == Array(expected.prefix(20)))
    }

    /// Few rows of much text are no large batch either.
    @Test func batchesEndWithTheirBytesToo() throws {
        let text = String(repeating: "words ", count: 3_000)
        var steps = 0
        let outcome = try shelf.ingest(
            "title,description\n" + (0..<400).map { "Title \($0),\(text)\n" }.joined()
        ) { if case .reading = $0 { steps += 1 } }
        #expect(outcome.report.accepted == 400)
        // 7.2 MB in batches of 2 MiB: three whole ones before the last.
        #expect(steps == 3)
    }
}
