import Evaluation
import Testing

@Suite struct PairedComparisonTests {
    /// SciPy's intervals come from a hundred thousand draws; ten thousand of ours have their ends within 4% of the width.
    @Test func rangesAreThoseOfOthers() throws {
        for one in try GoldenRanking.read().comparisons {
            let comparison = try #require(
                PairedComparison(one.values, against: one.baseline, samples: 10_000, flips: 100))
            for (ours, theirs) in [
                (comparison.difference, one.difference),
                (try #require(comparison.relativeDifference), one.relativeDifference),
            ] {
                let tolerance = 0.04 * (theirs[1] - theirs[0])
                #expect(isClose(ours.low, theirs[0], within: tolerance))
                #expect(isClose(ours.high, theirs[1], within: tolerance))
            }
        }
    }

    @Test func randomisationIsThatOfOthers() throws {
        let comparisons = try GoldenRanking.read().comparisons
        for one in comparisons {
            let comparison = try #require(PairedComparison(one.values, against: one.baseline))
            // Exact as long as there are no more combinations of signs than draws: of nine examples, and of twelve.
            let tolerance = one.values.count <= 12 ? 1e-12 : 0.005
            #expect(isClose(comparison.randomisationP, one.randomisationP, within: tolerance))
            // Of few examples the bootstrap is too sure of itself.
            if one.values.count > 100 { #expect(isClose(comparison.bootstrapP, one.tTestP, within: 0.01)) }
        }
        #expect(comparisons.map(\.values.count) == [9, 12, 150])
    }

    @Test func pAndRangeSayTheSame() throws {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<200 {
            let values = (0..<30).map { _ in Double.random(in: -0.35...0.65, using: &random) }
            let one = try #require(PairedComparison(values, against: values.map { _ in 0 }, samples: 400, flips: 1))
            let isBeyond = one.difference.low > 0 || one.difference.high < 0
            // But for a draw or two of four hundred, on both sides.
            if one.bootstrapP < 0.035 { #expect(isBeyond) }
            if one.bootstrapP > 0.065 { #expect(!isBeyond) }
        }
    }

    @Test func aConstantDifferenceIsCertain() throws {
        let baseline = (0..<40).map { 0.25 + Double($0 % 4) / 8 }
        let better = try #require(PairedComparison(baseline.map { $0 + 0.125 }, against: baseline))
        #expect(isClose(better.difference.low, 0.125) && isClose(better.difference.high, 0.125))
        // At least as far beyond as none of a thousand draws, and one of 10,001.
        #expect(better.bootstrapP == 2.0 / 1001 && better.randomisationP == 1.0 / 10_001)
        let half = try #require(PairedComparison(baseline.map { $0 / 2 }, against: baseline))
        let relative = try #require(half.relativeDifference)
        #expect(isClose(relative.value, -0.5) && isClose(relative.low, -0.5) && isClose(relative.high, -0.5))
    }

    @Test func aSystemIsNoBetterThanItself() throws {
        let values = [0.1, 0.7, 0.3]
        let same = try #require(PairedComparison(values, against: values))
        #expect(same.difference == Estimate(value: 0, low: 0, high: 0))
        #expect(same.bootstrapP == 1 && same.randomisationP == 1)
    }

    @Test func sidesCanBeExchanged() throws {
        let (a, b) = ([0.5, 0.75, 0.25, 1, 0, 0.5], [0.25, 0.5, 0.5, 0.5, 0, 0.25])
        let one = try #require(PairedComparison(a, against: b))
        let other = try #require(PairedComparison(b, against: a))
        #expect(
            isClose(one.difference.low, -other.difference.high) && isClose(one.difference.value, 0.1666666666666667))
        #expect(one.bootstrapP == other.bootstrapP && one.randomisationP == other.randomisationP)
        #expect((one.mean, one.baseline, one.count) == (other.baseline, other.mean, 6))
        #expect(one == PairedComparison(a, against: b))
        #expect(one != PairedComparison(a, against: b, seed: 2))
    }

    /// Draws are of readers with both figures: drawn apart, the range would be as wide as the readers are different.
    @Test func readersAreDrawnWithBothFigures() throws {
        let baseline = (0..<50).map { Double($0) }
        let values = baseline.map { $0 + ($0.truncatingRemainder(dividingBy: 2) == 0 ? 0.5 : 0.25) }
        let comparison = try #require(PairedComparison(values, against: baseline))
        #expect(comparison.difference.low > 0.25 && comparison.difference.high < 0.5)
    }

    @Test func withoutABaselineThereIsNoRatio() throws {
        #expect(try #require(PairedComparison([1, 0], against: [0, 0])).relativeDifference == nil)
        #expect(PairedComparison([], against: []) == nil)
    }

    /// Were there no difference, p is below 0.1 in about one of ten comparisons.
    @Test func pIsEvenWithoutADifference() throws {
        var random = SeededGenerator(seed: 8)
        let found = try (0..<300).map { _ in
            let values = (0..<40).map { _ in Double.random(in: 0...1, using: &random) }
            let baseline = (0..<40).map { _ in Double.random(in: 0...1, using: &random) }
            return try #require(PairedComparison(values, against: baseline, samples: 200, flips: 200))
        }
        // 30 of 300 with a standard deviation of 5; the bootstrap's is a little too sure of itself with 40 readers.
        #expect((15...45).contains(found.count { $0.randomisationP <= 0.1 }))
        #expect((15...50).contains(found.count { $0.bootstrapP <= 0.1 }))
    }
}

@Suite struct SignFlipTestTests {
    /// By hand: of eight combinations of ±1 ±2 ±3 two are as far from 0 as 6, and of ±1 ±2 ±4 those as far as 5: ±7, ±5.
    @Test func fewDifferencesAreTriedInAllCombinations() {
        #expect(SignFlipTest.p(of: [1, 2, 3]) == 2.0 / 8)
        #expect(SignFlipTest.p(of: [-1, 2, 4]) == 4.0 / 8)
        #expect(SignFlipTest.p(of: [-1, 0, 2, 4, 0]) == 4.0 / 8)
        #expect(SignFlipTest.p(of: []) == 1 && SignFlipTest.p(of: [0, 0]) == 1)
    }

    /// Sums of tenths are not quite equal where those of whole numbers are, which should not decide.
    @Test func roundingDoesNotDecide() {
        var random = SeededGenerator(seed: 6)
        for _ in 0..<100 {
            let whole = (0..<8).map { _ in Double(Int.random(in: -4...9, using: &random)) }
            #expect(SignFlipTest.p(of: whole.map { $0 / 10 }) == SignFlipTest.p(of: whole))
        }
    }

    @Test func drawnCombinationsAreLikeAll() {
        let differences = (0..<13).map { Double(($0 * 7) % 13) - 4.5 }
        let exact = SignFlipTest.p(of: differences, samples: 1 << 13)
        #expect(isClose(SignFlipTest.p(of: differences, samples: 4_096 + 4_000), exact, within: 0.02))
        #expect(exact != SignFlipTest.p(of: differences, samples: 4_096 + 4_000))
    }

    /// Those beyond the first 64 bits decide: both have one sign half the time, and then the small ones, which even out
    /// with a chance of 0.1, are not against them in 0.55 of cases.
    @Test func signsAreDrawnForAll() {
        let differences = (0..<64).map { $0 % 2 == 0 ? 1e-6 : -1e-6 } + [1, 1]
        #expect(isClose(SignFlipTest.p(of: differences, samples: 8_000), 0.275, within: 0.025))
    }
}
