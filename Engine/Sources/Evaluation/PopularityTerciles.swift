/// Items in three groups by popularity, each with about a third of all interactions: few items that many readers have,
/// more, and the many that few have. A recommender of what is popular does well in the first only.
///
/// Thirds of interactions, not of items, so that each group has about as many relevant items to find; by items, nearly
/// every interaction would be in the first.
public struct PopularityTerciles: Sendable, Hashable {
    /// One of the groups.
    public enum Tercile: Int, Sendable, Hashable, CaseIterable {
        case head, middle, tail
    }

    /// [items]
    public let terciles: [Tercile]

    /// Puts items in falling order of popularity, equals in that of their numbers; an item is in the third in which its
    /// interactions begin, so that the first is in the head however popular it is. Items without any are in the tail.
    /// O(n log n).
    ///
    /// - Parameter popularity: [items], how many readers have each, 0 or more, of those learned from.
    public init(popularity: [Int]) {
        let total = popularity.reduce(0, +)
        var terciles = [Tercile](repeating: .tail, count: popularity.count)
        var before = 0
        for item in popularity.indices.sorted(by: { (-popularity[$0], $0) < (-popularity[$1], $1) }) {
            let count = popularity[item]
            guard count > 0 else { break }
            terciles[item] = Tercile(rawValue: 3 * before / total) ?? .tail
            before += count
        }
        self.terciles = terciles
    }

    /// The relevant items of one group. Traps if an item is not one of the catalogue. O(relevant).
    public func items(_ relevant: Set<Int>, in tercile: Tercile) -> Set<Int> {
        relevant.filter { terciles[$0] == tercile }
    }

    /// The share of a reader's relevant items of one group that are among the first k of the list; nil when the reader has
    /// none, so as to be left out of the mean. O(k + relevant).
    public func recall(of tercile: Tercile, ranked: [Int], relevant: Set<Int>, at k: Int) -> Double? {
        let relevant = items(relevant, in: tercile)
        return relevant.isEmpty ? nil : RankingMetrics.figures(ranked: ranked, relevant: relevant, at: k).recall
    }
}
