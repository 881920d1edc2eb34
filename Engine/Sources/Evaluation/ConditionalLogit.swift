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

    /// Fits by Newton's method, projected where a weight would fall below 0: Bertsekas, "Projected Newton methods for
    /// optimization problems with simple constraints", 1982. The function is concave, so where one starts does not matter.
    /// O(steps * alternatives * features²).
    ///
    /// - Parameters:
    ///   - features: how many features an alternative has; every choice has a multiple of that.
    ///   - penalty: of the weights' squares, above 0.
    ///   - steps: at most; few are needed.
    public init(fitting choices: [Choice], features: Int, penalty: Double = 1e-4, steps: Int = 100) {
        var weights = [Double](repeating: 0, count: features)
        var state = Self.evaluate(choices, weights, penalty)
        for _ in 0..<steps {
            // At 0 and with nothing to gain above it, a weight stays.
            let free = (0..<features).filter { weights[$0] > 0 || state.gradient[$0] > 0 }
            guard let direction = Self.solve(state.curvature, state.gradient, free, features) else { break }
            var (length, next) = (1.0, state)
            var moved = weights
            repeat {
                moved = weights
                for (place, feature) in free.enumerated() {
                    moved[feature] = max(0, weights[feature] + length * direction[place])
                }
                next = Self.evaluate(choices, moved, penalty)
                length /= 2
            } while next.value < state.value && length > 1e-6
            guard next.value > state.value + 1e-12 * abs(state.value) else { break }
            (weights, state) = (moved, next)
        }
        self.weights = weights
        logLikelihood = state.value
    }

    private struct State {
        var value: Double
        /// [features]
        var gradient: [Double]
        /// [features, features]: minus the second derivatives.
        var curvature: [Double]
    }

    private static func evaluate(_ choices: [Choice], _ weights: [Double], _ penalty: Double) -> State {
        let width = weights.count
        var state = State(
            value: 0, gradient: [Double](repeating: 0, count: width),
            curvature: [Double](repeating: 0, count: width * width))
        for choice in choices {
            let count = choice.features.count / width
            var scores = [Double](repeating: 0, count: count)
            for row in 0..<count {
                for feature in 0..<width {
                    scores[row] += weights[feature] * Double(choice.features[row * width + feature])
                }
            }
            let most = scores.max() ?? 0
            let likelihoods = scores.map { exp($0 - most) }
            let total = likelihoods.reduce(0, +)
            var mean = [Double](repeating: 0, count: width)
            var products = [Double](repeating: 0, count: width * width)
            for row in 0..<count where likelihoods[row] > 1e-12 * total {
                let share = likelihoods[row] / total
                for feature in 0..<width {
                    let value = Double(choice.features[row * width + feature])
                    guard value != 0 else { continue }
                    mean[feature] += share * value
                    for other in 0...feature {
                        products[feature * width + other] +=
                            share * value * Double(choice.features[row * width + other])
                    }
                }
            }
            state.value += scores[choice.chosen] - most - log(total)
            for feature in 0..<width {
                state.gradient[feature] += Double(choice.features[choice.chosen * width + feature]) - mean[feature]
                for other in 0...feature {
                    let covariance = products[feature * width + other] - mean[feature] * mean[other]
                    state.curvature[feature * width + other] += covariance
                    if other != feature { state.curvature[other * width + feature] += covariance }
                }
            }
        }
        let examples = Double(max(1, choices.count))
        state.value = state.value / examples - penalty * weights.reduce(0) { $0 + $1 * $1 }
        for feature in 0..<width {
            state.gradient[feature] = state.gradient[feature] / examples - 2 * penalty * weights[feature]
        }
        state.curvature = state.curvature.map { $0 / examples }
        for feature in 0..<width { state.curvature[feature * width + feature] += 2 * penalty }
        return state
    }

    /// The direction of Newton's step over the free weights, by elimination; the curvature is positive definite.
    private static func solve(
        _ curvature: [Double], _ gradient: [Double], _ free: [Int], _ width: Int
    ) -> [Double]? {
        let count = free.count
        var rows = free.map { feature in free.map { curvature[feature * width + $0] } + [gradient[feature]] }
        for pivot in 0..<count {
            guard rows[pivot][pivot] > 0 else { return nil }
            for row in pivot + 1..<max(count, pivot + 1) {
                let factor = rows[row][pivot] / rows[pivot][pivot]
                for column in pivot...count { rows[row][column] -= factor * rows[pivot][column] }
            }
        }
        var solution = [Double](repeating: 0, count: count)
        for row in (0..<count).reversed() {
            let known = (row + 1..<max(count, row + 1)).reduce(0) { $0 + rows[row][$1] * solution[$1] }
            solution[row] = (rows[row][count] - known) / rows[row][row]
        }
        return solution.isEmpty ? nil : solution
    }
}
