import EngineTestSupport
import Evaluation
import Testing

/// What scikit-learn and SciPy say; see Golden/make_statistics.py.
private struct Golden: Decodable {
    struct Ranking: Decodable {
        var scores: [Double]
        var labels: [Bool]
        var other: [Double]
        var areaUnderROC: Double
        var averagePrecision: Double
        var spearman: Double
    }
    struct Labelling: Decodable {
        var there: [Set<Int>]
        var given: [Set<Int>]
        var labels: Int
        var microF1: Double
        var macroF1: Double
    }
    var rankings: [Ranking]
    var labellings: [Labelling]
}

@Suite struct StatisticsTests {
    @Test func rankStatisticsAreThoseOfOthers() throws {
        for one in try GoldenFile.value(of: "statistics.json", as: Golden.self).rankings {
            let area = try #require(RankStatistics.areaUnderROC(scores: one.scores, labels: one.labels))
            let precision = try #require(RankStatistics.averagePrecision(scores: one.scores, labels: one.labels))
            let correlation = try #require(RankStatistics.spearman(one.scores, one.other))
            #expect(abs(area - one.areaUnderROC) < 1e-12)
            #expect(abs(precision - one.averagePrecision) < 1e-12)
            #expect(abs(correlation - one.spearman) < 1e-12)
        }
    }

    @Test func labelCountsAreThoseOfOthers() throws {
        for one in try GoldenFile.value(of: "statistics.json", as: Golden.self).labellings {
            var counts = MultiLabelCounts(labels: one.labels)
            for (given, there) in zip(one.given, one.there) { counts.add(given: given, there: there) }
            #expect(abs(try #require(counts.microF1) - one.microF1) < 1e-12)
            #expect(abs(try #require(counts.macroF1) - one.macroF1) < 1e-12)
        }
    }

    @Test func withoutBothKindsThereIsNoFigure() {
        #expect(RankStatistics.areaUnderROC(scores: [1, 2], labels: [true, true]) == nil)
        #expect(RankStatistics.areaUnderROC(scores: [], labels: []) == nil)
        #expect(RankStatistics.areaUnderROC(scores: [1, .nan], labels: [true, false]) == nil)
        #expect(RankStatistics.averagePrecision(scores: [1], labels: [false]) == nil)
        #expect(RankStatistics.spearman([1, 1], [1, 2]) == nil)
        #expect(RankStatistics.spearman([1], [1]) == nil)
    }

    @Test func equalScoresAreATossOfACoin() {
        #expect(RankStatistics.areaUnderROC(scores: [3, 3, 3], labels: [true, false, false]) == 0.5)
    }

    @Test func aLabelThatIsNeitherGivenNorThereDoesNotCount() {
        var counts = MultiLabelCounts(labels: 3)
        counts.add(given: [0], there: [0])
        // By hand: label 0 is perfect, label 1 given once and wrong, label 2 never seen.
        counts.add(given: [1], there: [])
        #expect(counts.labels[2].f1 == nil && counts.labels[1].recall == nil && counts.labels[1].precision == 0)
        #expect(counts.macroF1 == 1)
        #expect(counts.microF1 == 2.0 / 3)
    }
}

@Suite struct CalibrationCurveTests {
    @Test func saidAndSeenAreCompared() {
        // By hand: four said 0.25 of which one was so, and two said 0.9 of which one was.
        let curve = CalibrationCurve(
            probabilities: [0.25, 0.25, 0.25, 0.25, 0.9, 0.9], labels: [true, false, false, false, true, false])
        #expect(curve.bins.map(\.count) == [4, 2])
        #expect(curve.bins.map(\.seen) == [0.25, 0.5])
        #expect(abs(curve.expectedError - 2 * 0.4 / 6) < 1e-12)
    }

    @Test func strangeProbabilitiesDoNotCrashIt() {
        let curve = CalibrationCurve(
            probabilities: [.nan, -3, 7, 1, .infinity], labels: [false, false, true, true, true])
        #expect(curve.bins.map(\.count) == [2, 3])
        #expect(curve.expectedError == 0)
        #expect(CalibrationCurve(probabilities: [], labels: []).expectedError == 0)
    }
}

@Suite struct BootstrapTests {
    @Test func theRangeOfAMeanIsAboutItsStandardError() throws {
        var random = SeededGenerator(seed: 3)
        let values = random.floats(400).map(Double.init)
        let estimate = try #require(
            Bootstrap.estimate(examples: values.count) { $0.reduce(0) { $0 + values[$1] } / Double($0.count) })
        let mean = values.reduce(0, +) / 400
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 400
        let error = (variance / 400).squareRoot()
        #expect(estimate.value == mean)
        #expect(abs(estimate.high - estimate.low - 2 * 1.96 * error) < 0.1 * error * 2 * 1.96)
        #expect(estimate.low < mean && mean < estimate.high)
    }

    @Test func theSameSeedGivesTheSameRange() {
        func range(_ seed: UInt64) -> Estimate? {
            Bootstrap.estimate(examples: 20, samples: 50, seed: seed) { Double($0.reduce(0, +)) }
        }
        #expect(range(5) == range(5))
        #expect(range(5) != range(6))
    }

    @Test func meansAreFigures() {
        let values = [0.25, 0.5, 0.5, 1]
        let estimate = Bootstrap.estimate(examples: 4) { $0.reduce(0) { $0 + values[$1] } / 4 }
        #expect(estimate != nil && Bootstrap.mean(of: values) == estimate)
        #expect(Bootstrap.mean(of: []) == nil)
    }

    @Test func drawsWithoutAFigureAreLeftOut() {
        let estimate = Bootstrap.estimate(examples: 2, samples: 100) { $0.contains(1) ? 7 : nil }
        #expect(estimate == Estimate(value: 7, low: 7, high: 7))
        #expect(Bootstrap.estimate(examples: 0) { $0.isEmpty ? nil : 1 } == nil)
    }
}
