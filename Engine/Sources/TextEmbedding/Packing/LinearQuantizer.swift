internal import Kernels

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Turns the weights of a linear layer into bytes.
///
/// Two things are done beyond rounding. Inputs whose range is much wider than
/// the others' hand some of it to their weights: `x · w = (x · f) · (w / f)`
/// with one factor f per input, chosen between the ranges of both sides (Xiao
/// et al., "SmoothQuant", 2023, with α = 0.5). And the scale of every row is
/// such that no sum of the 16-bit kernels can overflow, whatever the input.
enum LinearQuantizer {
    /// A layer of bytes, as `PackedLinear` wants it.
    struct Layer: Equatable {
        var weights: [Int8]
        var scales: [Float]
        var sums: [Int32]
        var bias: [Float]
        var factors: [Float]
    }

    /// Weights of a row that are all smaller count as zeros, as activations
    /// do: their scale would not be a normal number.
    static let smallest: Float = 1e-30
    /// Larger weights cannot be packed: products of a few would overflow.
    static let largest: Float = 1e18

    /// By what each input is to be multiplied.
    ///
    /// `ranges` are the largest magnitudes seen of each input, `weights`
    /// [rows, columns] those that it meets. Powers of the fourth root of two,
    /// so that roundings in `ranges` hardly ever change them.
    /// O(rows * columns).
    static func factors(ranges: [Float], weights: [Float]) -> [Float] {
        let columns = ranges.count
        var widest = [Float](repeating: 0, count: columns)
        for (place, weight) in weights.enumerated() {
            widest[place % columns] = max(widest[place % columns], abs(weight))
        }
        let exponents = zip(ranges, widest).map { range, weight in
            0.5 * (log2(max(weight, 1e-5)) - log2(min(max(range, 1e-5), largest)))
        }
        // Together they neither shrink nor stretch the inputs.
        let middle = exponents.reduce(0, +) / Float(max(1, columns))
        return exponents.map { exp2((4 * ($0 - middle)).rounded(.toNearestOrEven) / 4) }
    }

    /// The layer with `weights` [rows, factors.count], `bias` [rows].
    /// O(rows * columns).
    static func quantize(weights: [Float], bias: [Float], factors: [Float]) -> Layer {
        let (rows, columns) = (bias.count, factors.count)
        let depth = PackedLinear.depth(of: columns)
        let padded = PackedLinear.paddedRows(rows)
        var layer = Layer(
            weights: [Int8](repeating: 0, count: padded * depth), scales: [Float](repeating: 0, count: padded),
            sums: [Int32](repeating: 0, count: padded), bias: bias + [Float](repeating: 0, count: padded - rows),
            factors: factors)
        let lanes = Self.lanes(count: depth)
        for row in 0..<rows {
            var values = (0..<columns).map { weights[row * columns + $0] / factors[$0] }
            values += [Float](repeating: 0, count: depth - columns)
            let (scale, bytes) = quantize(row: values, lanes: lanes)
            layer.scales[row] = scale
            layer.sums[row] = bytes.reduce(0) { $0 + Int32($1) }
            for column in 0..<columns {
                layer.weights[PackedLinear.place(row: row, column: column, depth: depth)] = bytes[column]
            }
        }
        return layer
    }

    /// One row, padded to the block depth, with its scale: the finest with
    /// which no weight leaves its byte and no lane exceeds its limit. Finer
    /// ones, which cut the few widest lanes, were tried and are worse for rows
    /// of fewer than some thousand inputs.
    private static func quantize(row: [Float], lanes: [[Int]]) -> (scale: Float, bytes: [Int8]) {
        var widest = row.reduce(0) { max($0, abs($1)) } / 127
        for lane in lanes {
            let positive = lane.reduce(0) { $0 + max(0, row[$1]) }
            let negative = lane.reduce(0) { $0 + max(0, -row[$1]) }
            widest = max(widest, max(positive, negative) / Float(PackedLinear.laneLimit))
        }
        guard widest >= smallest / 127 else { return (0, [Int8](repeating: 0, count: row.count)) }
        return (widest, round(row, scale: widest, lanes: lanes))
    }

    /// The row in units of `scale`, within bytes and the lanes' limit.
    private static func round(_ row: [Float], scale: Float, lanes: [[Int]]) -> [Int8] {
        var bytes = row.map { Int(($0 / scale).rounded(.toNearestOrEven).clamped(to: -127...127)) }
        for lane in lanes {
            for sign in [1, -1] {
                var excess = lane.reduce(0) { $0 + max(0, sign * bytes[$1]) } - PackedLinear.laneLimit
                while excess > 0 {
                    // The weight that was rounded up most, or cut least.
                    let place = lane.filter { sign * bytes[$0] > 0 }.max { first, second in
                        let up = { (place: Int) in Float(sign * bytes[place]) - Float(sign) * row[place] / scale }
                        return up(first) < up(second)
                    }!
                    bytes[place] -= sign
                    excess -= 1
                }
            }
        }
        return bytes.map { Int8($0) }
    }

    /// Which columns meet in one 16-bit sum.
    private static func lanes(count: Int) -> [[Int]] {
        stride(from: 0, to: count, by: PackedLinear.blockDepth).flatMap { start in
            [[0, 1, 4, 5], [2, 3, 6, 7]].map { $0.map { start + $0 } }
        }
    }
}

extension Float {
    fileprivate func clamped(to range: ClosedRange<Float>) -> Float {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
