internal import MemoryMapping

/// What each item that a user has says of each other item: a sparse matrix of
/// weights. A user's score of an item is the sum, over what they have, of the
/// value times the weight, and what the item has of itself. Item-item
/// similarities, EASE and regressions all end as this.
///
/// A score costs one addition for each weight of what the user has; all of it
/// can be told apart by item, so reasons are exact.
public struct ItemWeights: CollaborativeModel {
    public let itemCount: Int
    // [itemCount + 1]: where the weights of each item that a user may have begin.
    private let offsets: StoredArray<UInt64>
    // [weights]: of which items, rising within each, and how much.
    private let targets: StoredArray<UInt32>
    private let weights: StoredArray<Float>
    // [itemCount], or nothing: what each item has whoever is asked about.
    private let base: StoredArray<Float>

    /// - Parameter rows: for each item that a user may have, the items that it
    ///   speaks for or against. O(weights log weights).
    init(rows: [[(target: UInt32, weight: Float)]], base: [Float] = []) {
        itemCount = rows.count
        self.base = StoredArray(base)
        var (ends, items, values) = ([UInt64(0)], [UInt32](), [Float]())
        for row in rows {
            for entry in row.sorted(by: { $0.target < $1.target }) {
                items.append(entry.target)
                values.append(entry.weight)
            }
            ends.append(UInt64(items.count))
        }
        (offsets, targets, weights) = (StoredArray(ends), StoredArray(items), StoredArray(values))
    }

    /// From the other side: for each item, the items that speak for or against
    /// it. Takes twice the memory of the result. O(weights).
    init(columns: [[(source: UInt32, weight: Float)]], base: [Float] = []) {
        itemCount = columns.count
        self.base = StoredArray(base)
        var next = [UInt64](repeating: 0, count: columns.count + 1)
        for column in columns { for entry in column { next[Int(entry.source) + 1] += 1 } }
        for item in 0..<columns.count { next[item + 1] += next[item] }
        offsets = StoredArray(next)
        var items = [UInt32](repeating: 0, count: Int(next[columns.count]))
        var values = [Float](repeating: 0, count: items.count)
        for (target, column) in columns.enumerated() {
            for entry in column {
                let place = Int(next[Int(entry.source)])
                (items[place], values[place]) = (UInt32(target), entry.weight)
                next[Int(entry.source)] += 1
            }
        }
        (targets, weights) = (StoredArray(items), StoredArray(values))
    }

    /// Of items that nothing is known of: every score is 0.
    public static func none(itemCount: Int) -> ItemWeights {
        ItemWeights(rows: [[(target: UInt32, weight: Float)]](repeating: [], count: itemCount))
    }

    /// The same weights of items with other numbers.
    /// - Parameter numbers: the new number of each item, all different and below `itemCount`.
    public func renumbered(_ numbers: [Int], itemCount: Int) -> ItemWeights {
        precondition(numbers.count == self.itemCount)
        var rows = [[(target: UInt32, weight: Float)]](repeating: [], count: itemCount)
        for (item, number) in numbers.enumerated() {
            rows[number] = row(item).map { (UInt32(numbers[$0.target]), $0.weight) }
        }
        let own = unsafe base.withUnsafeBufferPointer { unsafe Array($0) }
        var base = [Float](repeating: 0, count: own.isEmpty ? 0 : itemCount)
        if !own.isEmpty { for (item, number) in numbers.enumerated() { base[number] = own[item] } }
        return ItemWeights(rows: rows, base: base)
    }

    /// The number of weights.
    public var count: Int { weights.count }

    /// O(weights of the history + itemCount).
    public func scores(for history: [Signal]) -> [Float] {
        var scores = unsafe base.withUnsafeBufferPointer { base in
            unsafe base.isEmpty ? [Float](repeating: 0, count: itemCount) : Array(base)
        }
        unsafe scores.withUnsafeMutableBufferPointer { scores in
            for signal in history {
                unsafe withRow(signal.item) { targets, weights in
                    for place in targets.indices {
                        unsafe scores[Int(targets[place])] += signal.value * weights[place]
                    }
                }
            }
        }
        return scores
    }

    /// O(history * log weights of an item).
    public func contributions(of history: [Signal], to item: Int) -> [Float] {
        history.map { $0.value * weight(from: $0.item, to: item) }
    }

