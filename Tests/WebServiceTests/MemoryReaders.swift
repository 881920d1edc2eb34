import Catalog
import Recommender
import Synchronization

/// Readers in memory: the plain version of what the library does.
final class MemoryReaders: ReaderMemory {
    private let logs = Mutex<[String: [FeedbackEvent]]>([:])

    static let now: Int64 = 1_900_000_000_000

    var readers: Set<String> { logs.withLock { Set($0.keys) } }
    var count: Int { logs.withLock { $0.values.reduce(0) { $0 + $1.count } } }

    func taste(of reader: String) -> ReaderTaste { ReaderTaste(log(of: reader)) }

    func append(_ events: [FeedbackEvent], by reader: String) -> [FeedbackOutcome] {
        logs.withLock { logs in
            events.map { event in
                if let known = logs[reader]?.first(where: { $0.id == event.id }) {
                    return known.kind == event.kind && known.work == event.work ? .known : .rejected(.idTaken)
                }
                logs[reader, default: []].append(event)
                return .accepted
            }
        }
    }

    func undo(_ id: String, by reader: String) -> FeedbackEvent? {
        logs.withLock { logs in
            guard var log = logs[reader], let place = log.firstIndex(where: { $0.id == id }) else { return nil }
            log[place].undoneAt = log[place].undoneAt ?? Self.now
            logs[reader] = log
            return log[place]
        }
    }

    func undoLast(on work: WorkID, by reader: String) -> FeedbackEvent? {
        log(of: reader).last { $0.work == work && $0.kind.isSaid && $0.undoneAt == nil }
            .flatMap { undo($0.id, by: reader) }
    }

    func history(of reader: String, from cursor: FeedbackPage.Cursor?, limit: Int) -> FeedbackPage {
        let log = log(of: reader)
        let end = cursor.map { Int($0.sequence) } ?? log.count
        let start = max(0, end - limit)
        return FeedbackPage(
            events: log[start..<end].reversed(),
            next: start > 0 ? FeedbackPage.Cursor(at: log[start].at, sequence: Int64(start)) : nil)
    }

    func record(of reader: String) -> ReaderRecord {
        ReaderRecord(reader: reader, events: log(of: reader), labelOpinions: [])
    }

    func erase(_ reader: String) -> ReaderErasure {
        logs.withLock { ReaderErasure(events: $0.removeValue(forKey: reader)?.count ?? 0, labelOpinions: 0) }
    }

    private func log(of reader: String) -> [FeedbackEvent] { logs.withLock { $0[reader] ?? [] } }
}
