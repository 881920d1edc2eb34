/// The best few of many scored rows, found without sorting them all: a binary heap with the worst of the kept ones on
/// top, where it is cheap to compare with and to replace.
///
/// Order: score descending, equal scores by row ascending, NaN behind all numbers; so the same scores always come out the
/// same way.
public struct BoundedRanking: Sendable {
    /// A row and its score.
    public typealias Scored = (row: Int, score: Double)

    private let capacity: Int
    // Invariant: no parent, at (index - 1) / 2, precedes its child.
    private var heap: [Scored] = []

    /// - Parameter capacity: how many rows to keep, 0 or more.
    public init(capacity: Int) {
        self.capacity = max(0, capacity)
        heap.reserveCapacity(min(self.capacity, 1_024))
    }

    /// Keeps the row if it is among the best so far. O(1) when it is not, else O(log capacity).
    public mutating func offer(_ candidate: Scored) {
        if heap.count < capacity {
            heap.append(candidate)
            siftUp()
        } else if capacity > 0, Self.precedes(candidate, heap[0]) {
            heap[0] = candidate
            siftDown()
        }
    }

    /// What was kept, best first. O(capacity log capacity).
    public func sorted() -> [Scored] {
        heap.sorted(by: Self.precedes)
    }

    private static func precedes(_ a: Scored, _ b: Scored) -> Bool {
        if a.score > b.score { return true }
        if a.score < b.score { return false }
        // Equal, or one is not a number.
        if a.score.isNaN != b.score.isNaN { return b.score.isNaN }
        return a.row < b.row
    }

    private mutating func siftUp() {
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard Self.precedes(heap[parent], heap[child]) else { return }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var worst = parent
            for child in 2 * parent + 1...2 * parent + 2 where child < heap.count {
                if Self.precedes(heap[worst], heap[child]) { worst = child }
            }
            guard worst != parent else { return }
            heap.swapAt(parent, worst)
            parent = worst
        }
    }
}
