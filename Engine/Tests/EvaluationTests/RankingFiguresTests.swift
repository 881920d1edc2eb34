import Evaluation
import Foundation
import Testing

@Suite struct RankingFiguresTests {
    @Test func figuresAreThoseOfOthers() throws {
        let runs = try GoldenRanking.read().runs
        #expect(runs.count == 40)
        for run in runs {
            let figures = RankingMetrics.figures(ranked: run.ranked, relevant: run.relevant, at: run.k)
            for metric in RankingMetric.allCases {
                #expect(isClose(figures[metric], run.figures[metric]), "\(metric) of \(run)")
            }
        }
    }

    @Test func gradedGainsAreThoseOfOthers() throws {
        for run in try GoldenRanking.read().gradedRuns {
            let gains = Dictionary(uniqueKeysWithValues: run.gains.map { ($0.item, $0.gain) })
            #expect(isClose(RankingMetrics.nDCG(ranked: run.ranked, gains: gains, at: run.k), run.nDCG), "\(run)")
        }
    }

    /// Relevant are 4 items; the list has them in places 2 and 3, and in 6, which is beyond 5.
    @Test func figuresByHand() {
        let figures = RankingMetrics.figures(ranked: [9, 1, 2, 8, 7, 3], relevant: [1, 2, 3, 4], at: 5)
        #expect(figures.recall == 0.5)
        #expect(figures.precision == 0.4)
        // Precision is 1 / 2 down to place 2 and 2 / 3 down to place 3: 7 / 6, by 4.
        #expect(isClose(figures.averagePrecision, 7.0 / 24))
        #expect(figures.reciprocalRank == 0.5)
        #expect(figures.hitRate == 1)
        // Place i counts 1 / log2(i + 1); the best list has its four in places 1 to 4.
        let (second, third, fourth) = (1 / log2(3.0), 0.5, 1 / log2(5.0))
        let (found, best) = (second + third, 1 + second + third + fourth)
        #expect(isClose(figures.nDCG, found / best))
    }

    @Test func averagePrecisionIsByAllRelevantItemsThoughTheyAreMoreThanK() {
        let figures = RankingMetrics.figures(ranked: [1, 2], relevant: [1, 2, 3, 4], at: 2)
        #expect(figures.averagePrecision == 0.5 && figures.recall == 0.5)
        // The best list of two has two.
        #expect(figures.nDCG == 1 && figures.precision == 1)
    }

    @Test func anItemThatComesAgainIsWrongThere() {
        let figures = RankingMetrics.figures(ranked: [1, 1, 1, 2], relevant: [1, 2], at: 4)
        #expect(figures.recall == 1 && figures.precision == 0.5)
        // 1 down to place 1 and 2 / 4 down to place 4, by 2.
        #expect(figures.averagePrecision == 0.75)
        let best = 1 + 1 / log2(3.0)
        #expect(isClose(RankingMetrics.nDCG(ranked: [1, 1], gains: [1: 1, 2: 1], at: 2), 1 / best))
    }

    @Test func withoutRelevantItemsAllIsZero() {
        #expect(RankingMetrics.figures(ranked: [1], relevant: [], at: 3) == RankingFigures())
        #expect(RankingMetrics.figures(ranked: [], relevant: [1], at: 3) == RankingFigures())
        #expect(RankingMetrics.nDCG(ranked: [1], gains: [1: 0, 2: -1], at: 3) == 0)
    }

    /// By hand: gains 1, 3 in places 1, 2 give 1 + 3 / log2(3); the best order 3 + 1 / log2(3).
    @Test func gainsCountAsTheyAre() {
        let nDCG = RankingMetrics.nDCG(ranked: [5, 6], gains: [5: 1, 6: 3], at: 10)
        let second = 1 / log2(3.0)
        let (found, best) = (1 + 3 * second, 3 + second)
        #expect(isClose(nDCG, found / best))
    }

    @Test func binaryGainsAreRelevance() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<100 {
            let ranked = Array((0..<20).shuffled(using: &random).prefix(Int.random(in: 0...20, using: &random)))
            let relevant = Set((0..<20).shuffled(using: &random).prefix(Int.random(in: 1...20, using: &random)))
            let k = Int.random(in: 1...25, using: &random)
            let figures = RankingMetrics.figures(ranked: ranked, relevant: relevant, at: k)
            let gains = Dictionary(uniqueKeysWithValues: relevant.map { ($0, 1.0) })
            #expect(isClose(RankingMetrics.nDCG(ranked: ranked, gains: gains, at: k), figures.nDCG))
            let possible = 0...1.000_000_000_001
            #expect(RankingMetric.allCases.allSatisfy { possible.contains(figures[$0]) })
            #expect(figures.hitRate == (figures.recall > 0 ? 1 : 0))
            // The means over ranks that there were before, of one query.
            let rank = ranked.firstIndex { relevant.contains($0) }.map { $0 + 1 }
            #expect(RankingMetrics.meanReciprocalRank([rank], at: k) == figures.reciprocalRank)
            #expect(RankingMetrics.hitRate([rank], at: k) == figures.hitRate)
            // The relevant items first is the best there is.
            let best = RankingMetrics.figures(ranked: relevant.sorted() + ranked, relevant: relevant, at: k)
            #expect(isClose(best.nDCG, 1))
            #expect(RankingMetric.allCases.allSatisfy { best[$0] >= figures[$0] - 1e-12 })
        }
    }

    @Test func meansCountEveryReaderTheSame() {
        let one = RankingFigures(recall: 1, precision: 0.5, nDCG: 0.25, averagePrecision: 1, hitRate: 1)
        let mean = RankingFigures.mean(of: [one, RankingFigures(reciprocalRank: 0.5)])
        #expect(
            mean
                == RankingFigures(
                    recall: 0.5, precision: 0.25, nDCG: 0.125, averagePrecision: 0.5, reciprocalRank: 0.25, hitRate: 0.5
                ))
        #expect(RankingFigures.mean(of: []) == nil)
    }
}
