import Catalog
import CatalogStore
import Ranking

extension TasteSources {
    /// So many are looked at for a list: enough to leave out what is too alike.
    static func candidates(for count: Int) -> Int { max(100, 5 * count) }

    /// The list: good, unlike each other, not too many of one author or series, and no two works of one title by one author,
    /// which are taken for editions that the catalogue did not join. O(count * candidates * dimension).
    /// - Parameters:
    ///   - candidates: best first.
    ///   - titles: of the candidates.
    func spread(
        _ candidates: [BoundedRanking.Scored], _ count: Int, diversity: Double, mostOfOneAuthor: Int, titles: [String]
    ) -> [Int] {
        let rows = candidates.map(\.row)
        let names = zip(titles, rows).map { title, row in
            FoldedText.fold(title) + "\n" + columns.authors[row].map { "\($0)" }.joined(separator: " ")
        }
        let vectors = diversity > 0 ? rows.map(distinctVector) : []
        let best = max(candidates.first?.score ?? 1, .leastNormalMagnitude)
        return MaximalMarginalRelevance(diversity: diversity).select(
            count, scores: candidates.map { max(0, $0.score / best) },
            similarity: { a, b in
                Double(max(0, zip(vectors[a], vectors[b]).reduce(Float(0)) { $0 + $1.0 * $1.1 }))
            },
            admits: { candidate, chosen in
                func shared(_ lists: CodedLists) -> Int {
                    let own = lists[rows[candidate]]
                    return own.isEmpty
                        ? 0 : chosen.count { other in lists[rows[other]].contains { own.contains($0) } }
                }
                return shared(columns.authors) < mostOfOneAuthor && shared(columns.series) < mostOfOneAuthor
                    && !chosen.contains { names[$0] == names[candidate] }
            }
        ).map { rows[$0] }
    }
}
