import Catalog
import EngineTestSupport
import Foundation
import GRDB
import Testing

@testable import CatalogStore

@Suite("Opening the library")
struct LibraryOpeningTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func aMissingLibraryIsNotMade() throws {
        let path = folder.path("library.sqlite")
        let error = try #require(throws: LibraryError.self) { try Library(path: path) }
        guard case .missing(path) = error else { throw error }
        #expect("\(error)".contains(path))
        #expect("\(error)".contains("bookrec ingest books"))
        #expect(try folder.names().isEmpty)
    }

    @Test func aNewLibraryIsEmptyAndItsFolderMade() throws {
        let path = folder.path("a/b/library.sqlite")
        let library = try Library(path: path, access: .create)
        #expect(try library.counts() == .init(works: 0, editions: 0, quarantined: 0))
        try library.forEachWork { _ in Issue.record("There is a work.") }
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test(arguments: [Library.Access.create, .existing])
    func whatIsThereStays(access: Library.Access) throws {
        let path = folder.path("library.sqlite")
        _ = try Library(path: path, access: .create).edit { try $0.put(Edition(title: "Tides"), source: "s") }
        #expect(try Library(path: path, access: access).counts() == .init(works: 1, editions: 1, quarantined: 0))
    }

    @Test func aLibraryOfANewerVersionIsNotTouched() throws {
        let path = folder.path("library.sqlite")
        _ = try Library(path: path, access: .create)
        let newer = try DatabaseQueue(path: path)
        try newer.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('2099')") }
        try newer.close()
        for access in [Library.Access.create, .existing] {
            let error = try #require(throws: LibraryError.self) { try Library(path: path, access: access) }
            guard case .newer(path) = error else { throw error }
            #expect("\(error)".contains(path))
            #expect("\(error)".contains("Use that version"))
        }
        let applied = try DatabaseQueue(path: path).read {
            try String.fetchAll($0, sql: "SELECT * FROM grdb_migrations")
        }
        #expect(applied.sorted() == ["1", "2099"])
    }

    @Test func garbageIsNoLibrary() throws {
        let path = folder.path("library.sqlite")
        let garbage = Data((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) })
        try garbage.write(to: URL(filePath: path))
        try expectUnusable(path, because: "not a database")
        #expect(try Data(contentsOf: URL(filePath: path)) == garbage)
    }

    @Test func anAlteredLibraryIsRefused() throws {
        let path = folder.path("library.sqlite")
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE works (a)") }
        try expectUnusable(path, because: "works")
    }

    @Test func aFolderIsNoLibrary() throws {
        let path = folder.path("library.sqlite")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try expectUnusable(path, because: "open")
    }

    @Test func aFileInTheWayOfTheFolderIsNamed() throws {
        try folder.write("a file", to: "state")
        try expectUnusable(folder.path("state/library.sqlite"), because: "folder cannot be made")
        try expectUnusable(folder.path("state/deeper/library.sqlite"), because: "folder cannot be made")
        #expect(try folder.names() == ["state"])
    }

    @Test(arguments: [ResultCode.SQLITE_BUSY, .SQLITE_LOCKED])
    func aLockedLibraryIsBusy(code: ResultCode) {
        let error = LibraryError(DatabaseError(resultCode: code), path: "state/library.sqlite")
        #expect("\(error)".contains("state/library.sqlite is being written by another process. Wait"))
    }

    @Test func otherDatabaseErrorsKeepTheirMessage() {
        let error = LibraryError(DatabaseError(resultCode: .SQLITE_FULL, message: "disk is full"), path: "p")
        #expect("\(error)".contains("The library at p cannot be used: disk is full."))
    }

    private func expectUnusable(_ path: String, because reason: String) throws {
        let error = try #require(throws: LibraryError.self) { try Library(path: path, access: .create) }
        guard case .unusable(path, let found) = error else { throw error }
        #expect(found.contains(reason))
        #expect("\(error)".contains(path))
        #expect("\(error)".contains("restore a backup"))
    }
}
