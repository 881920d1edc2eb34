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

    @Test func garbageIsNoLibrary() throws {
        let path = folder.path("library.sqlite")
        let garbage = Data((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) })
        try garbage.write(to: URL(filePath: path))
        let error = try #require(throws: LibraryError.self) { try Library(path: path) }
        guard case .damaged(path, let reason) = error else { throw error }
        #expect(reason.contains("not a database"))
        #expect("\(error)".contains("bookrec library restore"))
        #expect(try Data(contentsOf: URL(filePath: path)) == garbage)
    }

    @Test func anAlteredLibraryIsRefused() throws {
        let path = folder.path("library.sqlite")
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE works (a)") }
        let error = try #require(throws: LibraryError.self) { try Library(path: path) }
        guard case .unmigrated(path, schema: Library.schema, let reason) = error else { throw error }
        #expect(reason.contains("works"))
        #expect("\(error)".contains("\(path) cannot be brought to schema \(Library.schema): "))
        #expect("\(error)".contains("restore a backup"))
    }

    @Test func aSealedLibraryHoldsEverything() throws {
        let path = folder.path("library.sqlite")
        let library = try Library(path: path, access: .create)
        _ = try library.edit { try $0.put(Edition(title: "Tides"), source: "s") }
        // With this one open the library is not the last to close, and nothing is put away by itself.
        let other = try DatabaseQueue(path: path)
        #expect(try other.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM works") } == 1)
        try library.seal()
        try FileManager.default.copyItem(atPath: path, toPath: folder.path("copy.sqlite"))
        #expect(try Library(path: folder.path("copy.sqlite")).counts().works == 1)
        try other.close()
    }

    @Test func aClosedLibraryIsOneFile() throws {
        let library = try Library(path: folder.path("library.sqlite"), access: .create)
        _ = try library.edit { try $0.put(Edition(title: "Tides"), source: "s") }
        // By a connection for reading, which could not clean up.
        #expect(try library.counts().works == 1)
        try library.close()
        #expect(try folder.names() == ["library.sqlite"])
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
