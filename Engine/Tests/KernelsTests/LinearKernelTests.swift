import EngineTestSupport
import Evaluation
import Kernels
import Testing

/// Every level against the plain formula, to the bit: integers are exact, and
/// floats are rounded in one order.
@Suite("Linear kernels")
struct LinearKernelTests {
    @Test(arguments: KernelLevel.supported)
    func everySizeAgrees(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        var random = SeededGenerator(seed: 30)
        for size in 1...67 {
            // Each of the three sizes is awkward in turn, the others follow.
            try check(kernels, m: size, n: 5, k: 33, &random)
            try check(kernels, m: 7, n: size, k: 17, &random)
            try check(kernels, m: 5, n: 18, k: size, &random)
        }
        for k in [383, 384, 385, 1535, 1536, 1537] { try check(kernels, m: 4, n: 35, k: k, &random) }
        for n in [383, 384, 385] { try check(kernels, m: 5, n: n, k: 40, &random) }
        for m in [0, 383, 384, 385] { try check(kernels, m: m, n: 17, k: 24, &random) }
    }

    /// Every byte 255 or 0 and every lane at its limit, in every arrangement
    /// of weights and in each of both signs: the sums of 16 bits come as near
    /// to their ends as they may.
    @Test(arguments: KernelLevel.supported)
    func sumsAtTheLanesLimitAreExact(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        let limit = Int8(clamping: PackedLinear.laneLimit - 1)
        // Of the four weights in a lane; positive and negative ones add up to
        // the limit each.
        let lanes: [[Int8]] = [
            [limit, 1, 0, 0], [32, 32, 32, 32], [64, 64, -64, -64], [127, -127, 1, -1], [0, 0, 127, 1],
            [100, 0, 28, 0],
            [-limit, -1, 0, 0], [-32, -32, -32, -32], [0, -127, 0, -1], [-1, 0, 0, -127], [127, 0, 1, 0],
            [0, 64, 0, 64],
        ]
        let places = [[0, 1, 4, 5], [2, 3, 6, 7]]
        let depth = 1536
        let layer = ReferenceLayer(rows: lanes.count, columns: depth) { row, column in
            let lane = places.first { $0.contains(column % 8) }!
            return lanes[row][lane.firstIndex(of: column % 8)!]
        }
        for pattern in 0..<6 {
            for zero in [Int32(0), 1, 128, 255] {
                let bytes = (0..<depth).map { place -> UInt8 in
                    switch pattern {
                    case 0: 255
                    case 1: 0
                    case 2: place.isMultiple(of: 2) ? 255 : 0
                    case 3: place % 8 < 4 ? 255 : 0
                    case 4: place % 8 < 4 ? 0 : 255
                    default: UInt8(place % 256)
                    }
                }
                let row = ReferenceKernels.QuantizedRow(bytes: bytes, scale: 0.5, zero: zero)
                let result = layer.apply(kernels, to: [row, row])
                #expect(result == layer.expected(for: row) + layer.expected(for: row), "\(pattern), zero \(zero)")
            }
        }
    }

    @Test(arguments: KernelLevel.supported)
    func zerosAndSingleValuesAreExact(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        for k in [1, 7, 8, 31, 32, 33, 40, 384] {
            for value in [
                Float(0), -0, 1, -1, 3.5, -1e-20, 1e20, .leastNonzeroMagnitude, -.leastNormalMagnitude, 1e-31,
            ] {
                let row = quantize(kernels, [Float](repeating: value, count: k), rows: 1)[0]
                #expect(row == reference([Float](repeating: value, count: k)), "\(k) times \(value)")
                let isNothing = abs(value) < 1e-30
                #expect(row.scale == (isNothing ? 0 : abs(value) / 255))
                #expect(row.zero == (value < 0 && !isNothing ? 255 : 0))
                #expect(row.bytes.allSatisfy { $0 == (value > 0 && !isNothing ? 255 : 0) })
            }
        }
    }

    /// What is too narrow or too wide to have a scale, and what is just not.
    @Test(arguments: KernelLevel.supported)
    func extremeRangesAgree(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        var random = SeededGenerator(seed: 31)
        for exponent in stride(from: Float(-45), through: 38, by: 0.5) {
            let size = exponent < -37 ? Float.leastNonzeroMagnitude * 100 : Self.power(exponent)
            let x = random.floats(37).map { $0 * size }
            #expect(quantize(kernels, x, rows: 1)[0] == reference(x), "10^\(exponent)")
        }
        let wide: [Float] = [.greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0, 1]
        #expect(quantize(kernels, wide, rows: 1)[0] == reference(wide))
        #expect(quantize(kernels, wide, rows: 1)[0].scale.isNaN)
    }

