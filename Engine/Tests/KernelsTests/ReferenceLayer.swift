import EngineTestSupport
import Evaluation
import Kernels
import Testing

/// A layer of bytes for tests: plain, and packed for the kernels at an odd
/// address.
struct ReferenceLayer {
    let rows: Int
    let columns: Int
    var depth: Int { PackedLinear.depth(of: columns) }
    /// [rows, depth]
    private let weights: [Int8]
    private let scales: [Float]
    private let bias: [Float]

    /// The layer whose weights `weight` gives by row and column.
    init(rows: Int, columns: Int, weight: (Int, Int) -> Int8) {
        self.rows = rows
        self.columns = columns
        let depth = PackedLinear.depth(of: columns)
        weights = (0..<rows).flatMap { row in (0..<depth).map { $0 < columns ? weight(row, $0) : 0 } }
        scales = (0..<rows).map { 0.01 + Float($0) / 64 }
        bias = (0..<rows).map { Float($0) * 0.3 - 2 }
    }

    /// Of random weights that just keep the lanes' limit.
    init(rows: Int, columns: Int, random: inout SeededGenerator) {
        self.rows = rows
        self.columns = columns
        let depth = PackedLinear.depth(of: columns)
        var weights: [Int8] = []
        for _ in 0..<rows {
            for start in stride(from: 0, to: depth, by: 8) {
                // What is left of the limit for each lane and sign.
                var left = [[128, 128], [128, 128]]
                for place in 0..<8 {
                    let (lane, sign) = (place % 4 / 2, Int.random(in: 0...1, using: &random))
                    let most = start + place < columns ? min(127, left[lane][sign]) : 0
                    let magnitude = Int.random(in: 0...most, using: &random)
                    left[lane][sign] -= magnitude
                    weights.append(Int8(sign == 0 ? magnitude : -magnitude))
                }
            }
        }
        self.weights = weights
        scales = random.floats(rows, in: 0.001...0.1)
        bias = random.floats(rows, in: -3...3)
    }

    /// `row`, as long as the layer is deep.
    func padded(_ row: ReferenceKernels.QuantizedRow) -> ReferenceKernels.QuantizedRow {
        var row = row
        row.bytes += [UInt8](repeating: 0, count: depth - row.bytes.count)
        return row
    }

    func expected(for row: ReferenceKernels.QuantizedRow) -> [Float] {
        // Padded bytes are 0 and meet weights of 0.
        ReferenceKernels.apply(weights: weights, scales: scales, bias: bias, to: row)
    }

    /// What the kernels make of `rows`, each as deep as the layer.
    func apply(_ kernels: Kernels, to rows: [ReferenceKernels.QuantizedRow]) -> [Float] {
        let paddedRows = PackedLinear.paddedRows(self.rows)
        // At an odd address.
        var packed = [Int8](repeating: 0, count: 1 + paddedRows * depth)
        for row in 0..<self.rows {
            for column in 0..<depth {
                packed[1 + PackedLinear.place(row: row, column: column, depth: depth)] = weights[row * depth + column]
            }
        }
        func filled<Element>(_ elements: [Element], _ zero: Element) -> [Element] {
            [zero] + elements + [Element](repeating: zero, count: paddedRows - elements.count)
        }
        let sums = (0..<self.rows).map { row in
            weights[row * depth..<(row + 1) * depth].reduce(Int32(0)) { $0 + Int32($1) }
        }
        let (scales, paddedSums, bias) = (filled(self.scales, 0), filled(sums, 0), filled(self.bias, 0))
        let result = PaddedMatrix(rows: rows.count, columns: self.rows, offset: rows.count % 5)
        let input = ByteRows(rows, depth: depth)
        let factors = [Float](repeating: 1, count: columns)
        packed.withUnsafeBufferPointer { packed in
            scales.withUnsafeBufferPointer { scales in
                paddedSums.withUnsafeBufferPointer { sums in
                    bias.withUnsafeBufferPointer { bias in
                        factors.withUnsafeBufferPointer { factors in
                            let layer = PackedLinear(
                                rows: self.rows, columns: columns, weights: packed.baseAddress! + 1,
                                scales: scales.baseAddress! + 1, sums: sums.baseAddress! + 1,
                                bias: bias.baseAddress! + 1, factors: factors.baseAddress!)
                            kernels.apply(layer, to: input.view, into: result.view)
                        }
                    }
                }
            }
        }
        #expect(result.paddingIsUntouched && input.surroundingsAreUntouched)
        #expect(input.rows == rows, "the input is not for writing")
        return result.elements
    }

    /// What the kernels make of the rows of `x`, in padded memory.
    static func quantize(
        _ kernels: Kernels, _ x: [Float], rows: Int, factors: [Float], depth: Int
    ) -> [ReferenceKernels.QuantizedRow] {
        let matrix = PaddedMatrix(x, rows: rows, columns: factors.count, offset: rows % 4)
        let empty = ReferenceKernels.QuantizedRow(bytes: [UInt8](repeating: 0xA5, count: depth), scale: -1, zero: -1)
        let result = ByteRows([ReferenceKernels.QuantizedRow](repeating: empty, count: rows), depth: depth)
        // Behind the last factor lies none.
        let padded = PaddedMatrix(factors, rows: 1, columns: factors.count, offset: 1)
        kernels.quantize(matrix.view.reading, factors: padded.view.base, into: result.view)
        #expect(matrix.paddingIsUntouched && padded.paddingIsUntouched && result.surroundingsAreUntouched)
        return result.rows
    }
}

/// Quantised rows at an odd address, with marks before and behind that no
/// kernel may touch.
final class ByteRows {
    private static let mark: UInt8 = 0x5A
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private let scales: UnsafeMutableBufferPointer<Float>
    private let zeros: UnsafeMutableBufferPointer<Int32>
    let view: QuantizedRows

    init(_ rows: [ReferenceKernels.QuantizedRow], depth: Int) {
        bytes = .allocate(capacity: rows.count * depth + 34)
        bytes.initialize(repeating: Self.mark)
        scales = .allocate(capacity: rows.count + 2)
        scales.initialize(repeating: -7)
        zeros = .allocate(capacity: rows.count + 2)
        zeros.initialize(repeating: -7)
        view = QuantizedRows(
            rows: rows.count, depth: depth, bytes: bytes.baseAddress! + 1, scales: scales.baseAddress! + 1,
            zeros: zeros.baseAddress! + 1)
        for (number, row) in rows.enumerated() {
            for place in 0..<depth { view.bytes[number * depth + place] = row.bytes[place] }
            view.scales[number] = row.scale
            view.zeros[number] = row.zero
        }
    }

    deinit {
        bytes.deallocate()
        scales.deallocate()
        zeros.deallocate()
    }

    var rows: [ReferenceKernels.QuantizedRow] {
        (0..<view.rows).map { row in
            ReferenceKernels.QuantizedRow(
                bytes: (0..<view.depth).map { view.bytes[row * view.depth + $0] }, scale: view.scales[row],
                zero: view.zeros[row])
        }
    }

    var surroundingsAreUntouched: Bool {
        bytes[0] == Self.mark && bytes[(1 + view.rows * view.depth)...].allSatisfy { $0 == Self.mark }
            && scales.first == -7 && scales.last == -7 && zeros.first == -7 && zeros.last == -7
    }
}
