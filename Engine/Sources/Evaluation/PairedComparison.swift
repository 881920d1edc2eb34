/// Two systems over the same examples: readers, for instance, with one figure of each system for each.
///
/// Paired, because readers differ more from each other than systems do: what is drawn is a reader with both figures, so
/// that a hard reader is hard for both.
public struct PairedComparison: Sendable, Hashable {
    /// How many examples.
    public let count: Int
    /// The mean of the system.
    public let mean: Double
    /// The mean of what it is compared with.
    public let baseline: Double
    /// mean - baseline.
    public let difference: Estimate
    /// mean / baseline - 1: 0.1 is a tenth better. Nil when the baseline's mean is 0 or less. Draws where it is are left
    /// out.
    public let relativeDifference: Estimate?
    /// Two-sided, of the null hypothesis that the means are equal: twice the share of draws whose difference is not on the
    /// side of the larger part, at least 2 / (samples + 1) and at most 1. Below 0.05 where the range of `difference`
    /// excludes 0, but for a draw or two.
    ///
    /// Efron and Tibshirani, "An introduction to the bootstrap", 1993, section 15.4, as the inverse of the range.
    public let bootstrapP: Double
    /// Two-sided, by `SignFlipTest`: of the null hypothesis that it does not matter which system is which.
    public let randomisationP: Double

    /// Nil without examples. Traps unless there are as many values as baselines. The same seed gives the same result.
    /// O((samples + flips) * examples).
    ///
    /// - Parameters:
    ///   - values: [examples], of the system; no NaN.
    ///   - baseline: [examples], in the same order.
    ///   - samples: draws of the bootstrap, at least 1.
    ///   - flips: draws of the randomisation test, at least 1.
    public init?(
        _ values: [Double], against baseline: [Double], samples: Int = 1_000, flips: Int = 10_000, seed: UInt64 = 1
    ) {
        precondition(values.count == baseline.count, "\(values.count) values and \(baseline.count) to compare with")
        precondition(samples > 0, "\(samples) samples")
        guard !values.isEmpty else { return nil }
        let n = Double(values.count)
        let means = { (examples: [Int]) in
            examples.reduce((0.0, 0.0)) { ($0.0 + values[$1] / n, $0.1 + baseline[$1] / n) }
        }
        (mean, self.baseline) = means(Array(values.indices))
        count = values.count
        let drawn = Bootstrap.draws(examples: values.count, samples: samples, seed: seed, of: means)
        let differences = drawn.map { $0 - $1 }
        difference = Bootstrap.range(of: differences, around: mean - self.baseline)
        relativeDifference =
            self.baseline > 0
            ? Bootstrap.range(
                of: drawn.compactMap { $1 > 0 ? $0 / $1 - 1 : nil }, around: mean / self.baseline - 1) : nil
        let beyond = min(differences.count { $0 <= 0 }, differences.count { $0 >= 0 })
        bootstrapP = min(1, 2 * Double(beyond + 1) / Double(samples + 1))
        randomisationP = SignFlipTest.p(of: zip(values, baseline).map { $0 - $1 }, samples: flips, seed: seed)
    }
}
