/// A row that was found, and how well it fits.
public struct Neighbor: Sendable, Hashable {
    /// The row's place in the index, from 0.
    public var row: Int
    /// The dot product of the row and the query: their cosine, where both have
    /// unit length.
    public var score: Float

    /// The row with its score.
    public init(row: Int, score: Float) {
        self.row = row
        self.score = score
    }
}

/// Something that finds the rows closest to a query.
public protocol VectorSearching: Sendable {
    /// The vectors that are searched.
    var vectors: QuantizedVectors { get }

    /// The `wanted` rows with the highest scores among those that `filter`
    /// lets through, best first; equal scores by rising row; all there are
    /// when that is fewer. The same call gives the same rows and bits of
    /// scores every time, on every machine.
    ///
    /// Throws `VectorIndexError` if `query` has another number of elements
    /// than the rows, or one that is not finite, or if `filter` is one for
    /// another number of rows.
    func nearest(
        to query: [Float], count wanted: Int, where filter: RowFilter?
    ) throws(VectorIndexError) -> [Neighbor]
}

extension VectorSearching {
    /// As `nearest(to:count:where:)`, among all rows.
    public func nearest(to query: [Float], count wanted: Int) throws(VectorIndexError) -> [Neighbor] {
        try nearest(to: query, count: wanted, where: nil)
    }

    func check(_ filter: RowFilter?) throws(VectorIndexError) {
        guard let filter, filter.count != vectors.count else { return }
        throw VectorIndexError(.wrongFilter, "the filter is for \(filter.count) rows, the index has \(vectors.count)")
    }
}
