internal import MemoryMapping
internal import Tokenization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// `TextEncoder` as the paper reads: plain Swift arrays, double precision,
/// one text at a time, no kernels. What the fast one is tested against.
///
/// About a thousand times slower: for tests of short texts only.
public struct ReferenceEncoder: Sendable {
    private let encoder: TextEncoder

    /// The plain version of `encoder`, with the same weights and tokens.
    public init(_ encoder: TextEncoder) {
        self.encoder = encoder
    }

    private typealias Matrix = [[Double]]

    /// The vector of `text`, of unit length. O(tokens * weights).
    public func embed(_ text: String) -> [Float] {
        let x = hidden(text)
        return pooled(x, 0..<x.count)
    }

    /// The vector of the tokens in this range, [CLS] being token 0, as `text`
    /// makes them. O(tokens * weights).
    public func embed(_ text: String, tokens: Range<Int>) -> [Float] {
        pooled(hidden(text), tokens)
    }

    /// The last layer's states, [tokens, dimension].
    private func hidden(_ text: String) -> Matrix {
        let configuration = encoder.configuration
        let tokens = encoder.tokenizer.encode(text, maximumTokens: encoder.maximumTokens)
        let words = tensor("embeddings.word_embeddings.weight", rows: tokens.map(Int.init))
        let positions = tensor("embeddings.position_embeddings.weight", rows: Array(tokens.indices))
        let segment = tensor("embeddings.token_type_embeddings.weight", rows: [0])[0]
        var x = add(add(words, positions), tokens.map { _ in segment })
        x = norm("embeddings.LayerNorm", x)
        for layer in 0..<configuration.layerCount {
            let prefix = "encoder.layer.\(layer)."
            let attended = linear(prefix + "attention.output.dense", attention(prefix + "attention.self.", x))
            x = norm(prefix + "attention.output.LayerNorm", add(attended, x))
            let wide = linear(prefix + "intermediate.dense", x).map { $0.map(gelu) }
            x = norm(prefix + "output.LayerNorm", add(linear(prefix + "output.dense", wide), x))
        }
        return x
    }

    private func pooled(_ x: Matrix, _ tokens: Range<Int>) -> [Float] {
        let mean = (0..<encoder.configuration.hiddenSize).map { column in
            x[tokens].reduce(0.0) { $0 + $1[column] } / Double(tokens.count)
        }
        let length = mean.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
        return mean.map { length.isFinite && length > 1e-12 ? Float($0 / length) : 0 }
    }

    private func attention(_ prefix: String, _ x: Matrix) -> Matrix {
        let size = encoder.configuration.headSize
        let query = linear(prefix + "query", x)
        let key = linear(prefix + "key", x)
        let value = linear(prefix + "value", x)
        var context = x.map { _ in [Double]() }
        for head in 0..<encoder.configuration.headCount {
            let columns = head * size..<(head + 1) * size
            for row in x.indices {
                let scores = key.map { dot(query[row][columns], $0[columns]) / Double(size).squareRoot() }
                let powers = scores.map { exp($0 - scores.max()!) }
                let sum = powers.reduce(0, +)
                context[row] += columns.map { column in
                    x.indices.reduce(0.0) { $0 + powers[$1] / sum * value[$1][column] }
                }
            }
        }
        return context
    }

    private func linear(_ name: String, _ x: Matrix) -> Matrix {
        let weight = tensor(name + ".weight")
        let bias = tensor(name + ".bias")[0]
        return x.map { row in zip(weight, bias).map { dot($0[...], row[...]) + $1 } }
    }

    private func norm(_ name: String, _ x: Matrix) -> Matrix {
        let gain = tensor(name + ".weight")[0]
        let bias = tensor(name + ".bias")[0]
        return x.map { row in
            let mean = row.reduce(0, +) / Double(row.count)
            let variance = row.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
            let scale = 1 / (variance + Double(encoder.configuration.layerNormEpsilon)).squareRoot()
            return row.indices.map { (row[$0] - mean) * scale * gain[$0] + bias[$0] }
        }
    }

    private func gelu(_ x: Double) -> Double { x * 0.5 * erfc(-x / 2.0.squareRoot()) }

    private func dot(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double {
        zip(a, b).reduce(0.0) { $0 + $1.0 * $1.1 }
    }

    private func add(_ a: Matrix, _ b: Matrix) -> Matrix {
        zip(a, b).map { zip($0, $1).map { $0 + $1 } }
    }

    /// The wanted rows of a tensor, all by default; a vector is one row.
    private func tensor(_ name: String, rows: [Int]? = nil) -> Matrix {
        let file = encoder.weights.file
        // The fast encoder's initializer saw to it that it is there.
        let tensor = file.tensors[name]!
        let width = tensor.shape.last!
        let start = tensor.byteRange.lowerBound
        return unsafe file.file.withElements(of: Float.self, at: start, count: tensor.count) { elements in
            (rows ?? Array(0..<tensor.count / width)).map { row in
                unsafe elements[row * width..<(row + 1) * width].map(Double.init)
            }
        }
    }
}
