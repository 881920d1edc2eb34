public import Catalog
import GRDB

extension Library {
    /// A reader, and what they did with works.
    public struct ReaderMarks: Sendable {
        public struct Mark: Sendable, Hashable {
            public var work: WorkID
            /// In (0, 5]; nil when the reader has not rated.
            public var stars: Double?
            public var shelf: ReaderMark.Shelf
            /// In days since 1970-01-01; nil when not told.
            public var day: Int?
        }

        /// The reader's name, with that of the source, within which alone it is unique.
        public var name: String
        public var isSimulated: Bool
        /// A work comes again where the reader marked two editions of it.
        public var marks: [Mark]
    }

    /// Hands `body` every reader who marked a work that is here, in the order in which they came. One reader is in memory at a
    /// time. O(marks).
    public func forEachReader(_ body: (ReaderMarks) throws -> Void) throws {
        try read { db in
            var works: [Int64: WorkID] = [:]
            let items = try Row.fetchCursor(db, sql: "SELECT id, workId FROM items WHERE workId IS NOT NULL")
            while let row = try items.next() { works[row[0]] = WorkID(rawValue: row[1]) }
            var last: Int64?
            var reader = ReaderMarks(name: "", isSimulated: false, marks: [])
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT readerId, itemId, simulated, stars, shelf, day, readers.source || '/' || readers.name
                    FROM ratings CROSS JOIN readers ON readers.id = readerId
                    ORDER BY readerId, itemId
                    """)
            while let row = try rows.next() {
                guard let work = works[row[1]] else { continue }
                let id: Int64 = row[0]
                if id != last {
                    if last != nil { try body(reader) }
                    reader = ReaderMarks(name: row[6], isSimulated: row[2], marks: [])
                    last = id
                }
                let shelf: Int = row[4]
                reader.marks.append(
                    ReaderMarks.Mark(
                        work: work, stars: row[3], shelf: ReaderMark.Shelf(code: shelf) ?? .read, day: row[5]))
            }
            if last != nil { try body(reader) }
        }
    }
}
