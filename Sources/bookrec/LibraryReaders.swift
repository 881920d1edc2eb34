import Catalog
import CatalogStore
import Foundation
import Recommender

/// What readers say and do, in the library of a home.
struct LibraryReaders: ReaderMemory {
    let library: ServedLibrary

    func taste(of reader: String) throws -> ReaderTaste {
        try library.use { try $0.taste(of: reader) }
    }

    func append(_ events: [FeedbackEvent], by reader: String) throws -> [FeedbackOutcome] {
        try library.use { try $0.append(events, by: reader, now: now) }
    }

    func undo(_ id: String, by reader: String) throws -> FeedbackEvent? {
        try library.use { try $0.undo(id, by: reader, now: now) }
    }

    func undoLast(on work: WorkID, by reader: String) throws -> FeedbackEvent? {
        try library.use { try $0.undoLast(on: work, by: reader, now: now) }
    }

    func history(of reader: String, from cursor: FeedbackPage.Cursor?, limit: Int) throws -> FeedbackPage {
        try library.use { try $0.feedback(of: reader, from: cursor, limit: limit) }
    }

    func record(of reader: String) throws -> ReaderRecord {
        try library.use { try $0.record(of: reader) }
    }

    func erase(_ reader: String) throws -> ReaderErasure {
        try library.use { try $0.erase(reader: reader) }
    }

    private var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }
}
