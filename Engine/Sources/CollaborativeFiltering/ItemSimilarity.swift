internal import Foundation
internal import Ranking

/// Learns which items are liked by the same users.
public struct ItemSimilarity: Sendable {
    public enum Weighting: Sendable, Hashable {
        /// The cosine of the items' columns: Sarwar et al., "Item-based
        /// collaborative filtering recommendation algorithms", 2001. With a
        /// `share` other than a half the length of an item's own column counts
        /// for more or less than that of the item that speaks for it: the
        /// smaller, the more well-known items are recommended; Aiolli,
        /// "Efficient top-N recommendation for very large scale binary rated
        /// datasets", 2013.
        case cosine(share: Float = 0.5)
        /// Okapi BM25 with users as words of items: users with few items tell
        /// more, and one more user tells less the more an item has. `k1` is
        /// how soon it tells less, `b` in 0...1 how much long columns count
        /// for less: Robertson and Zaragoza, "The probabilistic relevance
        /// framework", 2009.
        case bm25(k1: Float, b: Float)
    }

    public var weighting: Weighting
    /// How many users must have both items to be believed by half.
    public var shrinkage: Float
    /// How many items are kept that speak for each.
    public var neighbors: Int

    public init(weighting: Weighting = .cosine(), shrinkage: Float = 0, neighbors: Int = 200) {
        self.weighting = weighting
        self.shrinkage = shrinkage
        self.neighbors = neighbors
    }

    /// O(sum over users of their items squared); uses all cores.
    /// - Throws: `CollaborativeFilteringError.noSignals`.
    public func train(on interactions: Interactions) throws(CollaborativeFilteringError) -> ItemWeights {
        guard interactions.count > 0 else {
            throw CollaborativeFilteringError(.noSignals, "no user has any of the \(interactions.itemCount) items")
        }
        let weighted = weighted(interactions)
        let scales = scales(weighted)
        let columns = weighted.withRows { users, items in
            Parallel.map(0..<weighted.itemCount, scratch: { Sums(itemCount: weighted.itemCount) }) { item, sums in
                similar(to: item, users, items, scales, &sums)
            }
        }
        return ItemWeights(columns: columns)
    }

    /// By item, all zero between uses.
    private struct Sums {
        var products: [Float]
        var together: [UInt32]

        init(itemCount: Int) {
            products = [Float](repeating: 0, count: itemCount)
            together = [UInt32](repeating: 0, count: itemCount)
        }
    }

    /// The strongest of the others.
    private func similar(
        to item: Int, _ users: SparseRows, _ items: SparseRows, _ scales: (own: [Float], other: [Float]),
        _ sums: inout Sums
    ) -> [(source: UInt32, weight: Float)] {
        var touched: [Int] = []
        for place in items.range(item) {
            let own = items.value(place)
            for other in unsafe users.range(Int(items.indices[place])) {
                let index = unsafe Int(users.indices[other])
                if sums.together[index] == 0 { touched.append(index) }
                sums.together[index] += 1
                sums.products[index] += own * users.value(other)
            }
        }
        var ranking = BoundedRanking(capacity: neighbors)
        for other in touched {
            let both = Float(sums.together[other])
            let similarity =
                sums.products[other] * scales.own[item] * scales.other[other] * both / (both + shrinkage)
            (sums.products[other], sums.together[other]) = (0, 0)
            if similarity > 0, other != item { ranking.offer((other, Double(similarity))) }
        }
        return ranking.kept.map { (UInt32($0.row), Float($0.score)) }
    }

    /// Signals as they count.
    private func weighted(_ interactions: Interactions) -> Interactions {
        guard case .bm25(let k1, let b) = weighting else { return interactions }
        let users = (0..<interactions.userCount).map { user in
            log(Float(interactions.itemCount)) - log1p(Float(interactions.items(ofUser: user).count))
        }
        let average = Float(interactions.count) / Float(max(1, interactions.itemCount))
        let lengths = (0..<interactions.itemCount).map { item in
            k1 * (1 - b + b * Float(interactions.users(ofItem: item).count) / average)
        }
        return interactions.mapValues { user, item, value in
            value * (k1 + 1) / (lengths[item] + abs(value)) * users[user]
        }
    }

    /// What products of columns are multiplied by, for the item that is spoken for and the one that speaks. [itemCount] each
    private func scales(_ interactions: Interactions) -> (own: [Float], other: [Float]) {
        guard case .cosine(let share) = weighting else {
            let ones = [Float](repeating: 1, count: interactions.itemCount)
            return (ones, ones)
        }
        let squares = (0..<interactions.itemCount).map { item -> Float in
            let values = interactions.values(ofItem: item)
            return values.isEmpty
                ? Float(interactions.users(ofItem: item).count) : values.reduce(Float(0)) { $0 + $1 * $1 }
        }
        func scales(_ exponent: Float) -> [Float] { squares.map { $0 > 0 ? pow($0, -exponent) : 0 } }
        return (scales(share), scales(1 - share))
    }
}
