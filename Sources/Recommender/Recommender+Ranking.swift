import Artifacts
import Catalog
import CatalogStore
import Ranking
import VectorIndex

extension Recommender {
    /// Of these works, or of all where there are none, those at `places` in the order that the request asks for.
    func ordered(
        _ candidates: RowFilter?, _ places: Range<Int>, _ request: SearchRequest, by scoring: inout Scoring
    ) throws -> [Int] {
        guard request.sort != .relevance else { return try ranked(candidates, places, by: &scoring) }
        // Every work answers words somehow: so those that answer them best come first, in the order asked for, and then the
        // others in that order.
        let close = request.hasWords ? try ranked(candidates, 0..<Self.closeWorks, by: &scoring) : []
        var isClose = RowFilter(count: manifest.works)
        for row in close { isClose.insert(row) }
        var ranking = BoundedRanking(capacity: places.upperBound)
        func offer(_ row: Int) {
            ranking.offer((row, isClose.contains(row) ? Double.greatestFiniteMagnitude : order(request.sort, row)))
        }
        if let candidates { candidates.forEach(offer) } else { for row in 0..<manifest.works { offer(row) } }
        let first = close.sorted { (order(request.sort, $0), $1) > (order(request.sort, $1), $0) }
        let others = ranking.sorted().map(\.row).filter { !isClose.contains($0) }
        let page = Array((first + others).dropFirst(places.lowerBound).prefix(places.count))
        try scoring.refine(page)
        return page
    }

    /// How many works answer words closely enough to be put in another order than that.
    private static let closeWorks = 100

    private func order(_ sort: SearchRequest.Sort, _ row: Int) -> Double {
        let year = columns.years[row]
        return switch sort {
        case .relevance: 0
        case .rating: Double(ratings[row])
        case .popularity: Double(columns.ratingsCounts[row])
        // Where the year is not known, last.
        case .newest: year == CatalogColumns.unknownYear ? -.greatestFiniteMagnitude : Double(year)
        case .oldest: year == CatalogColumns.unknownYear ? -.greatestFiniteMagnitude : -Double(year)
        }
    }

    /// Of these works, or of all where there are none, those at `places` in the order of their score, best first.
    ///
    /// That order is found in two looks: all rows are put in order at the first, and each block of them in its own order at
    /// the second, closer one. So it is the same whatever page is asked for, and that of the exact values except across the
    /// border of two blocks. O(rows).
    func ranked(_ candidates: RowFilter?, _ places: Range<Int>, by scoring: inout Scoring) throws -> [Int] {
        let blocks = places.lowerBound / Self.blockSize..<(places.upperBound + Self.blockSize - 1) / Self.blockSize
        var first = BoundedRanking(capacity: blocks.upperBound * Self.blockSize)
        let scores = scoring.firstLook()
        if let candidates {
            // Rows rise, so one that is only as good as the worst that is kept comes after it.
            var worst = -Float.infinity
            candidates.forEach { row in
                guard scores[row] > worst else { return }
                first.offer((row, Double(scores[row])))
                if first.isFull, let last = first.worst { worst = Float(last.score) }
            }
        } else {
            first.offer(scores)
        }
        let rows = first.sorted().dropFirst(blocks.lowerBound * Self.blockSize).map(\.row)
        try scoring.refine(rows)
        var ordered: [Int] = []
        for start in stride(from: 0, to: rows.count, by: Self.blockSize) {
            let block = rows[start..<min(start + Self.blockSize, rows.count)]
            var ranking = BoundedRanking(capacity: block.count)
            for row in block { ranking.offer((row, scoring.score(row))) }
            ordered += ranking.sorted().map(\.row)
        }
        return Array(ordered.dropFirst(places.lowerBound - blocks.lowerBound * Self.blockSize).prefix(places.count))
    }

    /// So many that a work whose description has one close sentence among others is looked at closely.
    private static let blockSize = 256
}
