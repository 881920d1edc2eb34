internal import Kernels
internal import Ranking

/// A row that was found, and how well it fits.
public struct Neighbor: Sendable, Hashable {
    /// The row's place in the index, from 0.
    public var row: Int
    /// The dot product of the row and the query.
    public var score: Float

    /// The row with its score.
    public init(row: Int, score: Float) {
        self.row = row
        self.score = score
    }
}

extension ExactIndex {
    /// The score of every row, in row order.
    ///
    /// Throws `VectorIndexError` if `query` has another number of elements
    /// than the rows, or one that is not finite. O(count * dimension).
    public func scores(of query: [Float]) throws(VectorIndexError) -> [Float] {
        try check(query)
        return [Float](unsafeUninitializedCapacity: count) { scores, initialized in
            scores.initialize(repeating: 0)
            score(0..<count, query: query, into: UnsafeMutableBufferPointer(rebasing: scores[..<count]))
            initialized = count
        }
    }

    /// The `wanted` rows with the highest scores, best first; equal scores
    /// by rising row; all rows when there are fewer.
    ///
    /// Rows in `excluded` are passed over; numbers in it that are no row are
    /// ignored. Rows with a score of NaN come last. Throws as
    /// `scores(of:)` does. O(count * dimension + count * log(wanted)).
    public func nearest(
        to query: [Float], count wanted: Int, excluding excluded: Set<Int> = []
    ) throws(VectorIndexError) -> [Neighbor] {
        try check(query)
        guard wanted > 0, count > 0 else { return [] }
        var best = BoundedRanking(capacity: min(wanted, count))
        // Blocks, so that scores stay in the cache and need no large array.
        withUnsafeTemporaryAllocation(of: Float.self, capacity: min(count, Self.blockRows)) { block in
            block.initialize(repeating: 0)
            for start in stride(from: 0, to: count, by: Self.blockRows) {
                let rows = start..<min(start + Self.blockRows, count)
                let scores = UnsafeMutableBufferPointer(rebasing: block[..<rows.count])
                score(rows, query: query, into: scores)
                for row in rows {
                    guard excluded.isEmpty || !excluded.contains(row) else { continue }
                    best.offer((row, Double(scores[row - start])))
                }
            }
        }
        return best.sorted().map { Neighbor(row: $0.row, score: Float($0.score)) }
    }

    private static var blockRows: Int { 2048 }

    private func score(_ rows: Range<Int>, query: [Float], into scores: UnsafeMutableBufferPointer<Float>) {
        guard !rows.isEmpty else { return }
        withVectors { vectors in
            guard let base = vectors.baseAddress else { return }
            let block = MatrixView(base + rows.lowerBound * dimension, rows: rows.count, columns: dimension)
            kernels.scores(block, query: query.span, into: scores)
        }
    }

    private func check(_ query: [Float]) throws(VectorIndexError) {
        guard query.count == dimension else {
            throw VectorIndexError(
                .wrongQueryDimension, "the query has \(query.count) elements, the rows have \(dimension)")
        }
        if let place = query.firstIndex(where: { !$0.isFinite }) {
            throw VectorIndexError(.queryNotFinite, "element \(place) is \(query[place])")
        }
    }
}
