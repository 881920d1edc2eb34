import EngineTestSupport
import Evaluation

/// What trec_eval, ranx, SciPy and NumPy say; see Golden/make_ranking.py.
struct GoldenRanking: Decodable {
    struct Run: Decodable {
        var ranked: [Int]
        var relevant: Set<Int>
        var k: Int
        var recall: Double
        var precision: Double
        var nDCG: Double
        var averagePrecision: Double
        var reciprocalRank: Double
        var hitRate: Double

        var figures: RankingFigures {
            RankingFigures(
                recall: recall, precision: precision, nDCG: nDCG, averagePrecision: averagePrecision,
                reciprocalRank: reciprocalRank, hitRate: hitRate)
        }
    }
    struct GradedRun: Decodable {
        struct Gain: Decodable {
            var item: Int
            var gain: Double
        }
        var ranked: [Int]
        var gains: [Gain]
        var k: Int
        var nDCG: Double
    }
    struct Lists: Decodable {
        var lists: [[Int]]
        var popularity: [Int]
        var readers: Int
        var coverage: Double
        var gini: Double
        var novelty: Double
        var personalisation: Double
    }
    struct Comparison: Decodable {
        var values: [Double]
        var baseline: [Double]
        /// Low and high.
        var difference: [Double]
        var relativeDifference: [Double]
        var randomisationP: Double
        var tTestP: Double
    }
    var runs: [Run]
    var gradedRuns: [GradedRun]
    var lists: [Lists]
    var comparisons: [Comparison]

    static func read() throws -> GoldenRanking { try GoldenFile.value(of: "ranking.json", as: GoldenRanking.self) }
}

/// Whether numbers are the same but for rounding.
func isClose(_ a: Double?, _ b: Double, within tolerance: Double = 1e-12) -> Bool {
    a.map { abs($0 - b) <= tolerance } ?? false
}
