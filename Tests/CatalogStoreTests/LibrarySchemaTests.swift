import Catalog
import EngineTestSupport
import Foundation
import GRDB
import Synchronization
import Testing

@testable import CatalogStore

/// Older and newer releases over one library.
@Suite("Schema of the library")
struct LibrarySchemaTests {
    private let folder: TemporaryFolder
    private let path: String

    /// What the next releases might bring.
    private static let additive = LibrarySchema(
        migrations: LibrarySchema.released.migrations + [
            .init(.additive) { db in
                try db.execute(
                    sql: "ALTER TABLE editions ADD COLUMN mood TEXT; CREATE TABLE shelves (id INTEGER PRIMARY KEY)")
            }
        ])
    private static let breaking = LibrarySchema(
        migrations: additive.migrations + [
            .init(.breaking) { try $0.execute(sql: "ALTER TABLE works RENAME COLUMN id TO oneKey") }
        ])

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("library.sqlite")
    }

    @Test func everyFileSaysWhatItNeeds() throws {
        try open(.released, .create)
        #expect(try facts().needed == 2)
        try open(Self.additive)
        #expect(try facts().needed == 2)
        try open(Self.breaking)
        #expect(try facts().needed == Self.breaking.number)
        #expect(try facts().applied == ["1", "2", "3", "4", "5", "6"])
        #expect(Library.schema == LibrarySchema.released.number)
    }

    @Test func anAdditiveChangeLeavesOlderReleasesReadingAndWriting() throws {
        try put("Tides", by: library(.released, .create))
        try put("Ebb", by: library(Self.additive))
        let changed = try facts()

        let older = try library(.released)
        #expect(try put("Flood", by: older) == .accepted)
        #expect(try put("Tides", by: older) == .unchanged)
        #expect(try older.counts().works == 3)
        var titles: Set<String> = []
        try older.forEachWork { titles.insert($0.title) }
        #expect(titles == ["Tides", "Ebb", "Flood"])
        // The older release has not taken the newer one's work back.
        #expect(try facts() == changed)
        #expect(try library(Self.additive).counts().works == 3)
    }

    @Test(arguments: [Library.Access.create, .existing])
    func aBreakingChangeIsRefusedByOlderReleasesAndNotTouched(access: Library.Access) throws {
        try open(Self.breaking, .create)
        let before = try facts()
        for (schema, known) in [(LibrarySchema.released, 4), (Self.additive, 5)] {
            let error = try #require(throws: LibraryError.self) { try library(schema, access) }
            guard case .newer(path, needed: 6, known: known) = error else { throw error }
            #expect(
                "\(error)"
                    == "The library at \(path) was changed by a newer version of bookrec: it needs one that knows schema 6, "
                    + "and this one knows schema \(known). Use the newer version, or restore a backup from before it.")
        }
        #expect(try facts() == before)
        #expect(try folder.names() == ["library.sqlite"])
    }

    @Test func aFileFromBeforeTheRuleIsBroughtUpToDate() throws {
        let first = LibrarySchema(migrations: [LibrarySchema.released.migrations[0]])
        try open(first, .create)
        try raw { try $0.execute(sql: "PRAGMA user_version = 0") }
        try open(first)
        #expect(try facts().needed == 0)
        try open(.released)
        #expect(try facts().needed == 2)
        try open(Self.breaking)
        #expect(try facts().needed == 6)
        #expect(throws: LibraryError.self) { try library(.released) }
    }

    @Test func aMigrationThatFailsLeavesNoTrace() throws {
        try put("Tides", by: library(.released, .create))
        let before = try facts()
        let failing = LibrarySchema(
            migrations: LibrarySchema.released.migrations + [
                .init(.breaking) { db in
                    try db.execute(sql: "CREATE TABLE shelves (id INTEGER PRIMARY KEY); INSERT INTO nowhere VALUES (1)")
                }
            ])
        let error = try #require(throws: LibraryError.self) { try library(failing) }
        guard case .unmigrated(path, schema: 5, let reason) = error else { throw error }
        #expect(reason.contains("nowhere"))
        #expect(try facts() == before)
        #expect(try library(.released).counts().works == 1)
    }

    /// Each opens the file with connections of its own, as processes do.
    @Test(arguments: 0..<5)
    func manyOpenAndMigrateAtOnce(round: Int) throws {
        if round % 2 == 0 { try open(.released, .create) }
        let errors = Mutex<[String]>([])
        let (path, schema) = (path, Self.breaking)
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            do {
                let library = try Library(path: path, access: .create, schema: schema)
                #expect(try library.counts().works == 0)
            } catch {
                errors.withLock { $0.append("\(error)") }
            }
        }
        #expect(errors.withLock(\.self).isEmpty)
        #expect(try facts().applied == ["1", "2", "3", "4", "5", "6"])
    }

    private func library(_ schema: LibrarySchema, _ access: Library.Access = .existing) throws -> Library {
        try Library(path: path, access: access, schema: schema)
    }

    private func open(_ schema: LibrarySchema, _ access: Library.Access = .existing) throws {
        try library(schema, access).close()
    }

    @discardableResult
    private func put(_ title: String, by library: Library) throws -> EditionOutcome {
        try library.edit { try $0.put(Edition(title: title), source: "s") }
    }

    private struct Facts: Equatable {
        var needed: Int
        var applied: [String]
        var schema: String
    }

    /// What the file says without the code under test.
    private func facts() throws -> Facts {
        try raw { db in
            Facts(
                needed: try Int.fetchOne(db, sql: "PRAGMA user_version") ?? -1,
                applied: try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY identifier"),
                schema: try String.fetchAll(
                    db, sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
                )
                .joined(separator: "\n"))
        }
    }

    private func raw<T>(_ body: (Database) throws -> T) throws -> T {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction(body)
    }
}
