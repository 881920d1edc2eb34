/// The best few of many scored rows, found without sorting them all: a binary heap with the worst of the kept ones on
/// top, where it is cheap to compare with and to replace.
///
/// Order: score descending, equal scores by row ascending, NaN behind all numbers; so the same scores always come out the
/// same way.
public struct BoundedRanking: Sendable {
    /// A row and its score.
    public typealias Scored = (row: Int, score: Double)

    @usableFromInline let capacity: Int
    // Invariant: no parent, at (index - 1) / 2, precedes its child.
    @usableFromInline var heap: [Scored] = []

    /// - Parameter capacity: how many rows to keep, 0 or more.
    public init(capacity: Int) {
        self.capacity = max(0, capacity)
        heap.reserveCapacity(min(self.capacity, 1_024))
    }

    /// Keeps the row if it is among the best so far. O(1) when it is not, else O(log capacity).
    @inlinable
    public mutating func offer(_ candidate: Scored) {
        if heap.count < capacity {
            heap.append(candidate)
            siftUp()
        } else if capacity > 0, Self.precedes(candidate, heap[0]) {
            heap[0] = candidate
            siftDown()
        }
    }

    /// Offers every row from 0 on with its score. O(scores), and little more
    /// than a look at each.
    public mutating func offer(_ scores: [Float]) {
        unsafe scores.withUnsafeBufferPointer { unsafe offer($0) }
    }

    /// The same of scores that lie elsewhere.
    public mutating func offer(_ scores: UnsafeBufferPointer<Float>) {
        let bytes = UnsafeRawBufferPointer(scores)
        let lanes = SIMD16<Float>.scalarCount
        var limit = limit
        var start = 0
        while start < scores.count {
            let end = min(start + lanes, scores.count)
            if end == start + lanes {
                let some = unsafe bytes.loadUnaligned(
                    fromByteOffset: start * MemoryLayout<Float>.stride, as: SIMD16<Float>.self)
                // Rows rise, so one that is only as good as the worst that is kept comes after it.
                if all(some .<= limit) {
                    start = end
                    continue
                }
            }
            for row in start..<end {
                let score = unsafe scores[row]
                if score <= limit { continue }
                offer((row, Double(score)))
                limit = self.limit
            }
            start = end
        }
    }

    /// What a row must be better than; not a number where any will do.
    private var limit: Float { isFull ? worst.map { Float($0.score) } ?? .nan : .nan }

    /// Whether as many rows are kept as may be: from then on, only what comes before `worst` is.
    @inlinable public var isFull: Bool { heap.count >= capacity }

    /// The last of the kept rows; nil when there is none. O(1).
    @inlinable public var worst: Scored? { heap.first }

    /// Keeps the best of these and of `other`'s, whatever order they were offered in. O(other.count * log capacity).
    public mutating func merge(_ other: BoundedRanking) {
        for scored in other.heap { offer(scored) }
    }

    /// What was kept, in no order. O(1).
    public var kept: [Scored] { heap }

    /// What was kept, best first. O(capacity log capacity).
    public func sorted() -> [Scored] {
        heap.sorted(by: Self.precedes)
    }

    @inlinable
    static func precedes(_ a: Scored, _ b: Scored) -> Bool {
        if a.score > b.score { return true }
        if a.score < b.score { return false }
        // Equal, or one is not a number.
        if a.score.isNaN != b.score.isNaN { return b.score.isNaN }
        return a.row < b.row
    }

    // Both move the others into the hole that the moved one leaves, and put it down once.
    @usableFromInline
    mutating func siftUp() {
        unsafe heap.withUnsafeMutableBufferPointer { heap in
            var place = heap.count - 1
            let moved = unsafe heap[place]
            while place > 0, unsafe Self.precedes(heap[(place - 1) / 2], moved) {
                unsafe heap[place] = unsafe heap[(place - 1) / 2]
                place = (place - 1) / 2
            }
            unsafe heap[place] = moved
        }
    }

    @usableFromInline
    mutating func siftDown() {
        unsafe heap.withUnsafeMutableBufferPointer { heap in
            var place = 0
            let moved = unsafe heap[0]
            while true {
                var child = 2 * place + 1
                guard child < heap.count else { break }
                if child + 1 < heap.count, unsafe Self.precedes(heap[child], heap[child + 1]) { child += 1 }
                guard unsafe Self.precedes(moved, heap[child]) else { break }
                unsafe heap[place] = unsafe heap[child]
                place = child
            }
            unsafe heap[place] = moved
        }
    }
}
