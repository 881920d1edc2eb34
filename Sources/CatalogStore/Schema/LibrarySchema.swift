import GRDB

/// The library's schema as a list of migrations, numbered 1, 2, 3, ... in their order.
///
/// Releases come and go over one library: two run side by side while one takes over from the other, and an older one may
/// come back. So the schema grows first and shrinks later (expand, then contract):
///
/// - A migration is never changed once released: a new need is a new migration at the end.
/// - An **additive** one leaves every statement of older releases working: new tables, new columns that may be left out.
/// - A **breaking** one does not: it renames, removes or demands something. It belongs into a release after the one that
///   stopped using what it takes away, so that a rollback by one release still works.
///
/// `PRAGMA user_version` of the file is the lowest schema number that a program must know to use it: a breaking migration
/// raises it to its own number, an additive one leaves it. Files from before this rule have 0, which is 1.
struct LibrarySchema: Sendable {
    enum Effect: Sendable {
        case additive
        case breaking
    }

    struct Migration: Sendable {
        let effect: Effect
        let change: @Sendable (Database) throws -> Void

        init(_ effect: Effect, _ change: @escaping @Sendable (Database) throws -> Void) {
            self.effect = effect
            self.change = change
        }
    }

    let migrations: [Migration]

    /// The highest migration this program knows.
    var number: Int { migrations.count }

    /// Brings the file up to this schema, unless it is there already or beyond it in ways that do no harm.
    ///
    /// Any number of processes may do so at once: each migration is one transaction, and who comes second finds it done.
    /// - Throws: `LibraryError.newer`, `.unmigrated`, or what SQLite says when the file cannot be read.
    func migrate(_ database: DatabasePool) throws {
        let path = database.path
        var pending = try pending(in: database, path: path)
        while !pending.isEmpty {
            do {
                try migrator.migrate(database)
                return
            } catch let error as DatabaseError {
                guard error.resultCode != .SQLITE_READONLY else { throw error }
                // Another process may have been faster.
                let left = try self.pending(in: database, path: path)
                guard left.count < pending.count else {
                    let failure = LibraryError(error, path: path)
                    guard case .unusable(_, let reason) = failure else { throw failure }
                    throw LibraryError.unmigrated(path: path, schema: number, reason: reason)
                }
                pending = left
            }
        }
    }

    /// The numbers of the migrations that the file has not seen.
    private func pending(in database: DatabasePool, path: String) throws -> [Int] {
        try database.read { db in
            let needed = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            guard needed <= number else { throw LibraryError.newer(path: path, needed: needed, known: number) }
            let applied = try migrator.appliedIdentifiers(db)
            return migrations.indices.map { $0 + 1 }.filter { !applied.contains("\($0)") }
        }
    }

    private var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for (number, migration) in zip(1..., migrations) {
            migrator.registerMigration("\(number)") { db in
                try migration.change(db)
                // Within the transaction of the change: both are kept or none.
                if migration.effect == .breaking { try db.execute(sql: "PRAGMA user_version = \(number)") }
            }
        }
        return migrator
    }
}
