import Testing

@testable import Evaluation

@Suite struct RankingMetricsTests {
    private let ranks: [Int?] = [1, 2, 10, 11, nil]

    @Test func hitRatesCountTheFirstFew() {
        #expect(RankingMetrics.hitRate(ranks, at: 1) == 0.2)
        #expect(RankingMetrics.hitRate(ranks, at: 2) == 0.4)
        #expect(RankingMetrics.hitRate(ranks, at: 10) == 0.6)
        #expect(RankingMetrics.hitRate([], at: 10) == 0)
    }

    @Test func reciprocalRanksEndAtK() {
        #expect(abs(RankingMetrics.meanReciprocalRank(ranks, at: 10) - (1 + 0.5 + 0.1) / 5) < 1e-15)
        #expect(RankingMetrics.meanReciprocalRank(ranks, at: 1) == 0.2)
        #expect(RankingMetrics.meanReciprocalRank([], at: 10) == 0)
    }
}

@Suite struct ConditionalLogitTests {
    /// Two alternatives that differ in one feature, chosen three times of four: the odds are three to one, so the weight is
    /// ln 3.
    @Test func oddsAreTheirLogarithm() {
        let choices = [1, 1, 1, 0].map { ConditionalLogit.Choice(features: [0, 1], chosen: $0) }
        let logit = ConditionalLogit(fitting: choices, features: 1, penalty: 0)
        #expect(abs(logit.weights[0] - 1.0986122886681098) < 1e-4)
        #expect(abs(logit.logLikelihood - (0.75 * -0.2876820724517809 + 0.25 * -1.3862943611198906)) < 1e-8)
    }

    /// What speaks against a choice gets no weight, for none is negative.
    @Test func noWeightIsNegative() {
        let choices = (0..<9).map { ConditionalLogit.Choice(features: [0, 0, 1, 1], chosen: $0 % 3 == 0 ? 1 : 0) }
        let logit = ConditionalLogit(fitting: choices, features: 2)
        #expect(logit.weights == [0, 0])
    }

    /// The second feature is as often for the chosen alternative as against it; the first is for it nine times of ten.
    @Test func whatTellsNothingGetsNoWeight() {
        let choices = [Float(0.2), 0.8].flatMap { noise in
            (0..<10).map { ConditionalLogit.Choice(features: [1, noise, 0, 1 - noise], chosen: $0 == 0 ? 1 : 0) }
        }
        let logit = ConditionalLogit(fitting: choices, features: 2, penalty: 0)
        #expect(abs(logit.weights[0] - 2.1972245773362196) < 1e-3)
        #expect(abs(logit.weights[1]) < 1e-3)
    }
}
