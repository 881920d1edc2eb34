/// How well a ranking does.
///
/// A rank counts from 1; nil is an answer that was not found. Means over ranks are for rankings that have one right answer
/// for each query, and 0 without queries; O(n).
public enum RankingMetrics {
    /// The share of queries whose answer is among the first `k`, 0...1: hit rate, or success, at k.
    public static func hitRate(_ ranks: [Int?], at k: Int) -> Double {
        mean(ranks) { $0 <= k ? 1 : 0 }
    }

    /// The mean of 1 / rank, 0 beyond `k`: MRR at k.
    public static func meanReciprocalRank(_ ranks: [Int?], at k: Int) -> Double {
        mean(ranks) { $0 <= k ? 1 / Double($0) : 0 }
    }

    private static func mean(_ ranks: [Int?], _ gain: (Int) -> Double) -> Double {
        ranks.isEmpty ? 0 : ranks.reduce(0) { $0 + ($1.map(gain) ?? 0) } / Double(ranks.count)
    }
}
