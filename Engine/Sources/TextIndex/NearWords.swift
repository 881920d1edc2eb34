/// Finds the words of an index that a misspelt word may have been meant to be.
///
/// A word's distinct letters, as bits, and its length tell nearly all words
/// apart that are too far: an edit takes away one letter at most and puts in
/// one at most. Only what is left is compared scalar by scalar.
public struct NearWords: Sendable {
    private let index: InvertedIndex
    // [termCount], and zeros up to a multiple of the lanes: a bit for each letter that the word has.
    private let letters: [UInt32]
    // [termCount]: how many scalars the word has, 255 for more.
    private let lengths: [UInt8]

    private typealias Lanes = SIMD16<UInt32>

    /// O(bytes of the words).
    public init(_ index: InvertedIndex) {
        self.index = index
        let count = (index.termCount + Lanes.scalarCount - 1) / Lanes.scalarCount * Lanes.scalarCount
        var letters = [UInt32](repeating: 0, count: count)
        var lengths = [UInt8](repeating: 0, count: index.termCount)
        for term in 0..<index.termCount {
            let word = unsafe index.words.word(term)
            var place = 0
            while place < word.count {
                let scalar: UInt32
                (scalar, place) = unsafe Self.scalar(in: word, at: place)
                letters[term] |= Self.bit(of: scalar)
                if lengths[term] < .max { lengths[term] += 1 }
            }
        }
        self.letters = letters
        self.lengths = lengths
    }

    /// The terms of all words that are at most `limit` edits away from `word`,
    /// rising, each with its optimal string alignment distance over Unicode
    /// scalars: insertions, deletions, replacements and swaps of neighbours.
    ///
    /// Traps unless `limit` is from 0 to 255. O(words), about half a
    /// nanosecond each, and O(length * limit) for each word whose letters are
    /// nearly the same.
    public func terms(near word: String, edits limit: Int) -> [(term: Int, edits: Int)] {
        precondition((0...255).contains(limit), "\(limit) edits are not from 0 to 255")
        defer { withExtendedLifetime(index) {} }
        let scalars = word.unicodeScalars.map(\.value)
        let own = scalars.reduce(0) { $0 | Self.bit(of: $1) }
        var band = EditBand(scalars, limit: limit)
        // A word of 255 scalars may have more.
        let length = max(0, scalars.count - limit)...(scalars.count + limit < 255 ? scalars.count + limit : .max)
        var found: [(term: Int, edits: Int)] = []
        unsafe letters.withUnsafeBytes { bytes in
            for start in stride(from: 0, to: index.termCount, by: Lanes.scalarCount) {
                let some = unsafe bytes.loadUnaligned(
                    fromByteOffset: start * MemoryLayout<UInt32>.stride, as: Lanes.self)
                var (missing, added) = (~some & own, some & ~own)
                for _ in 0..<min(limit, UInt32.bitWidth) {
                    missing &= missing &- 1
                    added &= added &- 1
                }
                let tooFar = missing | added
                guard any(tooFar .== 0) else { continue }
                for term in start..<min(start + Lanes.scalarCount, index.termCount) where tooFar[term - start] == 0 {
                    guard length.contains(Int(lengths[term])) || lengths[term] == .max else { continue }
                    if let edits = unsafe Self.distance(&band, index.words.word(term)) { found.append((term, edits)) }
                }
            }
        }
        return found
    }

    /// Letters have bits of their own, everything else shares the other six.
    @inline(__always)
    private static func bit(of scalar: UInt32) -> UInt32 {
        let letter = scalar &- 0x61
        return 1 &<< (letter < 26 ? letter : 26 + scalar % 6)
    }

    private static func distance(_ band: inout EditBand, _ word: UnsafeBufferPointer<UInt8>) -> Int? {
        band.restart()
        var place = 0
        while place < word.count {
            let scalar: UInt32
            (scalar, place) = unsafe Self.scalar(in: word, at: place)
            guard band.append(scalar) else { return nil }
        }
        return band.distance
    }

    /// The scalar at `start`, and where it ends. In bytes that are no UTF-8,
    /// some number, and an end after `start` and within them.
    @inline(__always)
    private static func scalar(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> (UInt32, Int) {
        let first = unsafe UInt32(bytes[start])
        guard first >= 0x80 else { return (first, start + 1) }
        let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        var scalar = first & (0x7F >> UInt32(count))
        let end = min(start + count, bytes.count)
        for place in start + 1..<end { scalar = unsafe scalar << 6 | UInt32(bytes[place]) & 0x3F }
        return (scalar, end)
    }
}
