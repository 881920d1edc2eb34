/// What users did with items: a sparse matrix of signals, by rows and by
/// columns. In memory it takes 16 bytes a signal, 8 where all have value 1.
public struct Interactions: Sendable, Hashable {
    /// The number of users.
    public let userCount: Int
    /// The number of items.
    public let itemCount: Int
    // [userCount + 1], [signals]: where each user's items begin, and the items.
    let userOffsets: [Int]
    let userItems: [UInt32]
    // [signals], or nothing where all are 1.
    let userValues: [Float]
    // The same by items.
    let itemOffsets: [Int]
    let itemUsers: [UInt32]
    let itemValues: [Float]

    /// From pairs in any order, each of value 1; those that come again count
    /// once. Traps unless 0 <= user < userCount and 0 <= item < itemCount.
    /// O(pairs log pairs).
    public init(_ pairs: [(user: Int, item: Int)], userCount: Int, itemCount: Int) {
        var histories = [[Signal]](repeating: [], count: userCount)
        for pair in pairs {
            precondition((0..<userCount).contains(pair.user), "user \(pair.user) of \(userCount)")
            histories[pair.user].append(Signal(item: pair.item))
        }
        self.init(histories, itemCount: itemCount)
    }

    /// From each user's signals: see `Builder`. O(signals log signals).
    public init(_ histories: some Sequence<[Signal]>, itemCount: Int) {
        var builder = Builder(itemCount: itemCount)
        for history in histories { builder.add(history) }
        self = builder.finish()
    }

    /// Takes users one by one, so that what they did need not be in memory twice.
    public struct Builder: Sendable {
        private let itemCount: Int
        private var items: [UInt32] = []
        private var values: [Float] = []
        private var offsets = [0]
        private var counts: [Int]
        private var isPlain = true

        /// Traps unless 0 <= itemCount < 2^32.
        public init(itemCount: Int) {
            precondition((0...Int(UInt32.max)).contains(itemCount))
            self.itemCount = itemCount
            counts = [Int](repeating: 0, count: itemCount)
        }

        /// The next user's signals, in any order; of those with the same item
        /// the last counts. Traps unless 0 <= item < itemCount.
        /// O(signals log signals).
        public mutating func add(_ history: [Signal]) {
            // Swift's sort is stable: of equal items the last stays last.
            let isSorted = zip(history, history.dropFirst()).allSatisfy { $0.item <= $1.item }
            let sorted = isSorted ? history : history.sorted { $0.item < $1.item }
            for (place, signal) in sorted.enumerated() {
                precondition((0..<itemCount).contains(signal.item), "item \(signal.item) of \(itemCount)")
                if place + 1 < sorted.count, sorted[place + 1].item == signal.item { continue }
                if isPlain, signal.value != 1 {
                    isPlain = false
                    values = [Float](repeating: 1, count: items.count)
                }
                items.append(UInt32(signal.item))
                if !isPlain { values.append(signal.value) }
                counts[signal.item] += 1
            }
            offsets.append(items.count)
        }

        /// O(signals).
        public consuming func finish() -> Interactions {
            precondition(offsets.count - 1 <= Int(UInt32.max))
            return Interactions(
                offsets: offsets, items: items, values: values, itemCount: itemCount, counts: counts)
        }
    }

    private init(offsets: [Int], items: [UInt32], values: [Float], itemCount: Int, counts: [Int]) {
        userCount = offsets.count - 1
        self.itemCount = itemCount
        (userOffsets, userItems, userValues) = (offsets, items, values)
        var next = counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
        itemOffsets = next
        var users = [UInt32](repeating: 0, count: items.count)
        var columnValues = [Float](repeating: 1, count: values.count)
        for user in 0..<userCount {
            for place in offsets[user]..<offsets[user + 1] {
                let item = Int(items[place])
                users[next[item]] = UInt32(user)
                if !values.isEmpty { columnValues[next[item]] = values[place] }
                next[item] += 1
            }
        }
        (itemUsers, itemValues) = (users, columnValues)
    }

    /// The same users and items with other values. O(signals).
    func mapValues(_ transform: (_ user: Int, _ item: Int, _ value: Float) -> Float) -> Interactions {
        var (byUser, byItem) = ([Float](), [Float]())
        byUser.reserveCapacity(count)
        byItem.reserveCapacity(count)
        for user in 0..<userCount {
            for place in userOffsets[user]..<userOffsets[user + 1] {
                byUser.append(transform(user, Int(userItems[place]), isPlain ? 1 : userValues[place]))
            }
        }
        for item in 0..<itemCount {
            for place in itemOffsets[item]..<itemOffsets[item + 1] {
                byItem.append(transform(Int(itemUsers[place]), item, isPlain ? 1 : itemValues[place]))
            }
        }
        return Interactions(self, userValues: byUser, itemValues: byItem)
    }

    private init(_ other: Interactions, userValues: [Float], itemValues: [Float]) {
        (userCount, itemCount) = (other.userCount, other.itemCount)
        (userOffsets, userItems, self.userValues) = (other.userOffsets, other.userItems, userValues)
        (itemOffsets, itemUsers, self.itemValues) = (other.itemOffsets, other.itemUsers, itemValues)
    }

    /// The number of signals.
    public var count: Int { userItems.count }

    /// Whether every signal has value 1.
    public var isPlain: Bool { userValues.isEmpty }

    /// The items that a user has, rising. O(1).
    public func items(ofUser user: Int) -> ArraySlice<UInt32> { userItems[userOffsets[user]..<userOffsets[user + 1]] }

    /// The users that have an item, rising. O(1).
    public func users(ofItem item: Int) -> ArraySlice<UInt32> { itemUsers[itemOffsets[item]..<itemOffsets[item + 1]] }

    /// The values of a user's signals, in the order of `items(ofUser:)`;
    /// empty where all are 1. O(1).
    public func values(ofUser user: Int) -> ArraySlice<Float> {
        isPlain ? [] : userValues[userOffsets[user]..<userOffsets[user + 1]]
    }

    /// The values of an item's signals, in the order of `users(ofItem:)`;
    /// empty where all are 1. O(1).
    public func values(ofItem item: Int) -> ArraySlice<Float> {
        isPlain ? [] : itemValues[itemOffsets[item]..<itemOffsets[item + 1]]
    }

    /// A user's signals, by rising item. O(signals).
    public func history(ofUser user: Int) -> [Signal] {
        let values = values(ofUser: user)
        return items(ofUser: user).enumerated().map { place, item in
            Signal(item: Int(item), value: values.isEmpty ? 1 : values[values.startIndex + place])
        }
    }
}

extension Interactions {
    /// Without the items that nobody has, and the number here of each that is left.
    /// O(signals).
    public func withoutUnusedItems() -> (interactions: Interactions, items: [Int]) {
        let used = (0..<itemCount).filter { !users(ofItem: $0).isEmpty }
        return (renumbered(used), used)
    }

    /// Of these items alone, numbered in their order. O(signals).
    public func renumbered(_ items: [Int]) -> Interactions {
        var numbers = [Int](repeating: -1, count: itemCount)
        for (number, item) in items.enumerated() { numbers[item] = number }
        var builder = Builder(itemCount: items.count)
        for user in 0..<userCount {
            builder.add(
                history(ofUser: user).filter { numbers[$0.item] >= 0 }
                    .map { Signal(item: numbers[$0.item], value: $0.value) })
        }
        return builder.finish()
    }
}
