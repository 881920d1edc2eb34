/// The merges of a byte-pair encoding: which two tokens become which third,
/// and in which order of preference.
///
/// A hash table with open addressing: a lookup is about as costly as one
/// cache miss.
struct MergeTable: Sendable {
    struct Merge {
        /// The lower, the sooner.
        let rank: Int32
        /// What the pair becomes.
        let token: Int32
    }

    /// Left and right token, or `free`. The count is a power of two, and more
    /// than half of it is free.
    private var pairs: [UInt64]
    private var merges: [Merge]

    /// No pair: tokens are not negative.
    private static let free = UInt64.max

    /// A table with room for `capacity` merges.
    init(capacity: Int) {
        var slots = 16
        while slots < 2 * capacity + 2 { slots *= 2 }
        pairs = [UInt64](repeating: Self.free, count: slots)
        merges = [Merge](repeating: Merge(rank: 0, token: 0), count: slots)
    }

    /// Adds a merge, or replaces that of the same pair, as `tokenizers` does.
    mutating func add(_ left: Int32, _ right: Int32, _ merge: Merge) {
        let slot = slot(of: Self.pair(left, right))
        pairs[slot] = Self.pair(left, right)
        merges[slot] = merge
    }

    /// What becomes of `left` and `right` side by side; nil if they stay.
    /// O(1) on average.
    @inline(__always)
    func merge(of left: Int32, _ right: Int32) -> Merge? {
        let slot = slot(of: Self.pair(left, right))
        return pairs[slot] == Self.free ? nil : merges[slot]
    }

    @inline(__always)
    private static func pair(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    /// Where `pair` is, or would be.
    @inline(__always)
    private func slot(of pair: UInt64) -> Int {
        // Fibonacci hashing: Knuth, "The Art of Computer Programming", 6.4.
        let hash = pair &* 0x9E37_79B9_7F4A_7C15
        var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (pairs.count - 1)
        while pairs[slot] != Self.free, pairs[slot] != pair { slot = (slot + 1) & (pairs.count - 1) }
        return slot
    }
}
