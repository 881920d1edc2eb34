internal import Kernels

/// Products of row-major matrices that are kept in arrays. The array that the product is put into must have its size.
extension [Float] {
    /// `a` · `b`ᵀ + `bias`. Shapes: `a` [m, depth], `b` [n, depth], `bias` [n] or nil. O(m * n * depth).
    mutating func become(_ a: [Float], timesTransposed b: [Float], bias: [Float]? = nil, depth: Int) {
        guard !isEmpty else { return }
        let (m, n) = (a.count / depth, b.count / depth)
        unsafe withUnsafeMutableBufferPointer { result in
            unsafe a.withUnsafeBufferPointer { a in
                unsafe b.withUnsafeBufferPointer { b in
                    unsafe Kernels.selected.multiply(
                        MatrixView(a.baseAddress!, rows: m, columns: depth),
                        transposed: MatrixView(b.baseAddress!, rows: n, columns: depth),
                        into: MutableMatrixView(result.baseAddress!, rows: m, columns: n))
                }
            }
        }
        guard let bias else { return }
        for row in 0..<m { for column in 0..<n { self[row * n + column] += bias[column] } }
    }

    /// `a` · `b`. Shapes: `a` [m, depth], `b` [depth, n]. O(m * n * depth).
    mutating func become(_ a: [Float], times b: [Float], depth: Int) {
        guard !isEmpty, depth > 0 else { return }
        let (m, n) = (a.count / depth, b.count / depth)
        unsafe withUnsafeMutableBufferPointer { result in
            unsafe a.withUnsafeBufferPointer { a in
                unsafe b.withUnsafeBufferPointer { b in
                    unsafe Kernels.selected.multiply(
                        MatrixView(a.baseAddress!, rows: m, columns: depth),
                        MatrixView(b.baseAddress!, rows: depth, columns: n),
                        into: MutableMatrixView(result.baseAddress!, rows: m, columns: n))
                }
            }
        }
    }
}
