#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Fits linear heads to examples: for every label by itself the weights w and the bias b that make
///
///     Σ cᵢ (log(1 + exp zᵢ) - yᵢ zᵢ) / Σ cᵢ  +  λ/2 |w - w₀|²,    zᵢ = w · xᵢ + b,
///
/// smallest, with w₀ the weights of a prior: where examples say nothing, what was known before stays.
///
/// By accelerated gradient descent on centred features with a step from the largest curvature (Nesterov 1983), started anew
/// when the objective's slope turns (O'Donoghue and Candès, "Adaptive restart for accelerated gradient schemes", 2015). All
/// labels go through the same two products of matrices, so many of them cost little more than one. The same examples give
/// the same heads.
public struct LogisticRegression: Sendable {
    /// λ, how strongly weights are held back to the prior; above 0.
    public var regularization: Float
    /// Most steps that are taken.
    public var steps: Int
    /// The length of the gradient at which a label is done.
    public var tolerance: Float

    public init(regularization: Float, steps: Int = 500, tolerance: Float = 1e-4) {
        precondition(regularization > 0, "without regularisation separable examples have no best weights")
        self.regularization = regularization
        self.steps = steps
        self.tolerance = tolerance
    }

    /// Heads for as many labels as there are targets an example.
    ///
    /// - Parameters:
    ///   - features: [examples, dimension].
    ///   - targets: [examples, labels], each 0...1.
    ///   - weights: [examples, labels], how much an example counts for a label, 0 when that is not known of it. A label
    ///     without any example keeps the prior.
    ///   - prior: heads of the same shape; those that know nothing when nil.
    ///
    /// Traps when the shapes do not fit. O(steps * examples * dimension * labels).
    public func fit(
        features: [Float], dimension: Int, targets: [Float], weights: [Float], labels: Int, prior: LinearHeads? = nil
    ) -> LinearHeads {
        let prior = prior ?? LinearHeads(labels: labels, dimension: dimension)
        precondition(prior.labels == labels && prior.dimension == dimension, "the prior has another shape")
        var problem = Problem(features, dimension, targets, weights, labels)
        let rates = problem.largestCurvatures().map { 1 / ($0 + regularization) }
        // The last column is the bias of the centred features, which nothing holds back.
        let columns = dimension + 1
        var anchor = [Float](repeating: 0, count: labels * columns)
        for label in 0..<labels {
            let own = prior.weights[label * dimension..<(label + 1) * dimension]
            anchor.replaceSubrange(label * columns..<label * columns + dimension, with: own)
            anchor[label * columns + dimension] =
                prior.biases[label] + zip(own, problem.means).reduce(0) { $0 + $1.0 * $1.1 }
        }
        var (point, before) = (anchor, anchor)
        var momentum = [Float](repeating: 0, count: labels)
        var isDone = problem.totals.map { $0 == 0 }
        for _ in 0..<steps where isDone.contains(false) {
            var ahead = point
            for label in 0..<labels where !isDone[label] {
                let k = momentum[label]
                let beta = k / (k + 3)
                for at in label * columns..<(label + 1) * columns { ahead[at] += beta * (point[at] - before[at]) }
            }
            let slopes = problem.slopes(at: ahead)
            for label in 0..<labels where !isDone[label] {
                var (square, turn): (Float, Float) = (0, 0)
                for at in label * columns..<(label + 1) * columns {
                    let held = at == label * columns + dimension ? 0 : regularization * (ahead[at] - anchor[at])
                    let slope = slopes[at] + held
                    let next = ahead[at] - rates[label] * slope
                    square += slope * slope
                    turn += slope * (next - point[at])
                    before[at] = point[at]
                    point[at] = next
                }
                momentum[label] = turn > 0 ? 0 : momentum[label] + 1
                isDone[label] = square.squareRoot() < tolerance
            }
        }
        return heads(point, columns, problem.means)
    }

