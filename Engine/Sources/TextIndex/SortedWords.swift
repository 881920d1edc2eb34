/// The words of an index as they lie in a mapped file, sorted by their bytes
/// in UTF-8, which is the order of their Unicode scalars. Whoever uses
/// them keeps the file mapped.
@safe
struct SortedWords {
    let count: Int
    /// Where each word starts, and after them the last one's end: rising from
    /// 0, which has been checked.
    let offsets: UnsafePointer<UInt32>
    /// The words, one after the other.
    let bytes: UnsafePointer<UInt8>

    /// The word's bytes. O(1).
    @inline(__always)
    func word(_ term: Int) -> UnsafeBufferPointer<UInt8> {
        let start = unsafe Int(offsets[term])
        return unsafe UnsafeBufferPointer(start: bytes + start, count: Int(offsets[term + 1]) - start)
    }

    /// The first term from `start` on of which `isPast` holds, as it must of
    /// all later ones; else `count`. Found in steps that double, so near ones
    /// are found fast: O(log distance) calls of `isPast`.
    @inline(__always)
    func first(from start: Int, where isPast: (UnsafeBufferPointer<UInt8>) -> Bool) -> Int {
        var (low, step) = (start, 1)
        while low < count, unsafe !isPast(word(min(low + step, count) - 1)) {
            low = min(low + step, count)
            step *= 2
        }
        // Of the terms from `low` on, one before `high` is past, or none is.
        var high = min(low + step, count)
        while low < high {
            let middle = low + (high - low) / 2
            if unsafe isPast(word(middle)) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The first term from `start` on that is not below `word`.
    /// O(log distance).
    func lowerBound(of word: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int {
        unsafe first(from: start) { unsafe Self.order($0, word) >= 0 }
    }

    /// The first term from `start` on that is neither below `prefix` nor
    /// starts with it. O(log distance).
    func end(ofPrefix prefix: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        unsafe first(from: start) { word in
            let head = unsafe UnsafeBufferPointer(rebasing: word.prefix(prefix.count))
            return unsafe Self.order(head, prefix) > 0
        }
    }

    /// Below, at or above 0 as the bytes of `first` come before, are, or come
    /// after those of `second`.
    static func order(_ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>) -> Int {
        for place in 0..<min(first.count, second.count) {
            let difference = unsafe Int(first[place]) - Int(second[place])
            if difference != 0 { return difference }
        }
        return first.count - second.count
    }
}
