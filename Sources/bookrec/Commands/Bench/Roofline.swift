import Kernels
import TextEmbedding

/// How near each linear layer of an encoder comes to what one core can do.
///
/// Measured on invented weights of the model's shapes, with the rows of one query and of one description.
struct Roofline: Encodable {
    struct Layer: Encodable {
        var name: String
        var tokens: Int
        var productsPerSecond: Double
        /// Of the limit.
        var share: Double
    }

    /// Products of two bytes a second, from registers alone.
    var limit: Double
    var layers: [Layer] = []

    init(configuration: EncoderConfiguration) {
        let kernels = Kernels.selected
        limit = MachineLimits.byteProductsPerSecond(level: kernels.level)
        let (hidden, wide) = (configuration.hiddenSize, configuration.intermediateSize)
        let shapes = [
            ("query, key and value", 3 * hidden, hidden), ("attention output", hidden, hidden),
            ("intermediate", wide, hidden), ("output", hidden, wide),
        ]
        for tokens in [12, 128] {
            for (name, rows, columns) in shapes {
                let rate = Self.productsPerSecond(kernels, tokens: tokens, rows: rows, columns: columns)
                layers.append(
                    Layer(name: name, tokens: tokens, productsPerSecond: rate, share: limit > 0 ? rate / limit : 0))
            }
        }
    }

    private static func productsPerSecond(_ kernels: Kernels, tokens: Int, rows: Int, columns: Int) -> Double {
        let depth = PackedLinear.depth(of: columns)
        let padded = PackedLinear.paddedRows(rows)
        var bytes = (0..<tokens * depth).map { UInt8($0 % 251) }
        var scales = [Float](repeating: 0.01, count: tokens)
        var zeros = [Int32](repeating: 100, count: tokens)
        var output = [Float](repeating: 0, count: tokens * rows)
        let weights = (0..<padded * depth).map { Int8($0 % 61 - 30) }
        let floats = [Float](repeating: 0.01, count: max(padded, columns))
        let sums = [Int32](repeating: 0, count: padded)
        let seconds = weights.withUnsafeBufferPointer { weights in
            floats.withUnsafeBufferPointer { floats in
                sums.withUnsafeBufferPointer { sums in
                    bytes.withUnsafeMutableBufferPointer { bytes in
                        scales.withUnsafeMutableBufferPointer { scales in
                            zeros.withUnsafeMutableBufferPointer { zeros in
                                output.withUnsafeMutableBufferPointer { output in
                                    let layer = PackedLinear(
                                        rows: rows, columns: columns, weights: weights.baseAddress!,
                                        scales: floats.baseAddress!, sums: sums.baseAddress!,
                                        bias: floats.baseAddress!, factors: floats.baseAddress!)
                                    let input = QuantizedRows(
                                        rows: tokens, depth: depth, bytes: bytes.baseAddress!,
                                        scales: scales.baseAddress!, zeros: zeros.baseAddress!)
                                    let result = MutableMatrixView(output.baseAddress!, rows: tokens, columns: rows)
                                    return Stopwatch.median(for: 0.05) { kernels.apply(layer, to: input, into: result) }
                                }
                            }
                        }
                    }
                }
            }
        }
        return Double(tokens * rows * columns) / seconds
    }
}
