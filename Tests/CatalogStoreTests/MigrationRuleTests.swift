import Foundation
import GRDB
import Testing

@testable import CatalogStore

/// Keeps the rules of `LibrarySchema` where people would forget them.
@Suite("Migrations of the library")
struct MigrationRuleTests {
    /// A hash (FNV-1a) of the schema after each released migration. Only ever add to this list.
    private static let released = ["763ba14d883ba74", "687793c3f488501d", "5c50dff80bc85ead", "7bf1b39bf6b6f402"]

    @Test func releasedMigrationsAreNeverChanged() throws {
        let states = try Self.states(of: .released)
        #expect(states.count == Self.released.count, "a new migration: add its fingerprint")
        for (number, (state, known)) in zip(1..., zip(states, Self.released)) {
            #expect(state.fingerprint == known, "migration \(number) was changed after its release; write a new one")
        }
    }

    @Test func whatIsCalledAdditiveHarmsNoOlderRelease() throws {
        #expect(try Self.harm(in: .released).isEmpty)
    }

    @Test(arguments: [
        ("DROP TABLE runs", "table runs is gone"),
        ("ALTER TABLE runs RENAME TO passes", "table runs is gone"),
        ("ALTER TABLE editions DROP COLUMN coverURL", "editions.coverURL is gone or another"),
        ("ALTER TABLE editions RENAME COLUMN pages TO pageCount", "editions.pages is gone or another"),
        ("ALTER TABLE editions ADD COLUMN mood TEXT NOT NULL DEFAULT 'en'", nil),
        ("CREATE TABLE shelves (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)", nil),
        ("CREATE INDEX editionsByYear ON editions (year)", nil),
        ("CREATE UNIQUE INDEX oneTitle ON editions (title)", "editions has a new unique index oneTitle"),
        (
            "CREATE TRIGGER stop BEFORE INSERT ON works BEGIN SELECT RAISE(ABORT, 'no'); END",
            "works has a new trigger stop"
        ),
        (
            "CREATE TABLE new (id TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL) WITHOUT ROWID; "
                + "DROP TABLE works; ALTER TABLE new RENAME TO works",
            "works.kind must be given"
        ),
    ])
    func harmIsSeen(sql: String, harm: String?) throws {
        let next = LibrarySchema.Migration(.additive) { try $0.execute(sql: sql) }
        let found = try Self.harm(in: LibrarySchema(migrations: LibrarySchema.released.migrations + [next]))
        #expect(found == (harm.map { ["migration \(LibrarySchema.released.number + 1): \($0)"] } ?? []))
    }

    /// What migrations called additive would break for a program of the schema before.
    private static func harm(in schema: LibrarySchema) throws -> [String] {
        let states = try states(of: schema)
        var harm: [String] = []
        for (number, migration) in zip(1..., schema.migrations) where migration.effect == .additive {
            // A file has to begin with something, which nobody can know.
            guard number > 1 else { return ["migration 1: is called additive"] }
            harm += states[number - 1].harm(toProgramsOf: states[number - 2]).map { "migration \(number): \($0)" }
        }
        return harm
    }

    /// The schema after each migration.
    private static func states(of schema: LibrarySchema) throws -> [SchemaState] {
        let database = try DatabaseQueue()
        return try database.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            return try schema.migrations.map { migration in
                try migration.change(db)
                return try SchemaState(db)
            }
        }
    }
}

/// Tables, columns and what guards them, as SQLite tells.
private struct SchemaState {
    struct Column: Equatable {
        var type: String
        var isRequired: Bool
        var hasDefault: Bool
        var primaryKey: Int
    }

    var tables: [String: [String: Column]] = [:]
    /// Triggers and unique indexes, each with its table.
    var guards: [String: String] = [:]
    let fingerprint: String

    init(_ db: Database) throws {
        let objects = try Row.fetchAll(db, sql: "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name")
        let text = objects.map { row in [row["name"] as String, row["sql"] as String? ?? ""].joined(separator: ": ") }
        let words = text.joined(separator: "\n").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let hash = words.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        fingerprint = String(hash, radix: 16)
        for object in objects {
            let (name, table): (String, String) = (object["name"], object["tbl_name"])
            switch object["type"] as String {
            case "table":
                for column in try Row.fetchAll(db, sql: "SELECT * FROM pragma_table_info(?)", arguments: [name]) {
                    tables[name, default: [:]][column["name"]] = Column(
                        type: column["type"], isRequired: column["notnull"],
                        hasDefault: column["dflt_value"] as String? != nil, primaryKey: column["pk"])
                }
                let unique = "SELECT name FROM pragma_index_list(?) WHERE \"unique\" AND origin = 'c'"
                for index in try String.fetchAll(db, sql: unique, arguments: [name]) {
                    guards["unique index \(index)"] = name
                }
            case "trigger": guards["trigger \(name)"] = table
            default: break
            }
        }
    }

    func harm(toProgramsOf before: SchemaState) -> [String] {
        var harm: [String] = []
        for (table, columns) in before.tables.sorted(by: { $0.key < $1.key }) {
            guard let now = tables[table] else {
                harm.append("table \(table) is gone")
                continue
            }
            for (name, column) in columns.sorted(by: { $0.key < $1.key }) where now[name] != column {
                harm.append("\(table).\(name) is gone or another")
            }
            for (name, column) in now.sorted(by: { $0.key < $1.key })
            where columns[name] == nil && column.isRequired && !column.hasDefault {
                harm.append("\(table).\(name) must be given")
            }
        }
        for (name, table) in guards.sorted(by: { $0.key < $1.key })
        where before.guards[name] == nil && before.tables[table] != nil {
            harm.append("\(table) has a new \(name)")
        }
        return harm
    }
}
