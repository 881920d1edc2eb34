public import Catalog
import GRDB

extension Library {
    /// The works that readers have liked, by reader: who gave at least so many stars to one of its editions.
    public struct Likes: Sendable {
        /// Readers counted from 0, in the order in which they came. A pair may come again, where a reader rated two editions.
        public var pairs: [(reader: Int, work: WorkID)] = []
        /// Whether each of them is simulated.
        public var readersAreSimulated: [Bool] = []
    }

    /// Of items whose work is known. O(ratings).
    public func likes(atLeast stars: Double) throws -> Likes {
        try read { db in
            var works: [Int64: WorkID] = [:]
            let items = try Row.fetchCursor(db, sql: "SELECT id, workId FROM items WHERE workId IS NOT NULL")
            while let row = try items.next() { works[row[0]] = WorkID(rawValue: row[1]) }
            var likes = Likes()
            var last: Int64?
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT readerId, itemId, simulated FROM ratings CROSS JOIN readers ON readers.id = readerId
                    WHERE stars >= ? ORDER BY readerId, itemId
                    """, arguments: [stars])
            while let row = try rows.next() {
                guard let work = works[row[1]] else { continue }
                let reader: Int64 = row[0]
                if reader != last {
                    likes.readersAreSimulated.append(row[2])
                    last = reader
                }
                likes.pairs.append((likes.readersAreSimulated.count - 1, work))
            }
            return likes
        }
    }
}
