/// An item that users have beside another one.
public struct ItemNeighbor: Sendable, Hashable {
    public let item: Int
    /// How many users have both.
    public let together: Int
    /// 0...1
    public let similarity: Float
}

/// Items that the same users have: the cosine of their columns, drawn towards 0
/// where few users have both.
///
/// similarity(i, j) = n(i, j) / sqrt(n(i) n(j)) · n(i, j) / (n(i, j) + shrinkage),
/// n the number of users: Sarwar et al., "Item-based collaborative filtering
/// recommendation algorithms", 2001; the shrinkage is that of Bell and Koren,
/// "Scalable collaborative filtering with jointly derived neighborhood
/// interpolation weights", 2007.
public struct ItemNeighbors: Sendable {
    /// How many users must have both items to be believed by half, 0 or more.
    public var shrinkage: Double
    /// How many neighbors are kept of an item.
    public var limit: Int
    /// Users with more items are left out: they tell little of what goes
    /// together, and take the most time.
    public var mostItems: Int

    public init(shrinkage: Double = 20, limit: Int = 50, mostItems: Int = 1_000) {
        self.shrinkage = shrinkage
        self.limit = limit
        self.mostItems = mostItems
    }

    /// Hands `body` every item, the users who have it and were not left out,
    /// and its neighbors: the most similar first, of equal ones the one with
    /// the lower number.
    /// O(sum over users of their items squared), at most pairs * mostItems.
    public func find(
        in interactions: Interactions,
        _ body: (_ item: Int, _ users: [UInt32], _ neighbors: [ItemNeighbor]) throws -> Void
    ) rethrows {
        func users(_ item: Int) -> [UInt32] {
            interactions.users(ofItem: item).filter { interactions.items(ofUser: Int($0)).count <= mostItems }
        }
        var together = [UInt32](repeating: 0, count: interactions.itemCount)
        let counts = (0..<interactions.itemCount).map { users($0).count }
        for item in 0..<interactions.itemCount {
            let own = users(item)
            var touched: [Int] = []
            for user in own {
                for other in interactions.items(ofUser: Int(user)) where Int(other) != item {
                    if together[Int(other)] == 0 { touched.append(Int(other)) }
                    together[Int(other)] += 1
                }
            }
            let neighbors = touched.map { other -> ItemNeighbor in
                let both = Double(together[other])
                together[other] = 0
                let cosine = both / (Double(counts[item]) * Double(counts[other])).squareRoot()
                return ItemNeighbor(
                    item: other, together: Int(both), similarity: Float(cosine * both / (both + shrinkage)))
            }
            try body(
                item, own, Array(neighbors.sorted { ($0.similarity, $1.item) > ($1.similarity, $0.item) }.prefix(limit))
            )
        }
    }
}
