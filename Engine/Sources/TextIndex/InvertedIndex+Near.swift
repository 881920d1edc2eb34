extension InvertedIndex {
    /// The terms of all words that are at most `limit` edits away from `word`,
    /// rising, each with its optimal string alignment distance over Unicode
    /// scalars: insertions, deletions, replacements and swaps of neighbours.
    ///
    /// Walks through the words in order and makes anew only the rows of the
    /// distance table below what a word shares with the one before; words
    /// whose beginning is too far are searched past, not looked at, and where
    /// all edits are used up, so are all but those that go on as `word` does,
    /// much as Schulz and Mihov walk a trie, "Fast string correction with
    /// Levenshtein automata", 2002.
    ///
    /// Traps unless `limit` is from 0 to 255. O(bytes of words * limit) at
    /// worst; of 100,000 words, two edits take about a millisecond and a half,
    /// one a tenth of that.
    public func terms(near word: String, edits limit: Int) -> [(term: Int, edits: Int)] {
        precondition((0...255).contains(limit), "\(limit) edits are not from 0 to 255")
        defer { withExtendedLifetime(self) {} }
        var found: [(term: Int, edits: Int)] = []
        var band = EditBand(word.unicodeScalars.map(\.value), limit: limit)
        // Of each row of the band, how many bytes of the term its scalars take.
        var ends = [0]
        // The beginning of words that is searched for next.
        var target: [UInt8] = []
        var (term, shared) = (0, 0)
        while term < termCount {
            let bytes = unsafe words.word(term)
            while ends[ends.count - 1] > shared { ends.removeLast() }
            band.keep(ends.count - 1)
            var (isNear, scalar) = (true, UInt32(0))
            while isNear, let start = ends.last, start < bytes.count {
                let end: Int
                (scalar, end) = unsafe Self.scalar(in: bytes, at: start)
                ends.append(end)
                isNear = band.append(scalar)
            }
            var next = term + 1
            if isNear {
                if let edits = band.distance { found.append((term, edits)) }
            } else {
                // The words that start like this one are too far as well.
                var tooFar = ends.removeLast()
                var goal: UInt32?
                band.keep(ends.count - 1)
                if band.isExhausted {
                    tooFar = ends[ends.count - 1]
                    goal = band.successor(of: scalar)
                }
                let start = unsafe UnsafeBufferPointer(rebasing: bytes[..<tooFar])
                if let goal = goal.flatMap(Unicode.Scalar.init) {
                    unsafe target.replaceSubrange(0..., with: start)
                    target += UTF8.encode(goal)!
                    next = unsafe target.withUnsafeBufferPointer { unsafe words.lowerBound(of: $0, from: next) }
                } else {
                    next = unsafe words.end(ofPrefix: start, from: next)
                }
            }
            if next < termCount { shared = unsafe Self.sharedBytes(bytes, words.word(next)) }
            term = next
        }
        return found
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

    /// How many bytes two words have in common at their start.
    private static func sharedBytes(_ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>) -> Int {
        let count = min(first.count, second.count)
        var place = 0
        while place < count, unsafe first[place] == second[place] { place += 1 }
        return place
    }
}
