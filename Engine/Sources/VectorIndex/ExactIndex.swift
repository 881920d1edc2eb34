/// An index that compares the query with every row.
///
/// Rows are compared by their first plane, a byte an element, and the best few
/// again by both: so that the rows found, and their order, are those of the
/// floats except where these are equal to about 16 bits. Safe to use from any
/// thread.
public struct ExactIndex: VectorSearching {
    /// The vectors that are searched.
    public let vectors: QuantizedVectors

    /// An index over `vectors`. O(1).
    public init(_ vectors: QuantizedVectors) {
        self.vectors = vectors
    }

    /// The number of rows.
    public var count: Int { vectors.count }
    /// The number of elements in a row.
    public var dimension: Int { vectors.dimension }

    /// The score of every row, in row order, by the first planes alone: off by
    /// about 0.0007 for unit vectors of 384 elements. Of a row that `filter`
    /// holds back, 0 or that. On at most `threads` threads; when nil, on all
    /// cores if there is much to compare. Results do not depend on that.
    ///
    /// Throws `VectorIndexError` as `nearest` does. O(count * dimension), and
    /// less where a filter lets less than half through.
    public func scores(
        of query: [Float], where filter: RowFilter? = nil, threads: Int? = nil
    ) throws(VectorIndexError) -> [Float] {
        try check(filter)
        let query = try QuantizedQuery(query, for: vectors)
        return unsafe [Float](unsafeUninitializedCapacity: count) { scores, initialized in
            unsafe scores.initialize(repeating: 0)
            unsafe Scan(vectors, queries: [query], filter: filter).score(
                into: UnsafeMutableBufferPointer(rebasing: scores[..<count]), threads: threads)
            initialized = count
        }
    }

    /// The scores of `rows`, in their order, as `nearest` gives them. Traps on
    /// what is no row; throws `VectorIndexError` if the query does not fit.
    /// O(rows.count * dimension).
    public func scores(of query: [Float], rows: [Int]) throws(VectorIndexError) -> [Float] {
        let query = try QuantizedQuery(query, for: vectors)
        return vectors.scores(of: checked(rows), to: query)
    }

    /// The scores of `rows`, in their order, by the first planes alone, as
    /// `scores(of:threads:)` gives them, in a fifth of the time. Traps on what
    /// is no row; throws `VectorIndexError` if the query does not fit.
    /// O(rows.count * dimension).
    public func firstScores(of query: [Float], rows: [Int]) throws(VectorIndexError) -> [Float] {
        let query = try QuantizedQuery(query, for: vectors)
        return vectors.firstScores(of: checked(rows), to: query)
    }

    private func checked(_ rows: [Int]) -> [UInt32] {
        rows.map { row in
            precondition((0..<count).contains(row), "row \(row) of an index of \(count) rows")
            return UInt32(row)
        }
    }

    /// See `VectorSearching`. Uses all cores when there is much to compare.
    /// O(count * dimension).
    public func nearest(
        to query: [Float], count wanted: Int, where filter: RowFilter?
    ) throws(VectorIndexError) -> [Neighbor] {
        try nearest(toEach: [query], count: wanted, where: filter)[0]
    }

    /// For each of `queries` what `nearest(to:count:where:)` gives, in one
    /// pass over the rows, on at most `threads` threads; as many as there are
    /// cores when nil. Results do not depend on that.
    ///
    /// Throws as that does. O(queries.count * count * dimension).
    public func nearest(
        toEach queries: [[Float]], count wanted: Int, where filter: RowFilter? = nil, threads: Int? = nil
    ) throws(VectorIndexError) -> [[Neighbor]] {
        try check(filter)
        let queries = try queries.map { query throws(VectorIndexError) in try QuantizedQuery(query, for: vectors) }
        guard wanted > 0, count > 0 else { return queries.map { _ in [] } }
        let wanted = min(wanted, count)
        var found: [[Neighbor]] = []
        for start in stride(from: 0, to: queries.count, by: Scan.queriesAtOnce) {
            let some = Array(queries[start..<min(start + Scan.queriesAtOnce, queries.count)])
            found += nearest(toEach: some, wanted, filter, threads)
        }
        return found
    }

    /// As `nearest(to:count:where:)`, for a query that has been checked.
    func nearest(to query: QuantizedQuery, _ wanted: Int, _ filter: RowFilter?) -> [Neighbor] {
        nearest(toEach: [query], min(wanted, count), filter, nil)[0]
    }

    private func nearest(
        toEach queries: [QuantizedQuery], _ wanted: Int, _ filter: RowFilter?, _ threads: Int?
    ) -> [[Neighbor]] {
        let capacity = Rescoring.candidates(for: wanted, of: count)
        let rankings = Scan(vectors, queries: queries, filter: filter).best(capacity, threads: threads)
        return zip(queries, rankings).map { query, ranking in
            let rescoring = Rescoring(wanted, of: ranking, for: query, in: vectors)
            guard !rescoring.isCertain, capacity < count else { return rescoring.best }
            // Very many rows are about as good as the last ones: take more of them.
            let more = min(count, capacity * Rescoring.growth)
            let wider = Scan(vectors, queries: [query], filter: filter).best(more, threads: threads)
            return Rescoring(wanted, of: wider[0], for: query, in: vectors).best
        }
    }
}
