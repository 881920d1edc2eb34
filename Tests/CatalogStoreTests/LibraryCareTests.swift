import Catalog
import EngineTestSupport
import Foundation
import GRDB
import Testing

@testable import CatalogStore

@Suite("Caring for the library")
struct LibraryCareTests {
    private let files: StagedFiles

    init() throws {
        files = try StagedFiles()
        try files.take([
            .edition(Edition(isbn13: isbns[0], title: "Tides", authors: ["Iris Vale"])),
            .edition(Edition(isbn13: isbns[1], title: "Salt", authors: ["Tom Orr"])),
        ])
    }

    @Test func aBackupIsWholeWhileOthersWrite() throws {
        let backup = files.folder.path("backup.sqlite")
        let before = try files.dump(Library.tables)
        try files.library.edit { editor in
            _ = try editor.put(Edition(title: "Being written"), source: "s")
            // Another process, while this one is in the middle of a transaction.
            try Library(path: files.folder.path("library.sqlite")).backUp(to: backup)
        }
        #expect(try files.library.counts().works == 3)
        #expect(try Library.restore(files.folder.path("library.sqlite"), from: backup) == nil)
        #expect(try files.dump(Library.tables) == before)
        #expect(try files.library.check().problems == [])
    }

    @Test func aBackupNeverReplacesAFile() throws {
        let path = try files.folder.write("mine", to: "backup.sqlite")
        let error = #expect(throws: LibraryError.self) { try files.library.backUp(to: path) }
        #expect(error.map { "\($0)".contains("exists already and was left as it is") } == true)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        #expect(try !files.folder.names().contains { $0.contains("unfinished") })
    }

    @Test(arguments: ["not a database at all", ""])
    func whatIsNoBackupIsRefused(content: String) throws {
        let path = try files.folder.write(content, to: "backup.sqlite")
        let before = try files.dump(Library.tables)
        let error = #expect(throws: LibraryError.self) {
            try Library.restore(files.folder.path("library.sqlite"), from: path)
        }
        #expect(error.map { "\($0)".contains("is not a backup of a library") } == true)
        #expect(try files.dump(Library.tables) == before)
    }

    @Test func aDamagedLibraryIsMovedAsideNotLost() throws {
        let backup = files.folder.path("backup.sqlite")
        let before = try files.dump(Library.tables)
        try files.library.backUp(to: backup)
        try files.library.close()
        let path = files.folder.path("library.sqlite")
        try Data(repeating: 0x5A, count: 8_192).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: LibraryError.self) { try Library(path: path) }
        #expect(error.map { "\($0)".contains("bookrec library restore") } == true)
        let aside = try #require(try Library.restore(path, from: backup))
        #expect(try Data(contentsOf: URL(fileURLWithPath: aside)).count == 8_192)
        #expect(try files.dump(Library.tables) == before)
    }

    @Test func everythingThatIsWrongIsSeen() throws {
        #expect(try files.library.check().problems == [])
        #expect(try files.library.check().rows["editions"] == 2)
        try files.raw { db in
            try db.execute(
                sql: """
                    PRAGMA foreign_keys = OFF;
                    INSERT INTO works VALUES ('empty');
                    INSERT INTO readers (id, source, name) VALUES (1, 's', 'r');
                    INSERT INTO items (id, source, key, workId) VALUES (1, 's', 'k', 'gone');
                    INSERT INTO ratings VALUES (1, 9, 3, 0, NULL), (1, 1, 7, 0, NULL);
                    INSERT INTO editionNames (editionNames, rowid, title, subtitle, authors)
                    VALUES ('delete', 1, 'Tides', NULL, '["Iris Vale"]');
                    """)
        }
        let problems = try files.library.check().problems.joined(separator: "\n")
        for part in [
            "a row of ratings names a row of items that is not there", "a row of items names a row of works",
            "1 ratings of no reader or no book", "1 works without an edition", "1 items whose join has no method",
            "1 ratings outside of their range", "the full-text index is not in step",
        ] { #expect(problems.contains(part), "\(part)") }
        try files.library.rebuildNames()
        #expect(try !files.library.check().problems.joined().contains("full-text"))
    }

    @Test func booksAreFoundByISBNWordsAndID() throws {
        let library = files.library
        #expect(try library.find("0-306-40615-2").first?.editions.first?.edition.title == "Tides")
        #expect(try library.find("TÏDES vale").first?.editions.first?.edition.isbn13 == isbns[0])
        let id = try #require(try library.find("salt").first?.id)
        #expect(try library.find(id.rawValue).first?.editions.first?.edition.title == "Salt")
        #expect(try library.find("tides orr").isEmpty)
        #expect(try library.find("\" OR *").isEmpty)
    }

    @Test func aLibraryOfSchemaOneIsBroughtUpToDateWithEverythingInIt() throws {
        let path = files.folder.path("old.sqlite")
        let sql = try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Libraries/schema-1.sql"),
            encoding: .utf8)
        let old = try DatabaseQueue(path: path)
        try old.writeWithoutTransaction { try $0.execute(sql: sql) }
        try old.close()
        let library = try Library(path: path)
        #expect(try library.counts() == .init(works: 5, editions: 6, quarantined: 1))
        // The ids that bundles and readers know it by.
        #expect(try library.find("9780141439518").first?.id.rawValue == "jynzy51fy4")
        #expect(try library.quarantine(of: "books.csv").map(\.rule) == ["invalidISBN"])
        #expect(try library.history().map(\.rows) == [7])
        #expect(try library.find("no author tides").isEmpty)
        #expect(try library.find("the tides").count == 1)
        // The first time it is written, editions are joined by the rules of now.
        try library.edit { _ in }
        #expect(try library.check().problems == [])
        #expect(try library.find("9780141439518").first?.editions.count == 2)
    }
}
