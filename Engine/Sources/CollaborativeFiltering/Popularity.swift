internal import Foundation

/// The same for every user: how much all of them like each item.
///
/// An item's score is the sum of its signals, each halved for every
/// `halfLife` of its age where times are known, plus `priorWeight` times the
/// prior mean, over the sum of their sizes plus `priorWeight`: a Bayesian
/// average times the logarithm of how many there are, so that a few friends
/// of an unknown item do not put it above what thousands like.
public struct Popularity: CollaborativeModel {
    public let scores: [Float]
    public var itemCount: Int { scores.count }

    /// - Parameters:
    ///   - days: the age of each user's signals, in days, in the order of `items(ofUser:)`; nil where times are not known.
    ///   - halfLife: in days.
    ///   - priorWeight: how many imaginary signals of the mean value an item begins with.
    public init(
        _ interactions: Interactions, ages days: [[Float]]? = nil, halfLife: Float = 365, priorWeight: Float = 10
    ) {
        var (sums, weights) = ([Float](repeating: 0, count: interactions.itemCount), [Float]())
        weights = sums
        var (total, all) = (0.0, 0.0)
        for user in 0..<interactions.userCount {
            for (place, signal) in interactions.history(ofUser: user).enumerated() {
                let age = days.map { $0[user][place] } ?? 0
                let weight = exp2(-max(0, age) / halfLife)
                sums[signal.item] += weight * signal.value
                weights[signal.item] += weight
                total += Double(weight * signal.value)
                all += Double(weight)
            }
        }
        let mean = all > 0 ? Float(total / all) : 0
        scores = zip(sums, weights).map { sum, weight in
            (sum + priorWeight * mean) / (weight + priorWeight) * log(1 + weight)
        }
    }

    /// O(itemCount).
    public func scores(for history: [Signal]) -> [Float] { scores }

    /// None: it is the same for everybody.
    public func contributions(of history: [Signal], to item: Int) -> [Float] {
        [Float](repeating: 0, count: history.count)
    }
}
