internal import Foundation

/// Weights for the features of alternatives that make the chosen ones likely: McFadden's conditional logit (1974), where the
/// probability of an alternative is the softmax of its weighted features. No weight is negative.
public struct ConditionalLogit: Sendable {
    /// One choice: the features of all alternatives, [alternatives, features], and which was chosen.
    public struct Choice: Sendable {
        public var features: [Float]
        public var chosen: Int

        public init(features: [Float], chosen: Int) {
            self.features = features
            self.chosen = chosen
        }
    }

    /// One a feature.
    public let weights: [Double]
    /// The mean log-likelihood of the choices that it was fitted to.
    public let logLikelihood: Double

    /// Fits by projected gradient ascent with a step that grows while it helps and shrinks when it does not. The function is
    /// concave, so where one starts does not matter. O(steps * all features).
    ///
    /// - Parameters:
    ///   - features: how many features an alternative has; every choice has a multiple of that.
    ///   - penalty: of the weights' squares.
    public init(fitting choices: [Choice], features: Int, penalty: Double = 1e-4, steps: Int = 400) {
        var weights = [Double](repeating: 1, count: features)
        var (value, gradient) = Self.evaluate(choices, weights, penalty)
        var step = 10.0
        for _ in 0..<steps where step > 1e-6 {
            let next = zip(weights, gradient).map { max(0, $0 + step * $1) }
            let (nextValue, nextGradient) = Self.evaluate(choices, next, penalty)
            if nextValue > value {
                (weights, value, gradient) = (next, nextValue, nextGradient)
                step *= 1.5
            } else {
                step /= 3
            }
        }
        self.weights = weights
        logLikelihood = value
    }

    private static func evaluate(
        _ choices: [Choice], _ weights: [Double], _ penalty: Double
    ) -> (value: Double, gradient: [Double]) {
        let width = weights.count
        var value = 0.0
        var gradient = [Double](repeating: 0, count: width)
        for choice in choices {
            let count = choice.features.count / width
            var scores = [Double](repeating: 0, count: count)
            for row in 0..<count {
                for feature in 0..<width {
                    scores[row] += weights[feature] * Double(choice.features[row * width + feature])
                }
            }
            let most = scores.max() ?? 0
            var total = 0.0
            var expected = [Double](repeating: 0, count: width)
            for row in 0..<count {
                let likelihood = exp(scores[row] - most)
                total += likelihood
                for feature in 0..<width {
                    expected[feature] += likelihood * Double(choice.features[row * width + feature])
                }
            }
            value += scores[choice.chosen] - most - log(total)
            for feature in 0..<width {
                gradient[feature] +=
                    Double(choice.features[choice.chosen * width + feature]) - expected[feature] / total
            }
        }
        let examples = Double(max(1, choices.count))
        return (
            value / examples - penalty * weights.reduce(0) { $0 + $1 * $1 },
            zip(gradient, weights).map { $0 / examples - 2 * penalty * $1 }
        )
    }
}
