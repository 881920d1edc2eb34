internal import Ranking

/// A recommender that learned from what users did, and serves users it has
/// never seen: from their history alone, without another training (fold-in).
public protocol CollaborativeModel: Sendable {
    /// The number of items that it learned about, numbered from 0.
    var itemCount: Int { get }

    /// How much a user of this history would like each item; only the order
    /// has a meaning. An item that comes again counts each time, items beyond
    /// `itemCount` are ignored.
    /// - Returns: [itemCount]
    func scores(for history: [Signal]) -> [Float]

    /// What each signal of the history adds to an item's score; together that
    /// is the score, but for what the item has of itself.
    /// - Returns: [history.count]
    func contributions(of history: [Signal], to item: Int) -> [Float]
}

/// An item and its score.
public struct ScoredItem: Sendable, Hashable {
    public let item: Int
    public let score: Float
}

extension CollaborativeModel {
    /// The best items for a user that are not in their history, best first;
    /// of equal ones the one with the lower number. O(scoring + itemCount).
    public func best(_ count: Int, for history: [Signal]) -> [ScoredItem] {
        var scores = scores(for: history)
        for signal in history where (0..<itemCount).contains(signal.item) { scores[signal.item] = -.infinity }
        var ranking = BoundedRanking(capacity: count)
        ranking.offer(scores)
        return ranking.sorted().filter { $0.score > -.infinity }.map {
            ScoredItem(item: $0.row, score: Float($0.score))
        }
    }
}
