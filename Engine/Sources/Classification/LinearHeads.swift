/// Linear models over the same features, one a label: `logit = weights · features + bias`.
public struct LinearHeads: Sendable, Hashable {
    /// [labels, dimension], row by row.
    public let weights: [Float]
    /// [labels].
    public let biases: [Float]
    /// The number of features.
    public let dimension: Int

    /// Traps when the shapes do not fit.
    public init(weights: [Float], biases: [Float], dimension: Int) {
        precondition(weights.count == biases.count * dimension, "\(weights.count) weights of \(biases.count) labels")
        self.weights = weights
        self.biases = biases
        self.dimension = dimension
    }

    /// Heads that know nothing: every logit is 0.
    public init(labels: Int, dimension: Int) {
        self.init(
            weights: [Float](repeating: 0, count: labels * dimension), biases: [Float](repeating: 0, count: labels),
            dimension: dimension)
    }

    /// The number of labels.
    public var labels: Int { biases.count }

    /// The logits of examples, [examples, labels]. `features` has the shape [examples, dimension].
    /// O(examples * labels * dimension).
    public func logits(of features: [Float]) -> [Float] {
        let examples = dimension == 0 ? 0 : features.count / dimension
        precondition(features.count == examples * dimension, "\(features.count) features are no rows of \(dimension)")
        var logits = [Float](repeating: 0, count: examples * labels)
        logits.become(features, timesTransposed: weights, bias: biases, depth: dimension)
        return logits
    }
}
