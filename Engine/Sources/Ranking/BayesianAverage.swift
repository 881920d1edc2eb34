/// A mean rating that small samples cannot bend: each item's ratings are joined by `priorWeight` imaginary ones at the
/// population's mean.
///
/// The posterior mean of a normal model with known variance; the same form as IMDb's "weighted rating".
public struct BayesianAverage: Sendable, Hashable {
    /// The mean that an item without ratings is given.
    public let priorMean: Double
    /// How many ratings the prior counts for. At this many ratings of its own an item has moved half-way to its own mean.
    public let priorWeight: Double

    public init(priorMean: Double, priorWeight: Double) {
        self.priorMean = priorMean
        self.priorWeight = priorWeight
    }

    /// Takes the prior mean from a population: the mean over all ratings, where an item counts no more than
    /// `cap` times, so that a few famous items do not set it alone. O(n).
    /// - Parameter ratings: each item's own mean and number of ratings.
    /// - Returns: nil when nothing is rated.
    public init?(population ratings: some Sequence<(mean: Double, count: Int)>, cap: Int = 1_000, priorWeight: Double) {
        var sum = 0.0
        var weight = 0.0
        for (mean, count) in ratings where count > 0 && mean.isFinite {
            let capped = Double(min(count, cap))
            sum += mean * capped
            weight += capped
        }
        guard weight > 0 else { return nil }
        self.init(priorMean: sum / weight, priorWeight: priorWeight)
    }

    /// The item's mean pulled towards the prior. An item without ratings gets the prior mean. O(1).
    public func estimate(mean: Double?, count: Int) -> Double {
        guard let mean, mean.isFinite, count > 0 else { return priorMean }
        let own = Double(count)
        return (priorMean * priorWeight + mean * own) / (priorWeight + own)
    }
}
