import Catalog
import Recommender
import Synchronization

/// Opinions in memory.
final class MemoryOpinions: LabelOpinionKeeping {
    private struct Key: Hashable {
        var work: WorkID
        var reader: String
    }

    private let kept = Mutex<[Key: [BookLabel: Bool]]>([:])

    func opinions(on work: WorkID, by reader: String) -> [BookLabel: Bool] {
        kept.withLock { $0[Key(work: work, reader: reader)] ?? [:] }
    }

    func keep(_ holds: Bool?, of label: BookLabel, on work: WorkID, by reader: String) {
        kept.withLock { $0[Key(work: work, reader: reader), default: [:]][label] = holds }
    }

    var count: Int { kept.withLock { $0.values.reduce(0) { $0 + $1.count } } }
}
