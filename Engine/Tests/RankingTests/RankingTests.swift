import Ranking
import Testing

@Suite struct BayesianAverageTests {
    let average = BayesianAverage(priorMean: 3.9, priorWeight: 50)

    @Test func threePerfectRatingsDoNotBeatAHundredThousandGoodOnes() {
        let perfect = average.estimate(mean: 5.0, count: 3)
        let proven = average.estimate(mean: 4.3, count: 100_000)
        #expect(perfect < proven)
        // By hand: (3.9 * 50 + 5 * 3) / 53
        #expect(abs(perfect - 3.962_264_150_943_396) < 1e-12)
    }

    @Test(arguments: [(Double?.none, 0), (4.9, 0), (.nan, 10)] as [(Double?, Int)])
    func withoutRatingsThePriorMeanStands(_ rated: (mean: Double?, count: Int)) {
        #expect(average.estimate(mean: rated.mean, count: rated.count) == 3.9)
    }

    @Test func atThePriorsWeightTheEstimateIsHalfWay() {
        #expect(abs(average.estimate(mean: 4.9, count: 50) - 4.4) < 1e-12)
    }

    @Test func oneFamousItemDoesNotSetThePriorAlone() throws {
        let population = [(mean: 5.0, count: 1_000_000), (mean: 3.0, count: 1_000), (mean: 3.0, count: 1_000)]
        let fitted = try #require(BayesianAverage(population: population, cap: 1_000, priorWeight: 10))
        #expect(abs(fitted.priorMean - 11.0 / 3) < 1e-12)
        #expect(BayesianAverage(population: [(mean: 4.0, count: 0)], priorWeight: 10) == nil)
    }
}

@Suite struct LinearBlendTests {
    @Test(
        arguments: [
            ([1, 1], [0.75, 0.25], 1), ([2, -1], [0.75, 0], 0.75), ([.nan, 0.5], [0, 0.125], 0.125),
        ] as [([Double], [Double], Double)])
    func contributionsAddUpToAScoreWithinTheUnit(_ legs: [Double], _ contributions: [Double], _ score: Double) {
        let blend = LinearBlend<2>(proportions: [3, 1])
        let parts = blend.contributions(of: [legs[0], legs[1]])
        #expect([parts[0], parts[1]] == contributions)
        #expect(blend.score(of: [legs[0], legs[1]]) == score)
    }

    @Test func weightsThatMeanNothingTrap() async {
        await #expect(processExitsWith: .failure) { _ = LinearBlend<2>(proportions: [0, 0]) }
        await #expect(processExitsWith: .failure) { _ = LinearBlend<2>(proportions: [-1, 2]) }
        await #expect(processExitsWith: .failure) { _ = LinearBlend<2>(proportions: [.nan, 2]) }
    }
}

@Suite struct BoundedRankingTests {
    /// Many scores at once are kept as one by one: with ties, with what is no number, and beyond whole lanes.
    @Test(arguments: [0, 1, 7, 40])
    func manyAreOfferedAsOneByOne(capacity: Int) {
        for count in [0, 1, 15, 16, 17, 500] {
            let scores = (0..<count).map { row in row % 11 == 3 ? Float.nan : Float(row * 7919 % 101) / 8 - 4 }
            var (one, many) = (BoundedRanking(capacity: capacity), BoundedRanking(capacity: capacity))
            for (row, score) in scores.enumerated() { one.offer((row, Double(score))) }
            many.offer(scores)
            #expect(one.sorted().map(\.row) == many.sorted().map(\.row))
        }
    }

    private func best(_ count: Int, of rows: [BoundedRanking.Scored]) -> [Int] {
        var ranking = BoundedRanking(capacity: count)
        for row in rows { ranking.offer(row) }
        return ranking.sorted().map(\.row)
    }

    @Test(arguments: [0, 1, 2, 7, 100, 1_000, 2_000])
    func agreesWithAFullSort(_ k: Int) {
        var state: UInt64 = 42
        // Few distinct scores, so that ties are many.
        let scored = (0..<1_000).map { row -> (row: Int, score: Double) in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (row, Double(state >> 60))
        }
        let sorted = scored.sorted { $0.score != $1.score ? $0.score > $1.score : $0.row < $1.row }
        #expect(best(k, of: scored) == sorted.prefix(k).map(\.row))
    }

    @Test func notANumberRanksLast() {
        let scored = [
            (row: 0, score: Double.nan), (row: 1, score: -.infinity), (row: 2, score: 3), (row: 3, score: .nan),
        ]
        #expect(best(4, of: scored) == [2, 1, 0, 3])
    }
}

@Suite struct MaximalMarginalRelevanceTests {
    // Three groups of two: within a group all is the same, between groups nothing.
    private let scores = [1, 0.9, 0.8, 0.7, 0.6, 0.5]
    private func similarity(_ a: Int, _ b: Int) -> Double { a / 2 == b / 2 ? 1 : 0 }

    @Test func withoutDiversityTheOrderIsThatOfTheScores() {
        let list = MaximalMarginalRelevance(diversity: 0).select(4, scores: scores, similarity: similarity)
        #expect(list == [0, 1, 2, 3])
    }

    @Test func whatIsLikeAnotherComesLater() {
        // 0.5 s - 0.5 sim: first 0, then 1 has 0.45 - 0.5, 2 has 0.4, 4 has 0.3.
        let list = MaximalMarginalRelevance(diversity: 0.5).select(6, scores: scores, similarity: similarity)
        #expect(list == [0, 2, 4, 1, 3, 5])
    }

    @Test func whatIsNotAdmittedIsLeftOut() {
        for diversity in [0, 0.5] {
            let list = MaximalMarginalRelevance(diversity: diversity).select(
                6, scores: scores, similarity: similarity,
                admits: { candidate, chosen in !chosen.contains { $0 / 2 == candidate / 2 } })
            #expect(list == [0, 2, 4])
        }
        #expect(MaximalMarginalRelevance(diversity: 0.3).select(2, scores: [], similarity: similarity) == [])
    }
}
