/// A figure and the range in which it would lie, 95 times of 100, with other examples of the same kind.
public struct Estimate: Sendable, Hashable {
    public var value: Double
    public var low: Double
    public var high: Double

    public init(value: Double, low: Double, high: Double) {
        self.value = value
        self.low = low
        self.high = high
    }
}

/// Percentile bootstrap: the figure is computed again and again over examples drawn with replacement.
///
/// Efron, "Bootstrap methods: another look at the jackknife", 1979.
public enum Bootstrap {
    /// Nil when the figure of all examples is. Draws without a figure, for lack of a positive example for instance, are
    /// left out. The same seed gives the same range. O(samples * cost of the figure).
    ///
    /// - Parameter figure: of the examples with these numbers, 0..<count, some of them several times.
    public static func estimate(
        examples count: Int, samples: Int = 1_000, seed: UInt64 = 1, of figure: ([Int]) -> Double?
    ) -> Estimate? {
        guard let value = figure(Array(0..<count)) else { return nil }
        return range(of: draws(examples: count, samples: samples, seed: seed, of: figure), around: value)
    }

    /// Of the mean of values, one an example; nil without any. O(samples * values).
    public static func mean(of values: [Double], samples: Int = 1_000, seed: UInt64 = 1) -> Estimate? {
        estimate(examples: values.count, samples: samples, seed: seed) { examples in
            examples.isEmpty ? nil : examples.reduce(0) { $0 + values[$1] } / Double(examples.count)
        }
    }

    /// The figure of examples drawn with replacement, as often as there is one.
    static func draws<Figure>(
        examples count: Int, samples: Int, seed: UInt64, of figure: ([Int]) -> Figure?
    ) -> [Figure] {
        var random = SeededGenerator(seed: seed)
        var drawn: [Figure] = []
        drawn.reserveCapacity(samples)
        for _ in 0..<samples {
            let examples = (0..<count).map { _ in Int.random(in: 0..<count, using: &random) }
            if let one = figure(examples) { drawn.append(one) }
        }
        return drawn
    }

    /// From the 2.5th to the 97.5th percentile of what was drawn, in any order.
    static func range(of drawn: [Double], around value: Double) -> Estimate {
        guard !drawn.isEmpty else { return Estimate(value: value, low: value, high: value) }
        let drawn = drawn.sorted()
        return Estimate(value: value, low: quantile(0.025, of: drawn), high: quantile(0.975, of: drawn))
    }

    /// Between two neighbours the value on the straight line.
    private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
}
