/// A weighted sum of legs, each in 0...1, whose weights add up to 1: so the score is in 0...1 too, and every leg's
/// contribution to it can be shown.
@frozen
public struct LinearBlend<let legCount: Int>: Sendable {
    /// One value a leg.
    public typealias Legs = InlineArray<legCount, Double>

    /// One weight a leg, none negative, adding up to 1.
    public let weights: Legs

    /// - Precondition: no proportion is negative, they are finite, and not all are zero.
    public init(proportions: Legs) {
        var total = 0.0
        for leg in proportions.indices {
            precondition(proportions[leg] >= 0, "leg \(leg) has the proportion \(proportions[leg])")
            total += proportions[leg]
        }
        precondition(total > 0 && total.isFinite, "the proportions add up to \(total)")
        weights = Legs { proportions[$0] / total }
    }

    /// What each leg adds to the score. Legs outside 0...1 are clamped, NaN counts as 0.
    @inlinable  // Scored a million times a query: callers must see the number of legs.
    public func contributions(of legs: Legs) -> Legs {
        Legs { leg in
            let value = legs[leg]
            return weights[leg] * (value.isNaN ? 0 : min(max(value, 0), 1))
        }
    }

    /// The sum of the contributions.
    @inlinable
    public func score(of legs: Legs) -> Double {
        let parts = contributions(of: legs)
        var sum = 0.0
        for leg in parts.indices { sum += parts[leg] }
        return sum
    }
}
