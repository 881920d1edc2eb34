internal import CKernels

/// Sums over bytes are exact: every level gives the same integers. No byte may
/// be -128, else sums are wrong, and not the same ones (see vectors/avx2.c).
extension Kernels {
    /// The sum of `a[i] * b[i]`. Both must have the same count, of at most
    /// `ByteMatrixView.maximumColumns`. O(count).
    public func dot(_ a: Span<Int8>, _ b: Span<Int8>) -> Int32 {
        precondition(a.count == b.count, "a dot product needs vectors of one length")
        precondition(a.count <= ByteMatrixView.maximumColumns, "sums of products would not fit 32 bits")
        let count = a.count
        return unsafe a.withUnsafeBufferPointer { a in
            unsafe b.withUnsafeBufferPointer { b in
                guard let a = a.baseAddress, let b = b.baseAddress else { return 0 }
                return unsafe vectors.pointee.dot(count, a, b)
            }
        }
    }

    /// `sums[query * rows.rows + row]` becomes the dot product of the two:
    /// several queries in one pass over the rows.
    ///
    /// `queries` [queries, columns] must have as many columns as `rows`, and
    /// `sums` room for one number per query and row.
    /// O(rows * queries * columns); one query is limited by memory bandwidth
    /// out of cache.
    public func scan(_ rows: ByteMatrixView, queries: ByteMatrixView, into sums: UnsafeMutableBufferPointer<Int32>) {
        precondition(queries.columns == rows.columns, "queries must have one element per column")
        precondition(sums.count == rows.rows * queries.rows, "there must be room for one sum per query and row")
        guard let sums = sums.baseAddress else { return }
        unsafe vectors.pointee.scan(
            rows.rows, rows.columns, rows.base, rows.stride, queries.rows, queries.base, queries.stride, sums, rows.rows
        )
    }

    /// `sums[i]` becomes the dot product of the row `ids[i]` and `query`, for
    /// rows that lie here and there.
    ///
    /// `query` has `rows.columns` bytes, `sums` at least `ids.count` numbers.
    /// Each id must be that of a row: not checked here, in the innermost loop
    /// of a graph's search. What the caller reads next, `soon`, is fetched into
    /// the cache meanwhile. O(ids * columns); limited by memory latency.
    public func pick(
        _ ids: UnsafeBufferPointer<UInt32>, of rows: ByteMatrixView, query: UnsafePointer<Int8>,
        into sums: UnsafeMutableBufferPointer<Int32>, fetching soon: UnsafeRawBufferPointer? = nil
    ) {
        precondition(sums.count >= ids.count, "there must be room for one sum per row")
        guard let first = ids.baseAddress, let sums = sums.baseAddress else { return }
        unsafe vectors.pointee.pick(
            ids.count, first, rows.columns, rows.base, rows.stride, query, soon?.baseAddress, soon?.count ?? 0, sums)
    }
}
