/// A row and its score in 64 bits, such that the better one is the smaller
/// number, and of equal scores the one of the smaller row.
///
/// The lowest bit is free for a mark.
enum RowKey {
    /// What comes after every row.
    static var last: UInt64 { .max }

    @inline(__always)
    static func key(_ row: UInt32, _ score: Float) -> UInt64 {
        // Floats compare like their bits, but for the sign; what is no number
        // comes last.
        let bits = score.bitPattern
        let rising = bits ^ (bits >> 31 == 1 ? 0xFFFF_FFFF : 0x8000_0000)
        return UInt64(score == score ? ~rising : .max) << 32 | UInt64(row) << 1
    }

    @inline(__always)
    static func row(_ key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: key) >> 1 }
}

/// The smallest keys of many, in order, for numbers of them of at most a few
/// hundred: putting one in its place moves less memory than a heap touches.
///
/// A copy shares the keys: it is for the innermost loops, which would check at
/// every step that nobody else uses the original.
@safe
struct KeyPool {
    private(set) var keys: UnsafeMutablePointer<UInt64>
    private(set) var count = 0
    private var capacity = 0
    private var allocated: Int

    init() {
        allocated = 512
        unsafe keys = .allocate(capacity: allocated)
    }

    /// To be called once, by the pool's owner.
    func deallocate() {
        unsafe keys.deallocate()
    }

    /// Empties the pool, which will keep `capacity` keys.
    mutating func reset(capacity: Int) {
        if capacity > allocated {
            unsafe keys.deallocate()
            unsafe keys = .allocate(capacity: capacity)
            allocated = capacity
        }
        self.capacity = capacity
        count = 0
    }

    /// Puts `key` in its place and gives that; nil if it is not among the
    /// smallest. O(count), and O(1) for most keys.
    @inline(__always)
    mutating func insert(_ key: UInt64) -> Int? {
        if count == capacity {
            guard capacity > 0, unsafe key < keys[count - 1] else { return nil }
            count -= 1
        }
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if unsafe keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        unsafe (keys + low + 1).update(from: keys + low, count: count - low)
        unsafe keys[low] = key
        count += 1
        return low
    }

    /// Sets the mark of the key in `place`, which stays where it is.
    @inline(__always)
    mutating func mark(_ place: Int) { unsafe keys[place] |= 1 }
}
