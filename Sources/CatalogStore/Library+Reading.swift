public import Catalog
import GRDB

extension Library {
    /// How much the library holds.
    public struct Counts: Sendable, Hashable {
        public var works: Int
        public var editions: Int
        public var quarantined: Int
        public var readers: Int
        public var ratings: Int

        init(works: Int, editions: Int, quarantined: Int, readers: Int = 0, ratings: Int = 0) {
            self.works = works
            self.editions = editions
            self.quarantined = quarantined
            self.readers = readers
            self.ratings = ratings
        }
    }

    public func counts() throws -> Counts {
        try read { db in
            func count(_ table: String) throws -> Int {
                try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \(table)") ?? 0
            }
            return try Counts(
                works: count("works"), editions: count("editions"), quarantined: count("quarantine"),
                readers: count("readers"), ratings: count("ratings"))
        }
    }

    /// Hands every work to `body`, ordered by id, all from one state of the library. O(n); one work in memory at a time.
    public func forEachWork(_ body: (Work) throws -> Void) throws {
        try read { db in
            var id: WorkID?
            var editions: [Edition] = []
            func finishWork() throws {
                if let id, let work = Work(id: id, editions: editions) { try body(work) }
                editions.removeAll(keepingCapacity: true)
            }
            let records = try EditionRecord.fetchCursor(
                db, sql: "SELECT * FROM editions WHERE NOT hidden ORDER BY workId, id")
            while let record = try records.next() {
                if record.workID != id { try finishWork() }
                id = record.workID
                editions.append(record.edition)
            }
            try finishWork()
        }
    }

    func read<T>(_ body: (Database) throws -> T) throws -> T {
        do {
            return try database.read(body)
        } catch let error as DatabaseError {
            throw LibraryError(error, path: path)
        }
    }
}
