/// Which users have which items: a sparse matrix of zeros and ones, by rows and
/// by columns.
public struct Interactions: Sendable, Hashable {
    /// The number of users.
    public let userCount: Int
    /// The number of items.
    public let itemCount: Int
    // [userCount + 1], [pairs]: where each user's items begin, and the items.
    private let userOffsets: [Int]
    private let userItems: [UInt32]
    // The same by items.
    private let itemOffsets: [Int]
    private let itemUsers: [UInt32]

    /// From pairs in any order; those that come again count once. Traps unless
    /// 0 <= user < userCount and 0 <= item < itemCount, both below 2^32.
    /// O(pairs log pairs).
    public init(_ pairs: [(user: Int, item: Int)], userCount: Int, itemCount: Int) {
        precondition((0...Int(UInt32.max)).contains(userCount) && (0...Int(UInt32.max)).contains(itemCount))
        self.userCount = userCount
        self.itemCount = itemCount
        let keys = pairs.map { pair -> UInt64 in
            precondition((0..<userCount).contains(pair.user), "user \(pair.user) of \(userCount)")
            precondition((0..<itemCount).contains(pair.item), "item \(pair.item) of \(itemCount)")
            return UInt64(pair.user) << 32 | UInt64(pair.item)
        }.sorted()
        var (items, offsets) = ([UInt32](), [Int](repeating: 0, count: userCount + 1))
        items.reserveCapacity(keys.count)
        var counts = [Int](repeating: 0, count: itemCount)
        var last: UInt64?
        for key in keys where key != last {
            last = key
            let item = UInt32(truncatingIfNeeded: key)
            items.append(item)
            offsets[Int(key >> 32) + 1] += 1
            counts[Int(item)] += 1
        }
        for user in 0..<userCount { offsets[user + 1] += offsets[user] }
        (userItems, userOffsets) = (items, offsets)

        var next = counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
        itemOffsets = next
        var users = [UInt32](repeating: 0, count: items.count)
        for user in 0..<userCount {
            for item in items[offsets[user]..<offsets[user + 1]] {
                users[next[Int(item)]] = UInt32(user)
                next[Int(item)] += 1
            }
        }
        itemUsers = users
    }

    /// The number of pairs.
    public var count: Int { userItems.count }

    /// The items that a user has, rising. O(1).
    public func items(ofUser user: Int) -> ArraySlice<UInt32> { userItems[userOffsets[user]..<userOffsets[user + 1]] }

    /// The users that have an item, rising. O(1).
    public func users(ofItem item: Int) -> ArraySlice<UInt32> { itemUsers[itemOffsets[item]..<itemOffsets[item + 1]] }
}
