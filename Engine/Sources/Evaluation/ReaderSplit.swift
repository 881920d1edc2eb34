/// Which readers a recommender learns from, and which it is judged by.
///
/// Everything is decided by a hash of the seed and the reader's name (and item number), so it depends neither on the order
/// nor on the presence of other readers and items, and is the same in every process and on every platform.
public struct ReaderSplit: Sendable, Hashable {
    /// What a reader is for.
    public enum Part: String, Sendable, Hashable, CaseIterable {
        /// All items are learned from.
        case train
        /// Settings are chosen by how well this part is served.
        case validation
        /// Looked at once, at the end.
        case test
    }

    public let seed: UInt64
    /// The chance of a reader to be in that part; the rest is for the test.
    public let trainShare: Double
    public let validationShare: Double

    /// Traps unless the shares are 0 or more, and together at most 1.
    public init(seed: UInt64, trainShare: Double = 0.7, validationShare: Double = 0.15) {
        precondition(
            trainShare >= 0 && validationShare >= 0 && trainShare + validationShare <= 1,
            "shares \(trainShare) and \(validationShare)")
        self.seed = seed
        self.trainShare = trainShare
        self.validationShare = validationShare
    }

    /// The part of the reader with this name. Each reader is drawn for itself, so shares are met about, not exactly.
    /// O(length of the name).
    public func part(ofReader name: String) -> Part {
        // 53 bits, as many as a Double has: 0..<1.
        let place = Double(hash(of: .part, reader: name).value >> 11) * 0x1p-53
        if place < trainShare { return .train }
        return place < trainShare + validationShare ? .validation : .test
    }

    /// Hides some of a reader's items: of n, n - round(n * knownShare), but at least one, and never all. A single item is
    /// known. O(n log n).
    public func split(_ items: [Int], ofReader name: String, knownShare: Double = 0.8) -> ItemSplit {
        precondition((0...1).contains(knownShare), "a share of \(knownShare)")
        let drawn = drawn(items, ofReader: name)
        let most = max(drawn.count - 1, min(drawn.count, 1))
        let known = min(max(Int((Double(drawn.count) * knownShare).rounded()), min(drawn.count, 1)), most)
        return ItemSplit(known: drawn[..<known], hidden: drawn[known...])
    }

    /// `count` of the items, or all if there are fewer, rising: a reader of whom only so many are known. Of fewer items
    /// some of the same are kept, so that curves over the count compare like with like. O(n log n).
    ///
    /// Give it the known items of a split; the hidden ones stay what they are.
    public func keepOnly(_ count: Int, of items: [Int], ofReader name: String) -> [Int] {
        drawn(items, ofReader: name).prefix(max(0, count)).sorted()
    }

    /// The items, each once, in the reader's own random order.
    private func drawn(_ items: [Int], ofReader name: String) -> [Int] {
        let reader = hash(of: .items, reader: name).value
        return Set(items).map { item -> (key: UInt64, item: Int) in
            var hash = StableHash()
            hash.combine(reader)
            hash.combine(item)
            return (hash.value, item)
        }
        .sorted { $0 < $1 }.map(\.item)
    }

    /// What is drawn, so that a reader's items do not hang on the reader's part.
    private enum Draw: UInt8 {
        case part, items
    }

    private func hash(of draw: Draw, reader name: String) -> StableHash {
        var hash = StableHash()
        hash.combine(seed)
        hash.combine(CollectionOfOne(draw.rawValue))
        hash.combine(name.utf8)
        return hash
    }
}
