import Catalog
import Classification

/// Heads of `BookLabel.all`, some of them at a time.
extension LinearHeads {
    func selecting(_ labels: [BookLabel]) -> LinearHeads {
        LinearHeads(
            weights: labels.flatMap { weights[$0.column * dimension..<($0.column + 1) * dimension] },
            biases: labels.map { biases[$0.column] }, dimension: dimension)
    }

    /// With those of `labels` taken from `heads`, which has them in that order.
    func replacing(_ labels: [BookLabel], by heads: LinearHeads) -> LinearHeads {
        var (weights, biases) = (weights, biases)
        for (place, label) in labels.enumerated() {
            weights.replaceSubrange(
                label.column * dimension..<(label.column + 1) * dimension,
                with: heads.weights[place * dimension..<(place + 1) * dimension])
            biases[label.column] = heads.biases[place]
        }
        return LinearHeads(weights: weights, biases: biases, dimension: dimension)
    }

    /// With logits that are `slope` times as far and moved by `shift`, by label.
    func rescaled(slopes: [Float], shifts: [Float]) -> LinearHeads {
        LinearHeads(
            weights: weights.enumerated().map { $1 * slopes[$0 / dimension] },
            biases: biases.enumerated().map { $1 * slopes[$0] + shifts[$0] }, dimension: dimension)
    }

    /// With logits of mean 0 and this standard deviation over examples, [examples, dimension].
    func standardized(over features: [Float], to deviation: Float) -> LinearHeads {
        let logits = logits(of: features)
        let examples = max(1, logits.count / max(1, labels))
        var (slopes, shifts) = ([Float](), [Float]())
        for label in 0..<labels {
            let own = stride(from: label, to: logits.count, by: labels).map { Double(logits[$0]) }
            let mean = own.reduce(0, +) / Double(examples)
            let variance = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(examples)
            let slope = variance > 0 ? Double(deviation) / variance.squareRoot() : 0
            slopes.append(Float(slope))
            shifts.append(Float(-mean * slope))
        }
        return rescaled(slopes: slopes, shifts: shifts)
    }

    /// The features, each row with the logits of these heads behind it.
    func appendingLogits(to features: [Float]) -> [Float] {
        let logits = logits(of: features)
        var wider: [Float] = []
        wider.reserveCapacity(features.count + logits.count)
        for row in 0..<features.count / dimension {
            wider += features[row * dimension..<(row + 1) * dimension]
            wider += logits[row * labels..<(row + 1) * labels]
        }
        return wider
    }

    /// The same heads over the features alone, where the last ones were the logits of `helpers`.
    func folding(_ helpers: LinearHeads) -> LinearHeads {
        let own = helpers.dimension
        var folded: [Float] = []
        var biases = biases
        for label in 0..<labels {
            var row = Array(weights[label * dimension..<label * dimension + own])
            for helper in 0..<helpers.labels {
                let weight = weights[label * dimension + own + helper]
                for column in 0..<own { row[column] += weight * helpers.weights[helper * own + column] }
                biases[label] += weight * helpers.biases[helper]
            }
            folded += row
        }
        return LinearHeads(weights: folded, biases: biases, dimension: own)
    }
}
