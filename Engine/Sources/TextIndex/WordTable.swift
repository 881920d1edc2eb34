/// Numbers words as they first come: 0, 1, 2, ….
///
/// Words are the same if their bytes are, unlike `String`s. They lie one after
/// the other in one array, beside a hash table of their numbers: about 20
/// bytes a word and the word itself.
struct WordTable {
    /// The words, one after the other.
    private(set) var bytes: [UInt8] = []
    /// Where each word ends in `bytes`.
    private(set) var ends: [UInt32] = []
    // A word's number is in the first free slot from its hash on; a power of
    // two of slots, at most half of them taken.
    private var slots = [UInt32](repeating: free, count: 1024)
    private var hashes: [UInt32] = []

    private static var free: UInt32 { .max }

    /// The number of different words.
    var count: Int { ends.count }

    /// Where the word of this number lies in `bytes`. O(1).
    func range(of number: Int) -> Range<Int> {
        (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])
    }

    /// The number of `word`, a new one if it has none yet; nil if there is no
    /// more room for it, in 2³² bytes. O(word) expected.
    mutating func number(of word: UnsafeBufferPointer<UInt8>) -> UInt32? {
        // Seeded anew in each process: nobody can make up words that collide.
        var hasher = Hasher()
        unsafe hasher.combine(bytes: UnsafeRawBufferPointer(word))
        let hash = UInt32(truncatingIfNeeded: hasher.finalize())
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != Self.free {
            let number = Int(slots[slot])
            if hashes[number] == hash, unsafe isSame(range(of: number), word) { return UInt32(number) }
            slot = (slot + 1) & (slots.count - 1)
        }
        guard bytes.count + word.count < UInt32.max, count < 1 << 30 else { return nil }
        let number = UInt32(count)
        unsafe bytes.append(contentsOf: word)
        ends.append(UInt32(bytes.count))
        hashes.append(hash)
        slots[slot] = number
        if 2 * count > slots.count { grow() }
        return number
    }

    /// The numbers of all words in the order of their bytes.
    /// O(count * log count).
    func sorted() -> [UInt32] {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            (0..<UInt32(count)).sorted { first, second in
                let first = unsafe UnsafeBufferPointer(rebasing: bytes[range(of: Int(first))])
                let second = unsafe UnsafeBufferPointer(rebasing: bytes[range(of: Int(second))])
                return unsafe SortedWords.order(first, second) < 0
            }
        }
    }

    private func isSame(_ range: Range<Int>, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe SortedWords.order(UnsafeBufferPointer(rebasing: bytes[range]), word) == 0
        }
    }

    private mutating func grow() {
        slots = [UInt32](repeating: Self.free, count: 2 * slots.count)
        for (number, hash) in hashes.enumerated() {
            var slot = Int(hash) & (slots.count - 1)
            while slots[slot] != Self.free { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number)
        }
    }
}
