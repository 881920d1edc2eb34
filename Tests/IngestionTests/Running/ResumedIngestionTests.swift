import Catalog
import CatalogStore
import EngineTestSupport
import Foundation
import GRDB
import Ingestion
import Testing

@Suite("Runs that go on where another stopped")
struct ResumedIngestionTests {
    private let shelf: Shelf
    private let text: String

    init() throws {
        shelf = try Shelf()
        // Three batches.
        text = "title,authors\n" + (0..<9_000).map { "\($0 % 100 == 7 ? "" : "Title \($0)"),Person \($0)\n" }.joined()
    }

    /// How often a run says that it reads rows.
    private func run(_ text: String, on shelf: Shelf) throws -> (outcome: Ingestion.Outcome, steps: Int) {
        var steps = 0
        let outcome = try shelf.ingest(text) { if case .reading = $0 { steps += 1 } }
        return (outcome, steps)
    }

    /// Makes the library refuse a title, in the middle of the taking.
    private func refuse(_ title: String) throws {
        try shelf.raw { db in
            try db.execute(
                sql: """
                    CREATE TRIGGER refusal BEFORE INSERT ON editions WHEN new.title = '\(title)'
                    BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
                    """)
        }
    }

    private func mend() throws { try shelf.raw { try $0.execute(sql: "DROP TRIGGER refusal") } }

    @Test func whatWasStagedIsNotReadAgain() throws {
        let other = try Shelf()
        let whole = try run(text, on: other)
        #expect(whole.steps == 2)
        #expect(whole.outcome.report.counts == [8_910, 0, 0, 0, 90, 0, 0])

        let before = try shelf.dump()
        try refuse("Title 8000")
        #expect(throws: LibraryError.self) { try run(text, on: shelf) }
        // Nothing of the 8,000 before is there.
        #expect(try shelf.dump() == before)
        #expect(try shelf.leftovers() == ["library.sqlite-staging"])
        try mend()
        let resumed = try run(text, on: shelf)
        #expect(resumed.steps == 0)
        #expect(resumed.outcome.report == whole.outcome.report)
        #expect(resumed.outcome.firstRefused == whole.outcome.firstRefused)
        #expect(
            try shelf.dump(["works", "editions", "quarantine"]) == other.dump(["works", "editions", "quarantine"]))
        #expect(try shelf.leftovers() == [])
    }

    /// As a process leaves it that was killed after its first batch of 4,096.
    @Test func aRunGoesOnAfterTheLastWholeBatch() throws {
        let whole = try Shelf()
        let expected = try run(text, on: whole)
        try refuse("Title 8000")
        #expect(throws: LibraryError.self) { try run(text, on: shelf) }
        try mend()
        let folder = shelf.folder.path("library.sqlite-staging")
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".sqlite") })
        let staging = try DatabaseQueue(path: "\(folder)/\(name)")
        try staging.write { db in
            // The header is line 1. One row is marked, to tell it from one that is read again.
            try db.execute(
                sql: """
                    DELETE FROM editions WHERE line > 4097;
                    DELETE FROM refused WHERE line > 4097;
                    UPDATE editions SET description = 'staged before' WHERE title = 'Title 0';
                    UPDATE progress SET json = json_set(json, '$.records', 4096, '$.quarantined',
                        (SELECT COUNT(*) FROM refused), '$.byRule.missingTitle', (SELECT COUNT(*) FROM refused),
                        '$.isComplete', json('false'));
                    """)
        }
        try staging.close()
        let resumed = try run(text, on: shelf)
        #expect(resumed.steps == 1)
        #expect(resumed.outcome.report == expected.outcome.report)
        #expect(try shelf.works().first { $0.title == "Title 0" }?.description == "staged before")
        let columns = "SELECT source, key, workId, title, authors FROM editions"
        #expect(try shelf.rows(columns) == whole.rows(columns))
        #expect(try shelf.dump(["quarantine"]) == whole.dump(["quarantine"]))
    }

    @Test func anotherFileOrContractDoesNotGoOn() throws {
        try refuse("Title 8000")
        #expect(throws: LibraryError.self) { try run(text, on: shelf) }
        try mend()
        // The same length, another word.
        let changed = try run(text.replacing("Title 1,", with: "Tilte 1,"), on: shelf)
        #expect(changed.steps == 2)
        #expect(try shelf.works().contains { $0.title == "Tilte 1" })
        #expect(try !shelf.works().contains { $0.title == "Title 1" })
    }

    /// JSON lines name their columns as they come: what came late is told also by a run that did not see it.
    @Test func namesThatCameLateAreKnownToTheRunThatGoesOn() throws {
        let lines = (0..<5_000).map {
            "{\"title\": \"Title \($0)\"\($0 < 4_999 ? "" : ", \"isbn\": \"0306406152\", \"shelf\": 1")}\n"
        }
        let expected = try run(lines.joined(), on: Shelf()).outcome.report
        #expect(expected.unmappedColumns == ["shelf"])
        try refuse("Title 4000")
        #expect(throws: LibraryError.self) { try run(lines.joined(), on: shelf) }
        try mend()
        let resumed = try run(lines.joined(), on: shelf)
        #expect(resumed.steps == 0)
        #expect(resumed.outcome.report == expected)
    }
}
