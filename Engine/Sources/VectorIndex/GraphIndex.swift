/// An index that follows a graph of near neighbours from row to row, and so
/// compares the query with a few thousand rows however many there are.
///
/// Every row is linked to at most `degree` others: close ones, in different
/// directions. A search keeps the best rows seen so far, and looks at the
/// links of the best one not yet looked at, until there is none. It starts
/// from the closest of some hundred rows spread over the index, which takes
/// the place of the upper layers of Malkov and Yashunin, "Efficient and robust
/// approximate nearest neighbor search using Hierarchical Navigable Small
/// World graphs", 2018.
///
/// Made for vectors of about one length. Rows found may not be the best ones;
/// but never fewer are found than there are, as a search that would have to
/// look at too much of the graph compares with all rows instead. Safe to use
/// from any thread.
public struct GraphIndex: VectorSearching {
    /// The vectors that are searched.
    public let vectors: QuantizedVectors
    /// How many of the best rows a search keeps: with more, more of the true
    /// neighbours are found, and more slowly.
    public var effort = GraphIndex.defaultEffort

    /// Found 986 of 1,000 true neighbours among 200,000 vectors mixed from
    /// those of texts; 64 found 963, and 256 found 997.
    public static let defaultEffort = 128

    /// What comparing with a row costs in a scan, where that of looking at a
    /// link is 1: measured, with 20,000 rows of 384 elements, as 8 to 45 ns.
    /// Tests change it.
    package var scanCost: Float = 0.18

    let memory: GraphMemory
    let scratches = ScratchPool()

    init(vectors: QuantizedVectors, memory: GraphMemory) {
        self.vectors = vectors
        self.memory = memory
    }

    /// The number of rows.
    public var count: Int { vectors.count }
    /// The largest number of a row's links.
    public var degree: Int { memory.degree }

    /// See `VectorSearching`, but that other rows than the best may be found.
    /// About O(effort * degree * dimension), for a filter that lets the share
    /// p of the rows through 1/p times that, and at most what `ExactIndex`
    /// takes.
    public func nearest(
        to query: [Float], count wanted: Int, where filter: RowFilter?
    ) throws(VectorIndexError) -> [Neighbor] {
        try check(filter)
        let query = try QuantizedQuery(query, for: vectors)
        guard wanted > 0, count > 0 else { return [] }
        let wanted = min(wanted, count)
        let matching = filter?.matching ?? count
        let candidates = Rescoring.candidates(for: wanted, of: count)
        let share = Float(matching) / Float(count)
        let effort = Float(max(effort, candidates)) / max(share, .leastNormalMagnitude)
        guard Float(matching) * scanCost > effort * Float(degree) else {
            return ExactIndex(vectors).nearest(to: query, wanted, filter)
        }
        let found = scratches.use(count: count) { scratch in
            let traversal = Traversal(vectors: vectors, memory: memory, rows: count)
            return unsafe query.planes.withUnsafeBufferPointer { planes in
                unsafe traversal.best(
                    candidates, to: planes.baseAddress!, effort: Int(effort), entries: memory.entries, where: filter,
                    scratch)
            }
        }
        guard found.count >= min(wanted, matching) else {
            return ExactIndex(vectors).nearest(to: query, wanted, filter)
        }
        return Rescoring.best(wanted, of: found, for: query, in: vectors)
    }
}
