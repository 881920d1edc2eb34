internal import Kernels
internal import Ranking

/// The best rows by first planes, put in order by both.
struct Rescoring {
    /// The best rows by falling score and rising row.
    let best: [Neighbor]
    /// Whether these are, as good as certainly, the best of all rows, and not
    /// only of the candidates.
    let isCertain: Bool

    /// How many rows to take for `wanted` good ones.
    static func candidates(for wanted: Int, of count: Int) -> Int {
        min(count, max(32, 4 * wanted))
    }

    /// How many times more to take when these turn out not to be enough.
    static var growth: Int { 8 }

    /// The `wanted` best of `candidates`, which hold a row's score in units of
    /// the query's scale. O(candidates * dimension).
    init(_ wanted: Int, of candidates: BoundedRanking, for query: QuantizedQuery, in vectors: QuantizedVectors) {
        let ranking = Self.ranking(wanted, candidates.kept.map { UInt32($0.row) }, query, vectors)
        best = Self.neighbors(ranking)
        if candidates.isFull, let worst = candidates.worst, let last = ranking.worst {
            let limit = Float(worst.score) * query.scale + Self.margin(vectors, query, row: worst.row)
            isCertain = Float(last.score) > limit
        } else {
            isCertain = true
        }
    }

    /// The `wanted` best of `rows`, best first. O(rows * dimension).
    static func best(
        _ wanted: Int, of rows: [UInt32], for query: QuantizedQuery, in vectors: QuantizedVectors
    ) -> [Neighbor] {
        neighbors(ranking(wanted, rows, query, vectors))
    }

    private static func ranking(
        _ wanted: Int, _ rows: [UInt32], _ query: QuantizedQuery, _ vectors: QuantizedVectors
    ) -> BoundedRanking {
        var ranking = BoundedRanking(capacity: wanted)
        for (row, score) in zip(rows, vectors.scores(of: rows, to: query)) { ranking.offer((Int(row), Double(score))) }
        return ranking
    }

    private static func neighbors(_ ranking: BoundedRanking) -> [Neighbor] {
        ranking.sorted().map { Neighbor(row: $0.row, score: Float($0.score)) }
    }

    /// Six standard deviations of what first planes are off by. Rounding to
    /// whole numbers has the variance 1/12 in each element, so the product
    /// q · v that of (scale_v² |q|² + scale_q² |v|²) / 12. One row stands
    /// for all of them.
    private static func margin(
        _ vectors: QuantizedVectors, _ query: QuantizedQuery, row: Int
    ) -> Float {
        let stride = vectors.stride
        let codes = unsafe UnsafeBufferPointer(start: vectors.memory.codes + row * stride, count: stride)
        let own = query.planes.span.extracting(..<stride)
        let squares = unsafe Float(vectors.kernels.dot(own, own)) + Float(vectors.kernels.dot(codes.span, codes.span))
        return unsafe 6 * query.scale * vectors.memory.scales[row] * (squares / 12).squareRoot()
    }
}
