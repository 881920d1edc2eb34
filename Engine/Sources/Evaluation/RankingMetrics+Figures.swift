internal import Foundation

extension RankingMetrics {
    /// All metrics of one reader's list, best item first, where an item is relevant or is not.
    ///
    /// They are those of trec_eval, which the tests compare with. An item that comes again keeps its place and is wrong
    /// there. All are 0 without relevant items: leave such readers out of a mean. Traps unless k > 0.
    /// O(k + relevant).
    public static func figures(ranked: [Int], relevant: Set<Int>, at k: Int) -> RankingFigures {
        precondition(k > 0, "the first \(k) places")
        guard !relevant.isEmpty else { return RankingFigures() }
        var figures = RankingFigures()
        var left = relevant
        var found = 0.0
        for (index, item) in ranked.prefix(k).enumerated() where left.remove(item) != nil {
            let rank = Double(index + 1)
            found += 1
            if figures.hitRate == 0 { (figures.hitRate, figures.reciprocalRank) = (1, 1 / rank) }
            figures.averagePrecision += found / rank
            figures.nDCG += discount(rank)
        }
        let count = Double(relevant.count)
        figures.recall = found / count
        figures.precision = found / Double(k)
        figures.averagePrecision /= count
        figures.nDCG /= (1...min(k, relevant.count)).reduce(0) { $0 + discount(Double($1)) }
        return figures
    }

    /// nDCG where items are worth more or less: a place counts its item's gain / log2(place + 1).
    ///
    /// Gains that are not above 0, and items without one, count 0; so does an item that comes again. 0 when no gain counts.
    /// Traps unless k > 0. O(k + gains log gains).
    ///
    /// Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002; the gains are taken as they are,
    /// as in trec_eval, not as powers of two.
    public static func nDCG(ranked: [Int], gains: [Int: Double], at k: Int) -> Double {
        precondition(k > 0, "the first \(k) places")
        var left = gains.filter { $0.value > 0 }
        let best = left.values.sorted(by: >).prefix(k)
        guard !best.isEmpty else { return 0 }
        func total(_ gains: some Sequence<Double>) -> Double {
            gains.enumerated().reduce(0) { $0 + $1.element * discount(Double($1.offset + 1)) }
        }
        return total(ranked.prefix(k).map { left.removeValue(forKey: $0) ?? 0 }) / total(best)
    }

    private static func discount(_ rank: Double) -> Double { 1 / log2(rank + 1) }
}
