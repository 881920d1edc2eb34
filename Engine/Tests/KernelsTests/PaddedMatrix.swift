import Kernels

/// A matrix that starts at an odd address and has gaps between its rows,
/// filled with a mark that no kernel may touch, nor let into its results.
final class PaddedMatrix {
    private static let mark = Float(bitPattern: 0x7FC0_BEEF)

    private let memory: UnsafeMutableBufferPointer<Float>
    private let offset: Int
    let view: MutableMatrixView

    /// A matrix of zeros, or of `elements`; `offset` floats lie before it,
    /// and as many, plus 3, between its rows.
    init(_ elements: [Float]? = nil, rows: Int, columns: Int, offset: Int) {
        let stride = columns + offset + 3
        memory = .allocate(capacity: offset + rows * stride + 16)
        memory.initialize(repeating: Self.mark)
        self.offset = offset
        view = MutableMatrixView(memory.baseAddress! + offset, rows: rows, columns: columns, stride: stride)
        for row in 0..<rows {
            for column in 0..<columns {
                view.base[row * stride + column] = elements?[row * columns + column] ?? 0
            }
        }
    }

    deinit {
        memory.deallocate()
    }

    /// Row-major, without the gaps.
    var elements: [Float] {
        (0..<view.rows).flatMap { row in (0..<view.columns).map { view.base[row * view.stride + $0] } }
    }

    var paddingIsUntouched: Bool {
        memory.indices.allSatisfy { place in
            let inside = place - offset
            let isElement = inside >= 0 && inside / view.stride < view.rows && inside % view.stride < view.columns
            return isElement || memory[place].bitPattern == Self.mark.bitPattern
        }
    }
}

/// The largest difference between elements; infinite where just one of two is
/// NaN, or the counts differ.
func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).reduce(0) { largest, pair in
        if pair.0.isNaN && pair.1.isNaN || pair.0 == pair.1 { return largest }
        let difference = abs(pair.0 - pair.1)
        return difference.isNaN ? .infinity : max(largest, difference)
    }
}
