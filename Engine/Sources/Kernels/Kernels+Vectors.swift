internal import CKernels

extension Kernels {
    /// The sum of `a[i] * b[i]`. Both must have the same count. O(count).
    public func dot(_ a: Span<Float>, _ b: Span<Float>) -> Float {
        precondition(a.count == b.count, "a dot product needs vectors of one length")
        let count = a.count
        return unsafe a.withUnsafeBufferPointer { a in
            unsafe b.withUnsafeBufferPointer { b in
                guard let a = a.baseAddress, let b = b.baseAddress else { return 0 }
                return unsafe floats.pointee.dot(count, a, b)
            }
        }
    }

    /// `scores[row]` becomes the dot product of that row with `query`.
    ///
    /// `query` has `rows.columns` elements, `scores` one per row.
    /// O(rows * columns); limited by memory bandwidth out of cache.
    public func scores(_ rows: MatrixView, query: Span<Float>, into scores: UnsafeMutableBufferPointer<Float>) {
        precondition(query.count == rows.columns, "the query must have one element per column")
        precondition(scores.count == rows.rows, "there must be room for one score per row")
        unsafe query.withUnsafeBufferPointer { query in
            guard let query = query.baseAddress, let scores = scores.baseAddress else {
                unsafe scores.update(repeating: 0)
                return
            }
            unsafe floats.pointee.scores(rows.rows, rows.columns, rows.base, rows.stride, query, scores)
        }
    }
}