    /// What having one item says of another; 0 where that is nothing.
    /// O(log weights of an item).
    public func weight(from source: Int, to target: Int) -> Float {
        guard (0..<itemCount).contains(target) else { return 0 }
        var found: Float = 0
        unsafe withRow(source) { targets, weights in
            var (low, high) = (0, targets.count)
            while low < high {
                let middle = (low + high) / 2
                if unsafe targets[middle] < UInt32(target) { low = middle + 1 } else { high = middle }
            }
            if unsafe low < targets.count && targets[low] == UInt32(target) { found = unsafe weights[low] }
        }
        return found
    }

    /// Every weight of an item, by rising target. O(weights of the item).
    public func row(_ source: Int) -> [(target: Int, weight: Float)] {
        var row: [(target: Int, weight: Float)] = []
        unsafe withRow(source) { targets, weights in
            row = targets.indices.map { unsafe (Int(targets[$0]), weights[$0]) }
        }
        return row
    }

    private func withRow(
        _ item: Int, _ body: (_ targets: UnsafeBufferPointer<UInt32>, _ weights: UnsafeBufferPointer<Float>) -> Void
    ) {
        guard (0..<itemCount).contains(item) else { return }
        let range = unsafe offsets.withUnsafeBufferPointer { unsafe Int($0[item])..<Int($0[item + 1]) }
        unsafe targets.withUnsafeBufferPointer { targets in
            unsafe weights.withUnsafeBufferPointer { weights in
                unsafe body(
                    UnsafeBufferPointer(rebasing: targets[range]), UnsafeBufferPointer(rebasing: weights[range]))
            }
        }
    }
}

extension ItemWeights {
    private static let kind = SectionedFile.Kind(magic: "BRITEMWT", version: 1, sections: 4)

    /// Writes the weights to `path`, of which readers see the old file or the
    /// whole new one. O(weights).
    /// - Throws: `CollaborativeFilteringError`, and then leaves nothing behind.
    public func write(to path: String) throws(CollaborativeFilteringError) {
        try unsafe offsets.withUnsafeBufferPointer { offsets throws(CollaborativeFilteringError) in
            try unsafe targets.withUnsafeBufferPointer { targets throws(CollaborativeFilteringError) in
                try unsafe weights.withUnsafeBufferPointer { weights throws(CollaborativeFilteringError) in
                    try unsafe base.withUnsafeBufferPointer { base throws(CollaborativeFilteringError) in
                        let sections = unsafe [
                            UnsafeRawBufferPointer(offsets), UnsafeRawBufferPointer(targets),
                            UnsafeRawBufferPointer(weights), UnsafeRawBufferPointer(base),
                        ]
                        try CollaborativeFilteringError.wrapping { () throws(SectionedFileError) in
                            try unsafe SectionedFile.write(
                                to: path, kind: Self.kind,
                                parameters: SIMD4(UInt64(itemCount), UInt64(count), UInt64(base.count), 0),
                                sections: sections)
                        }
                    }
                }
            }
        }
    }

    /// Opens what `write(to:)` wrote; the weights stay in the file. O(weights).
    /// - Throws: `CollaborativeFilteringError` where it cannot be read, is of
    ///   another kind, incomplete or damaged.
    public init(path: String) throws(CollaborativeFilteringError) {
        let file = try CollaborativeFilteringError.wrapping { () throws(SectionedFileError) in
            try SectionedFile(path: path, kind: Self.kind)
        }
        guard let items = Int(exactly: file.parameters[0]), let count = Int(exactly: file.parameters[1]),
            items < 1 << 32, count < 1 << 40, file.parameters[2] == 0 || file.parameters[2] == items
        else { throw CollaborativeFilteringError(.damaged, "'\(path)' has an impossible shape") }
        itemCount = items
        offsets = try StoredArray(0, of: file, count: items + 1)
        targets = try StoredArray(1, of: file, count: count)
        weights = try StoredArray(2, of: file, count: count)
        base = try StoredArray(3, of: file, count: Int(file.parameters[2]))
        let isSound = unsafe offsets.withUnsafeBufferPointer { offsets in
            unsafe offsets[0] == 0 && offsets[items] == UInt64(count)
                && (0..<items).allSatisfy { unsafe offsets[$0] <= offsets[$0 + 1] }
                && targets.withUnsafeBufferPointer { unsafe $0.allSatisfy { $0 < UInt32(items) } }
        }
        guard isSound else {
            throw CollaborativeFilteringError(.damaged, "'\(path)' names items that it does not have")
        }
    }
}
