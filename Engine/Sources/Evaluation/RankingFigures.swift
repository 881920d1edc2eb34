/// How well one list of items serves one reader, down to a place k, or the mean of that over readers; each 0...1.
public struct RankingFigures: Sendable, Hashable {
    /// The share of the relevant items that are in the list.
    public var recall: Double
    /// Relevant items in the list, by k: the places that a shorter list leaves empty count as wrong.
    public var precision: Double
    /// The gain, where place i counts 1 / log2(i + 1), by that of the best list there is.
    public var nDCG: Double
    /// The precision down to each relevant item of the list, summed, by the number of relevant items; its mean is MAP.
    ///
    /// By all relevant items even if they are more than k, as trec_eval's `map_cut` has it. Others divide by k then.
    public var averagePrecision: Double
    /// 1 / rank of the first relevant item, 0 without one; its mean is MRR.
    public var reciprocalRank: Double
    /// 1 if the list has a relevant item, else 0.
    public var hitRate: Double

    public init(
        recall: Double = 0, precision: Double = 0, nDCG: Double = 0, averagePrecision: Double = 0,
        reciprocalRank: Double = 0, hitRate: Double = 0
    ) {
        self.recall = recall
        self.precision = precision
        self.nDCG = nDCG
        self.averagePrecision = averagePrecision
        self.reciprocalRank = reciprocalRank
        self.hitRate = hitRate
    }

    /// The figure of one metric. O(1).
    public subscript(metric: RankingMetric) -> Double {
        switch metric {
        case .recall: recall
        case .precision: precision
        case .nDCG: nDCG
        case .averagePrecision: averagePrecision
        case .reciprocalRank: reciprocalRank
        case .hitRate: hitRate
        }
    }

    /// Each metric's mean over readers, who count the same; nil without any. O(readers).
    public static func mean(of readers: [RankingFigures]) -> RankingFigures? {
        guard !readers.isEmpty else { return nil }
        func mean(_ metric: RankingMetric) -> Double {
            readers.reduce(0) { $0 + $1[metric] } / Double(readers.count)
        }
        return RankingFigures(
            recall: mean(.recall), precision: mean(.precision), nDCG: mean(.nDCG),
            averagePrecision: mean(.averagePrecision), reciprocalRank: mean(.reciprocalRank), hitRate: mean(.hitRate))
    }
}

/// What `RankingFigures` tells, in the order of a table.
public enum RankingMetric: String, Sendable, Hashable, CaseIterable {
    case recall, precision, nDCG, averagePrecision, reciprocalRank, hitRate
}
