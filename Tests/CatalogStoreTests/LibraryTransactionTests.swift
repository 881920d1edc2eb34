import Catalog
import EngineTestSupport
import Foundation
import GRDB
import Testing

@testable import CatalogStore

@Suite("Transactions, quarantine and runs")
struct LibraryTransactionTests {
    private let folder: TemporaryFolder
    private let library: Library

    init() throws {
        folder = try TemporaryFolder()
        library = try Library(path: folder.path("library.sqlite"), access: .create)
    }

    private func row(_ line: Int, rule: String = "missingTitle") -> QuarantinedRow {
        QuarantinedRow(line: line, rule: rule, field: "title", value: nil, remedy: "Give it one.", row: ",\(line)")
    }

    @Test func aRehearsalLeavesNothing() throws {
        let outcome = try library.edit(keeping: false) { editor in
            try editor.replaceQuarantine(of: "s", with: [row(2)])
            return try editor.put(Edition(title: "Tides"), source: "s")
        }
        #expect(outcome == .accepted)
        #expect(try library.counts() == .init(works: 0, editions: 0, quarantined: 0))
    }

    @Test func anErrorTakesEverythingBack() throws {
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try library.edit { editor in
                _ = try editor.put(Edition(title: "Tides"), source: "s")
                try editor.replaceQuarantine(of: "s", with: [row(2)])
                throw Stop()
            }
        }
        #expect(try library.counts() == .init(works: 0, editions: 0, quarantined: 0))
        // And the library can be written again.
        #expect(try library.edit { try $0.put(Edition(title: "Tides"), source: "s") } == .accepted)
    }

    @Test func readersSeeTheStateBeforeUntilItIsDone() throws {
        try library.edit { editor in
            _ = try editor.put(Edition(title: "Tides"), source: "s")
            let other = try Library(path: folder.path("library.sqlite"))
            #expect(try other.counts().works == 0)
        }
        #expect(try library.counts().works == 1)
    }

    @Test func quarantineIsKeptBySourceInTheOrderOfTheFile() throws {
        let other = QuarantinedRow(line: 7, rule: "r", field: nil, value: "“v”\n", remedy: "m", row: "a,\"b\nc\"")
        try library.edit { try $0.replaceQuarantine(of: "b", with: [other]) }
        try library.edit { try $0.replaceQuarantine(of: "a", with: [row(9), row(2), row(2, rule: "z")]) }
        #expect(try library.quarantine(of: "a") == [row(2), row(2, rule: "z"), row(9)])
        #expect(try library.quarantine(of: "b") == [other])
        #expect(try library.quarantine(of: "c").isEmpty)
        #expect(try library.counts().quarantined == 4)

        try library.edit { try $0.replaceQuarantine(of: "a", with: [row(3)]) }
        #expect(try library.quarantine(of: "a") == [row(3)])
        try library.edit { try $0.replaceQuarantine(of: "a", with: []) }
        #expect(try library.counts().quarantined == 1)
    }

    @Test func everyRunIsRecorded() throws {
        for second in [0.0, 61] {
            try library.edit { editor in
                try editor.recordRun(
                    source: "books.csv", sha256: "ab", finishedAt: Date(timeIntervalSince1970: second),
                    codeVersion: "1.2",
                    report: "{}")
            }
        }
        let rows = try DatabaseQueue(path: folder.path("library.sqlite")).read {
            try Row.fetchAll($0, sql: "SELECT * FROM runs ORDER BY id")
        }
        #expect(rows.map { $0["finishedAt"] as String } == ["1970-01-01T00:00:00Z", "1970-01-01T00:01:01Z"])
        #expect(rows.allSatisfy { $0["source"] == "books.csv" && $0["sha256"] == "ab" && $0["codeVersion"] == "1.2" })
    }
}
