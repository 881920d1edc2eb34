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

    /// From each user's signals, in any order; of those with the same item the
    /// last counts. Traps unless 0 <= item < itemCount and both counts are
    /// below 2^32. Takes the histories one by one, so they may be made while
    /// they are taken. O(signals log signals).
    public init(_ histories: some Sequence<[Signal]>, itemCount: Int) {
        precondition((0...Int(UInt32.max)).contains(itemCount))
        var (items, values, offsets) = ([UInt32](), [Float](), [0])
        var counts = [Int](repeating: 0, count: itemCount)
        var isPlain = true
        for history in histories {
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
        userCount = offsets.count - 1
        precondition(userCount <= Int(UInt32.max))
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
                if !isPlain { columnValues[next[item]] = values[place] }
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
