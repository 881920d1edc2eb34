/// Puts candidates in an order in which each is good and unlike those before
/// it: Carbonell and Goldstein, "The use of MMR, diversity-based reranking for
/// reordering documents and producing summaries", 1998.
public struct MaximalMarginalRelevance: Sendable {
    /// How much being unlike counts beside being good: 0 keeps the order of
    /// the scores, 1 looks at nothing else from the second place on.
    public var diversity: Double

    public init(diversity: Double) {
        self.diversity = diversity
    }

    /// The places, among the candidates, of up to `count` of them in their new
    /// order. O(count * candidates) similarities.
    ///
    /// - Parameters:
    ///   - scores: one a candidate, best first, in 0...1.
    ///   - similarity: of two candidates by place, in 0...1.
    ///   - admits: whether a candidate may stand in the list beside those
    ///     that were chosen; one that was refused is asked about again.
    public func select(
        _ count: Int, scores: [Double], similarity: (Int, Int) -> Double,
        admits: (_ candidate: Int, _ chosen: [Int]) -> Bool = { _, _ in true }
    ) -> [Int] {
        var chosen: [Int] = []
        var nearest = [Double](repeating: 0, count: scores.count)
        var rest = Array(scores.indices)
        while chosen.count < count {
            var best: (place: Int, value: Double)?
            for (place, candidate) in rest.enumerated() where admits(candidate, chosen) {
                let value = (1 - diversity) * scores[candidate] - diversity * nearest[candidate]
                if value > best?.value ?? -.infinity { best = (place, value) }
                // The rest are no better: what is unlike nothing has its score.
                if diversity == 0 { break }
            }
            guard let best else { break }
            let candidate = rest.remove(at: best.place)
            chosen.append(candidate)
            if diversity > 0 {
                for other in rest { nearest[other] = max(nearest[other], similarity(candidate, other)) }
            }
        }
        return chosen
    }
}
