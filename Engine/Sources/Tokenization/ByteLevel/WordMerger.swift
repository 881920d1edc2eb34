/// Merges the bytes of one word after another into tokens, and keeps its
/// memory from word to word.
///
/// The merge of the lowest rank goes first, the leftmost of those with one
/// rank. A heap finds it, so that a word of n bytes takes O(n log n), however
/// long it is. Sennrich et al., "Neural Machine Translation of Rare Words with
/// Subword Units", 2016.
struct WordMerger {
    /// One of the word's tokens so far: a link of a chain.
    private struct Symbol {
        /// Negative for what was merged into the symbol before it.
        var token: Int32
        var previous: Int
        var next: Int
    }

    /// A merge that was possible when it was found.
    private struct Candidate {
        var rank: Int32
        var token: Int32
        /// Of the left symbol.
        var place: Int

        static func < (a: Self, b: Self) -> Bool { (a.rank, a.place) < (b.rank, b.place) }
    }

    private let merges: MergeTable
    private var symbols: [Symbol] = []
    /// A binary heap, the least in front.
    private var candidates: [Candidate] = []

    init(merges: MergeTable) {
        self.merges = merges
    }

    /// Adds a byte's token to the word.
    @inline(__always)
    mutating func append(_ token: Int32) {
        symbols.append(Symbol(token: token, previous: symbols.count - 1, next: symbols.count + 1))
    }

    /// Adds the tokens of the word to `tokens`, as long as these are fewer
    /// than `limit`, and starts another word.
    mutating func finish(into tokens: inout [Int32], limit: Int) {
        for place in symbols.indices.dropLast() { consider(place, place + 1) }
        while let candidate = popCandidate() { apply(candidate) }
        for symbol in symbols where symbol.token >= 0 && tokens.count < limit { tokens.append(symbol.token) }
        symbols.removeAll(keepingCapacity: true)
    }

    /// Remembers the merge of two neighbours, if there is one.
    @inline(__always)
    private mutating func consider(_ left: Int, _ right: Int) {
        guard let merge = merges.merge(of: symbols[left].token, symbols[right].token) else { return }
        push(Candidate(rank: merge.rank, token: merge.token, place: left))
    }

    private mutating func apply(_ candidate: Candidate) {
        let place = candidate.place
        let right = symbols[place].next
        // What stood here when the candidate was found may have been merged.
        guard symbols[place].token >= 0, right < symbols.count,
            merges.merge(of: symbols[place].token, symbols[right].token)?.token == candidate.token
        else { return }
        let next = symbols[right].next
        symbols[place].token = candidate.token
        symbols[place].next = next
        symbols[right].token = -1
        if next < symbols.count { symbols[next].previous = place }
        if symbols[place].previous >= 0 { consider(symbols[place].previous, place) }
        if next < symbols.count { consider(place, next) }
    }
}

// MARK: - Heap

extension WordMerger {
    @inline(__always)
    private mutating func push(_ candidate: Candidate) {
        var place = candidates.count
        candidates.append(candidate)
        while place > 0, candidate < candidates[(place - 1) / 2] {
            candidates[place] = candidates[(place - 1) / 2]
            place = (place - 1) / 2
        }
        candidates[place] = candidate
    }

    @inline(__always)
    private mutating func popCandidate() -> Candidate? {
        guard let last = candidates.popLast() else { return nil }
        guard let first = candidates.first else { return last }
        var place = 0
        while 2 * place + 1 < candidates.count {
            var child = 2 * place + 1
            if child + 1 < candidates.count, candidates[child + 1] < candidates[child] { child += 1 }
            guard candidates[child] < last else { break }
            candidates[place] = candidates[child]
            place = child
        }
        candidates[place] = last
        return first
    }
}
