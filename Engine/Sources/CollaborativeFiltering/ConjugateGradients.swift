internal import DenseAlgebra

/// Solves for one vector of alternating least squares; made once for a thread.
///
/// The equations are (gram + penalty · 1 + Σ w y yᵀ) x = Σ w t y over the
/// vectors y of a row, with weight w = |value| and target t = 1 for values
/// above 0 and 0 for those below.
struct ConjugateGradients {
    private let rank: Int
    // [atOnce, rank]: the vectors of a row, in one piece for BLAS.
    private var gathered: [Float]
    // [atOnce]
    private var products: [Float]
    // [rank] each
    private var residual, direction, image: [Float]

    /// More would leave the cache.
    private static let atOnce = 4096

    init(rank: Int) {
        self.rank = rank
        gathered = [Float](repeating: 0, count: Self.atOnce * rank)
        products = [Float](repeating: 0, count: Self.atOnce)
        (residual, direction, image) = (
            [Float](repeating: 0, count: rank), [Float](repeating: 0, count: rank), [Float](repeating: 0, count: rank)
        )
    }

    /// Takes `steps` steps from where `x` is. O(steps * (row * rank + rank²)).
    mutating func improve(
        _ x: UnsafeMutablePointer<Float>, steps: Int, gram: [Float], penalty: Float, _ rows: SparseRows, _ row: Int,
        _ others: UnsafePointer<Float>
    ) {
        let range = rows.range(row)
        guard !range.isEmpty else { return unsafe x.update(repeating: 0, count: rank) }
        // r = Σ w (t - y·x) y - gram x - penalty x
        for element in 0..<rank { unsafe residual[element] = -penalty * x[element] }
        unsafe DenseAlgebra.multiply(
            gram, vector: UnsafePointer(x), scale: -1, keep: 1, into: &residual, rows: rank, columns: rank)
        unsafe addRow(rows, range, others, times: UnsafePointer(x), isResidual: true)
        direction = residual
        var old = dot(residual, residual)
        for step in 0..<steps where old > 1e-20 {
            for element in 0..<rank { image[element] = penalty * direction[element] }
            unsafe DenseAlgebra.multiply(gram, vector: direction, keep: 1, into: &image, rows: rank, columns: rank)
            unsafe direction.withUnsafeBufferPointer {
                unsafe addRow(rows, range, others, times: $0.baseAddress!, isResidual: false)
            }
            let length = old / dot(direction, image)
            for element in 0..<rank {
                unsafe x[element] += length * direction[element]
                residual[element] -= length * image[element]
            }
            guard step + 1 < steps else { break }
            let new = dot(residual, residual)
            for element in 0..<rank { direction[element] = residual[element] + new / old * direction[element] }
            old = new
        }
    }

    /// Adds Σ w (y·p) y to the image, or Σ w (t - y·p) y to the residual.
    private mutating func addRow(
        _ rows: SparseRows, _ range: Range<Int>, _ others: UnsafePointer<Float>, times p: UnsafePointer<Float>,
        isResidual: Bool
    ) {
        for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.atOnce) {
            let part = start..<min(start + Self.atOnce, range.upperBound)
            // What fits is gathered once a row, with the residual.
            if isResidual || range.count > Self.atOnce { unsafe gather(rows, part, others) }
            unsafe DenseAlgebra.multiply(gathered, vector: p, into: &products, rows: part.count, columns: rank)
            if isResidual || !rows.isPlain {
                for (place, entry) in part.enumerated() {
                    let value = rows.value(entry)
                    let target: Float = isResidual && value > 0 ? 1 : 0
                    products[place] = abs(value) * (isResidual ? target - products[place] : products[place])
                }
            }
            if isResidual {
                unsafe DenseAlgebra.multiply(
                    transposed: gathered, vector: products, keep: 1, into: &residual, rows: part.count, columns: rank)
            } else {
                unsafe DenseAlgebra.multiply(
                    transposed: gathered, vector: products, keep: 1, into: &image, rows: part.count, columns: rank)
            }
        }
    }

    private mutating func gather(_ rows: SparseRows, _ part: Range<Int>, _ others: UnsafePointer<Float>) {
        unsafe gathered.withUnsafeMutableBufferPointer { gathered in
            var place = gathered.baseAddress!
            for entry in part {
                unsafe place.update(from: others + Int(rows.indices[entry]) * rank, count: rank)
                unsafe place += rank
            }
        }
    }

    private func dot(_ a: [Float], _ b: [Float]) -> Float {
        var sum: Float = 0
        for element in 0..<rank { sum += a[element] * b[element] }
        return sum
    }
}