    /// For features as they are, which nobody centred.
    private func heads(_ point: [Float], _ columns: Int, _ means: [Float]) -> LinearHeads {
        let dimension = columns - 1
        var weights: [Float] = []
        var biases: [Float] = []
        for start in stride(from: 0, to: point.count, by: columns) {
            let own = point[start..<start + dimension]
            weights += own
            biases.append(point[start + dimension] - zip(own, means).reduce(0) { $0 + $1.0 * $1.1 })
        }
        return LinearHeads(weights: weights, biases: biases, dimension: dimension)
    }
}

/// The examples, and the products that are made of them in every step.
private struct Problem {
    let examples: Int
    /// Those of the features, and the one that is always 1.
    let columns: Int
    let labels: Int
    /// Of the features.
    let means: [Float]
    /// The sum of the weights, by label.
    let totals: [Float]
    /// [examples, columns], centred.
    private let rows: [Float]
    /// [labels, examples], as is all that follows.
    private let targets: [Float]
    private let shares: [Float]
    private var forces: [Float]
    private var slopes: [Float]

    init(_ features: [Float], _ dimension: Int, _ targets: [Float], _ weights: [Float], _ labels: Int) {
        let examples = labels == 0 ? 0 : targets.count / labels
        precondition(targets.count == examples * labels && weights.count == targets.count, "targets and weights differ")
        precondition(features.count == examples * dimension, "\(features.count) features of \(examples) examples")
        (self.examples, columns, self.labels) = (examples, dimension + 1, labels)

        var sums = [Double](repeating: 0, count: dimension)
        for row in 0..<examples {
            for column in 0..<dimension { sums[column] += Double(features[row * dimension + column]) }
        }
        let means = sums.map { Float($0 / Double(max(1, examples))) }
        self.means = means
        var rows: [Float] = []
        rows.reserveCapacity(examples * columns)
        for row in 0..<examples {
            for column in 0..<dimension { rows.append(features[row * dimension + column] - means[column]) }
            rows.append(1)
        }
        self.rows = rows

        var (turned, shares) = ([Float](), [Float]())
        var totals: [Float] = []
        for label in 0..<labels {
            let own = (0..<examples).map { weights[$0 * labels + label] }
            let total = own.reduce(0, +)
            totals.append(total)
            shares += own.map { total > 0 ? $0 / total : 0 }
            turned += (0..<examples).map { targets[$0 * labels + label] }
        }
        (self.targets, self.shares, self.totals) = (turned, shares, totals)
        forces = [Float](repeating: 0, count: labels * examples)
        slopes = [Float](repeating: 0, count: labels * columns)
    }

    /// The gradient of the first sum at these weights, [labels, columns].
    mutating func slopes(at point: [Float]) -> [Float] {
        forces.become(point, timesTransposed: rows, depth: columns)
        for at in forces.indices { forces[at] = shares[at] * (1 / (1 + exp(-forces[at])) - targets[at]) }
        slopes.become(forces, times: rows, depth: examples)
        return slopes
    }

    /// No second derivative is larger, by label: a quarter of the largest eigenvalue of Σ cᵢ xᵢ xᵢᵀ / Σ cᵢ, by power
    /// iteration, and a little more because that comes from below.
    mutating func largestCurvatures() -> [Float] {
        var direction = [Float](repeating: 1 / Float(columns).squareRoot(), count: labels * columns)
        var largest = [Float](repeating: 0, count: labels)
        for _ in 0..<30 {
            forces.become(direction, timesTransposed: rows, depth: columns)
            for at in forces.indices { forces[at] *= shares[at] }
            slopes.become(forces, times: rows, depth: examples)
            for label in 0..<labels {
                let own = label * columns..<(label + 1) * columns
                largest[label] = slopes[own].reduce(0) { $0 + $1 * $1 }.squareRoot()
                guard largest[label] > 0 else { continue }
                for at in own { direction[at] = slopes[at] / largest[label] }
            }
        }
        return largest.map { 1.1 * $0 / 4 }
    }
}