    @Test(arguments: KernelLevel.supported)
    func noNumberStaysInItsRow(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        var random = SeededGenerator(seed: 32)
        for k in [1, 8, 37, 64] {
            let layer = ReferenceLayer(rows: 19, columns: k, random: &random)
            for place in 0..<k {
                for bad in [Float.nan, .infinity, -.infinity] {
                    let good = random.floats(4 * k)
                    var x = good
                    x[k + place] = bad
                    let rows = quantize(kernels, x, rows: 4)
                    #expect(rows[1].scale.isNaN && rows[1].zero == 0 && rows[1].bytes.allSatisfy { $0 == 0 })
                    for row in [0, 2, 3] { #expect(rows[row] == reference(Array(good[row * k..<(row + 1) * k]))) }
                    let outputs = layer.apply(kernels, to: rows.map(layer.padded))
                    for (place, output) in outputs.enumerated() { #expect(output.isNaN == (place / 19 == 1)) }
                }
            }
        }
    }

    @Test(arguments: KernelLevel.supported)
    func aRowDoesNotDependOnItsCompany(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        var random = SeededGenerator(seed: 33)
        let layer = ReferenceLayer(rows: 39, columns: 101, random: &random)
        for m in 1...13 {
            let x = random.floats(m * 101, in: -3...2)
            let together = quantize(kernels, x, rows: m)
            let outputs = layer.apply(kernels, to: together.map(layer.padded))
            for row in 0..<m {
                let alone = quantize(kernels, Array(x[row * 101..<(row + 1) * 101]), rows: 1)
                #expect(alone[0] == together[row])
                #expect(layer.apply(kernels, to: alone.map(layer.padded)) == Array(outputs[row * 39..<(row + 1) * 39]))
            }
        }
    }

    @Test(arguments: KernelLevel.supported)
    func transpositionIsExact(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        var random = SeededGenerator(seed: 34)
        for (m, n) in (0...40).flatMap({ m in [0, 1, 7, 8, 9, 16, 31, 32, 33].map { (m, $0) } }) + [(257, 33)] {
            let elements = random.floats(m * n)
            let matrix = PaddedMatrix(elements, rows: m, columns: n, offset: n % 5)
            let result = PaddedMatrix(rows: n, columns: m, offset: m % 4)
            kernels.transpose(matrix.view.reading, into: result.view)
            #expect(result.elements == (0..<n).flatMap { column in (0..<m).map { elements[$0 * n + column] } })
            #expect(result.paddingIsUntouched, "[\(m), \(n)]")
        }
    }

    private static func power(_ exponent: Float) -> Float {
        let whole = exponent.rounded(.down)
        let ten = (0..<Int(abs(whole))).reduce(Float(1)) { size, _ in whole < 0 ? size / 10 : size * 10 }
        return exponent == whole ? ten : ten * 3
    }

    private func reference(_ x: [Float]) -> ReferenceKernels.QuantizedRow {
        ReferenceKernels.quantize(x, factors: [Float](repeating: 1, count: x.count))
    }

    private func quantize(_ kernels: Kernels, _ x: [Float], rows: Int) -> [ReferenceKernels.QuantizedRow] {
        let k = x.count / rows
        return ReferenceLayer.quantize(
            kernels, x, rows: rows, factors: [Float](repeating: 1, count: k), depth: PackedLinear.depth(of: k)
        ).map { row in
            #expect(row.bytes[k...].allSatisfy { $0 == 0 }, "padding must be zeros")
            return ReferenceKernels.QuantizedRow(bytes: Array(row.bytes[..<k]), scale: row.scale, zero: row.zero)
        }
    }

    private func check(_ kernels: Kernels, m: Int, n: Int, k: Int, _ random: inout SeededGenerator) throws {
        let layer = ReferenceLayer(rows: n, columns: k, random: &random)
        // Rows of one sign too: 0 is among the ends then.
        let signs = [-1...1, 0...2, -3...0] as [ClosedRange<Float>]
        let x = (0..<m).flatMap { random.floats(k, in: signs[$0 % 3]) }
        let factors = random.floats(k, in: 0.25...4)
        let rows = ReferenceLayer.quantize(kernels, x, rows: m, factors: factors, depth: layer.depth)
        let wanted = (0..<m).map { row in
            layer.padded(ReferenceKernels.quantize(Array(x[row * k..<(row + 1) * k]), factors: factors))
        }
        #expect(rows == wanted, "[\(m), \(k)]")
        let outputs = layer.apply(kernels, to: wanted)
        #expect(outputs == wanted.flatMap { layer.expected(for: $0) }, "[\(m), \(k)] · [\(n), \(k)]ᵀ")
    }
}
