import Classification
import EngineTestSupport
import Evaluation
import Testing

@Suite struct LogisticRegressionTests {
    /// What SciPy found; see Golden/make_statistics.py.
    struct Golden: Decodable {
        struct Regression: Decodable {
            var features: [Float]
            var dimension: Int
            var labels: Int
            var targets: [Float]
            var weights: [Float]
            var prior: [Float]
            var regularization: Float
            var expectedWeights: [Float]
            var expectedBiases: [Float]
        }
        var regressions: [Regression]
    }

    @Test func theBestWeightsAreThoseOfOthers() throws {
        for one in try GoldenFile.value(of: "statistics.json", as: Golden.self).regressions {
            let prior = LinearHeads(
                weights: one.prior, biases: [Float](repeating: 0, count: one.labels), dimension: one.dimension)
            let heads = LogisticRegression(regularization: one.regularization, steps: 5_000, tolerance: 1e-6).fit(
                features: one.features, dimension: one.dimension, targets: one.targets, weights: one.weights,
                labels: one.labels, prior: prior)
            for (found, expected) in zip(heads.weights, one.expectedWeights) { #expect(abs(found - expected) < 2e-3) }
            for (found, expected) in zip(heads.biases, one.expectedBiases) { #expect(abs(found - expected) < 2e-3) }
        }
    }

    @Test func whatNoExampleSaysStaysAsItWasKnown() {
        let prior = LinearHeads(weights: [1, -2, 3, 4], biases: [0.5, -0.5], dimension: 2)
        let heads = LogisticRegression(regularization: 0.1).fit(
            features: [1, 0, 0, 1, 1, 1], dimension: 2, targets: [1, 1, 0, 1, 1, 0], weights: [1, 0, 1, 0, 1, 0],
            labels: 2, prior: prior)
        for (found, known) in zip(heads.weights[2...], prior.weights[2...]) { #expect(abs(found - known) < 1e-6) }
        #expect(abs(heads.biases[1] - prior.biases[1]) < 1e-5)
        #expect(heads.weights[0] != prior.weights[0])
    }

    @Test func separableExamplesDoNotRunAway() {
        let heads = LogisticRegression(regularization: 0.01).fit(
            features: [-1, 1], dimension: 1, targets: [0, 1], weights: [1, 1], labels: 1)
        let logits = heads.logits(of: [-1, 1])
        #expect(logits[0] < -1 && logits[1] > 1 && logits[1] < 20)
    }

    @Test func nothingToLearnFromGivesHeadsThatKnowNothing() {
        let heads = LogisticRegression(regularization: 1).fit(
            features: [], dimension: 3, targets: [], weights: [], labels: 2)
        #expect(heads == LinearHeads(labels: 2, dimension: 3))
        #expect(heads.logits(of: []) == [])
    }

    @Test func theSameExamplesGiveTheSameHeads() {
        var random = SeededGenerator(seed: 9)
        let features = random.floats(50 * 7)
        let targets = random.floats(50 * 3, in: 0...1)
        let weights = [Float](repeating: 1, count: 150)
        func fitted() -> LinearHeads {
            LogisticRegression(regularization: 0.05).fit(
                features: features, dimension: 7, targets: targets, weights: weights, labels: 3)
        }
        #expect(fitted() == fitted())
    }
}
