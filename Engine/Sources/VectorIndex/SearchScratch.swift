internal import Synchronization

/// What a search through a graph writes to, kept from one to the next so that
/// searches allocate nothing.
@safe
final class SearchScratch {
    /// A bit for each row that has been compared.
    private(set) var visited: UnsafeMutablePointer<UInt64>
    private var words: Int
    /// The best rows so far.
    var pool = KeyPool()
    /// The best rows so far that a filter lets through.
    var matches = KeyPool()
    /// Rows to compare, and their products.
    private(set) var ids: UnsafeMutableBufferPointer<UInt32>
    private(set) var sums: UnsafeMutableBufferPointer<Int32>

    init() {
        words = 0
        unsafe visited = .allocate(capacity: 1)
        unsafe ids = .allocate(capacity: 1024)
        unsafe sums = .allocate(capacity: 1024)
        unsafe ids.initialize(repeating: 0)
        unsafe sums.initialize(repeating: 0)
    }

    deinit {
        unsafe visited.deallocate()
        unsafe ids.deallocate()
        unsafe sums.deallocate()
        pool.deallocate()
        matches.deallocate()
    }

    /// Forgets everything, and makes room for `rows` rows. O(rows / 64).
    func reset(rows: Int) {
        let needed = (rows + 63) / 64
        if needed > words {
            unsafe visited.deallocate()
            unsafe visited = .allocate(capacity: needed)
            words = needed
        }
        unsafe visited.initialize(repeating: 0, count: needed)
    }

    /// Makes room for `count` rows to compare at once.
    func reserve(_ count: Int) {
        guard unsafe count > ids.count else { return }
        unsafe ids.deallocate()
        unsafe sums.deallocate()
        unsafe ids = .allocate(capacity: count)
        unsafe sums = .allocate(capacity: count)
        unsafe ids.initialize(repeating: 0)
        unsafe sums.initialize(repeating: 0)
    }
}

/// The scratches that no search is using.
final class ScratchPool: Sendable {
    // Unchecked, because the compiler cannot see that a scratch is either in
    // here, behind the lock, or in the hands of one thread.
    private struct Free: @unchecked Sendable {
        var scratches: [SearchScratch] = []
    }
    private let free = Mutex(Free())

    /// Calls `body` with a scratch of its own, ready for `count` rows.
    func use<Result>(count: Int, _ body: (SearchScratch) -> Result) -> Result {
        let scratch = free.withLock { $0.scratches.popLast() } ?? SearchScratch()
        defer { free.withLock { $0.scratches.append(scratch) } }
        scratch.reset(rows: count)
        return body(scratch)
    }
}
