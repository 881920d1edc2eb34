import EngineTestSupport
import Evaluation
import Kernels
import Testing

@testable import TextEmbedding

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("Packing of a linear layer")
struct LinearQuantizerTests {
    /// Rows of weights that are hard to keep within the limit, or to round.
    static func rows(_ columns: Int, _ random: inout SeededGenerator) -> [[Float]] {
        var outlier = random.floats(columns, in: -0.01...0.01)
        outlier[columns / 2] = 100
        let alternating = (0..<columns).map { Float($0.isMultiple(of: 2) ? 1 : -1) }
        return [
            random.floats(columns), random.floats(columns, in: 0...1), random.floats(columns, in: -1...0),
            [Float](repeating: 0.3, count: columns), [Float](repeating: -7e-6, count: columns), outlier, alternating,
            alternating.map { -$0 * 1e15 }, [Float](repeating: 0, count: columns),
            (0..<columns).map { $0 == 0 ? -0.5 : 0 }, random.floats(columns).map { $0 * $0 * $0 },
            (0..<columns).map { $0 % 8 == 0 ? 127 : 0.4999 }, [Float](repeating: 1e-35, count: columns),
            [Float](repeating: Float.leastNonzeroMagnitude * 7, count: columns),
        ]
    }

    /// The bytes of a layer, in the order of rows and columns.
    func bytes(_ layer: LinearQuantizer.Layer, rows: Int, columns: Int) -> [[Int]] {
        let depth = PackedLinear.depth(of: columns)
        return (0..<rows).map { row in
            (0..<depth).map { Int(layer.weights[PackedLinear.place(row: row, column: $0, depth: depth)]) }
        }
    }

    @Test func everyLaneKeepsItsLimit() {
        var random = SeededGenerator(seed: 50)
        for columns in Array(1...40) + [383, 384, 385] {
            let rows = Self.rows(columns, &random)
            let layer = LinearQuantizer.quantize(
                weights: rows.flatMap { $0 }, bias: [Float](repeating: 1, count: rows.count),
                factors: random.floats(columns, in: 0.5...2))
            let bytes = bytes(layer, rows: rows.count, columns: columns)
            for (number, row) in bytes.enumerated() {
                for start in stride(from: 0, to: row.count, by: 8) {
                    for lane in [[0, 1, 4, 5], [2, 3, 6, 7]] {
                        let weights = lane.map { row[start + $0] }
                        #expect(weights.reduce(0) { $0 + max(0, $1) } <= 128, "row \(number) of \(columns)")
                        #expect(weights.reduce(0) { $0 + max(0, -$1) } <= 128, "row \(number) of \(columns)")
                    }
                }
                #expect(row[columns...].allSatisfy { $0 == 0 })
                #expect(Int(layer.sums[number]) == row.reduce(0, +))
                #expect(layer.scales[number].isFinite && layer.scales[number] >= 0)
            }
        }
    }

    /// With a scale that no lane needs to be cut for, a weight is off by half
    /// of it, and by less than all of it where rounding up filled a lane. Of
    /// several scales the best is taken, so a row is at most as far off.
    @Test func weightsComeBack() {
        var random = SeededGenerator(seed: 51)
        for columns in Array(1...40) + [384] {
            let rows = Self.rows(columns, &random)
            let factors = random.floats(columns, in: 0.5...2)
            let layer = LinearQuantizer.quantize(
                weights: rows.flatMap { $0 }, bias: [Float](repeating: 0, count: rows.count), factors: factors)
            let bytes = bytes(layer, rows: rows.count, columns: columns)
            for (number, row) in rows.enumerated() {
                let divided = zip(row, factors).map { Double($0) / Double($1) }
                let wide = Self.safeScale(divided)
                let error = zip(divided, bytes[number]).reduce(0.0) { sum, pair in
                    let difference = pair.0 - Double(layer.scales[number]) * Double(pair.1)
                    return sum + difference * difference
                }
                // Below 1e-30 weights may count as nothing.
                #expect(error <= Double(columns) * max(wide * wide, 1e-60) * 1.0001, "row \(number) of \(columns)")
            }
        }
    }

    /// The scale with which no lane exceeds its limit before rounding.
    static func safeScale(_ row: [Double]) -> Double {
        let padded = row + [Double](repeating: 0, count: 8 - row.count % 8)
        var scale = row.reduce(0) { max($0, abs($1)) } / 127
        for start in stride(from: 0, to: padded.count - 7, by: 8) {
            for lane in [[0, 1, 4, 5], [2, 3, 6, 7]] {
                let weights = lane.map { padded[start + $0] }
                scale = max(scale, weights.reduce(0) { $0 + max(0, $1) } / 128)
                scale = max(scale, weights.reduce(0) { $0 + max(0, -$1) } / 128)
            }
        }
        return scale
    }

    @Test func factorsAreFourthRootsOfPowersOfTwoAndNeutral() {
        var random = SeededGenerator(seed: 53)
        for columns in [1, 2, 7, 384] {
            let ranges = random.floats(columns, in: -8...8).map { exp2($0) }
            let weights = random.floats(columns * 3).map { $0 * 0.3 }
            let factors = LinearQuantizer.factors(ranges: ranges, weights: weights)
            let steps = factors.map { 4 * log2($0) }
            #expect(steps.allSatisfy { abs($0 - $0.rounded()) < 1e-4 })
            // Each is rounded by half a step at most, and on average by none.
            let mean = steps.reduce(0, +) / Float(columns)
            #expect(abs(mean) <= (columns == 384 ? 0.06 : 0.5), "\(mean)")
        }
        #expect(LinearQuantizer.factors(ranges: [5], weights: [1, 2]) == [1])
        #expect(LinearQuantizer.factors(ranges: [], weights: []) == [])
    }

    /// A wide input is made narrower and its weights wider: both come out
    /// with the square root of the ratio.
    @Test func wideInputsHandTheirRangeToTheirWeights() {
        let factors = LinearQuantizer.factors(ranges: [16, 1, 1, 1.0 / 16], weights: [1, 1, 1, 1])
        #expect(factors == [0.25, 1, 1, 4])
        let byWeights = LinearQuantizer.factors(ranges: [1, 1, 1, 1], weights: [1.0 / 16, 1, -1, -16, 0, 0, 0, 0])
        #expect(byWeights == [0.25, 1, 1, 4])
        // What is never seen, or never used, or beyond all measure is a
        // factor all the same.
        let strange = LinearQuantizer.factors(ranges: [0, .infinity, 1, 1], weights: [0, 1e18, 0, 1])
        #expect(strange.allSatisfy { $0.isFinite && $0 > 0 })
    }
}
