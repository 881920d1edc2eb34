import Foundation
import GRDB

extension Library {
    /// Runs `body` in one transaction: all of it happens or none, even if the process is killed.
    /// - Parameter keeping: whether to keep the changes; `false` rolls them back after `body` returned (a rehearsal).
    public func edit<T>(keeping: Bool = true, _ body: (LibraryEditor) throws -> T) throws -> T {
        do {
            var result: T?
            try database.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    let editor = LibraryEditor(db: db)
                    try editor.renewWorkKeys()
                    result = try body(editor)
                    return keeping ? .commit : .rollback
                }
            }
            // `inTransaction` either ran the body or threw.
            guard let result else { throw LibraryError.unusable(path: path, reason: "the transaction did not run") }
            return result
        } catch let error as DatabaseError {
            throw LibraryError(error, path: path)
        }
    }
}

/// Changes to the library within one transaction.
public struct LibraryEditor {
    let db: Database

    /// Rows written beside the library, which SQLite counts with it.
    let bookkeeping = Bookkeeping()

    final class Bookkeeping {
        var count = 0
    }

    /// How many rows of the library were inserted, changed or deleted since it was opened.
    var writes: Int { db.totalChangesCount - bookkeeping.count }
}
