/// Whether probabilities mean what they say: of what was said to be likely by 0.7, seven in ten should be so.
public struct CalibrationCurve: Sendable {
    /// Examples of about the same probability.
    public struct Bin: Sendable, Hashable {
        public var count: Int
        /// The mean of the probabilities that were said.
        public var said: Double
        /// The share of examples that were so.
        public var seen: Double
    }

    /// The bins that have examples, in rising order.
    public let bins: [Bin]

    /// Bins of equal width. Probabilities outside 0...1 and such that are not numbers count as the nearest and as 0.
    /// O(n).
    public init(probabilities: [Double], labels: [Bool], bins count: Int = 10) {
        precondition(
            probabilities.count == labels.count, "\(probabilities.count) probabilities, \(labels.count) labels")
        var sums = [(count: Int, said: Double, seen: Int)](repeating: (0, 0, 0), count: count)
        for (probability, label) in zip(probabilities, labels) {
            let probability = probability.isNaN ? 0 : min(max(probability, 0), 1)
            let bin = min(count - 1, Int(probability * Double(count)))
            sums[bin].count += 1
            sums[bin].said += probability
            sums[bin].seen += label ? 1 : 0
        }
        bins = sums.filter { $0.count > 0 }.map {
            Bin(count: $0.count, said: $0.said / Double($0.count), seen: Double($0.seen) / Double($0.count))
        }
    }

    /// The mean distance of said and seen, each bin counting as many times as it has examples; 0 without any. O(bins).
    ///
    /// Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015.
    public var expectedError: Double {
        let total = bins.reduce(0) { $0 + $1.count }
        guard total > 0 else { return 0 }
        return bins.reduce(0) { $0 + Double($1.count) * abs($1.said - $1.seen) } / Double(total)
    }
}
