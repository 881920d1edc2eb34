import Evaluation
import Testing

@Suite struct ListStatisticsTests {
    @Test func figuresAreThoseOfAllPairs() throws {
        for one in try GoldenRanking.read().lists {
            let statistics = ListStatistics(lists: one.lists, popularity: one.popularity, readerCount: one.readers)
            #expect(isClose(statistics.coverage, one.coverage))
            #expect(isClose(statistics.gini, one.gini))
            #expect(isClose(statistics.novelty, one.novelty))
            #expect(isClose(statistics.personalisation, one.personalisation))
        }
    }

    @Test func figuresByHand() {
        // Of 8 readers 8, 4, 2, 0 have the items: 0, 1 and 2 bits, and 3 as though one reader had the last.
        let statistics = ListStatistics(
            lists: [[0, 1], [0, 1], [], [0, 2]], popularity: [8, 4, 2, 0], readerCount: 8)
        #expect(statistics.listCount == 3)
        #expect(statistics.coverage == 0.75)
        // Means of 1/2, 1/2 and 1 bits.
        #expect(isClose(statistics.novelty, 2.0 / 3))
        // Pairs share 2, 1 and 1 of 2: cosines of 1, 1/2 and 1/2.
        #expect(isClose(statistics.personalisation, 1.0 / 3))
        // Shown 0, 1, 2, 3 times: (-3 * 0 - 1 * 1 + 1 * 2 + 3 * 3) / (4 * 6).
        #expect(isClose(statistics.gini, 10.0 / 24))
    }

    @Test func whatNobodyHasIsAsThoughOneReaderHad() {
        #expect(ListStatistics(lists: [[0]], popularity: [0], readerCount: 8).novelty == 3)
        #expect(ListStatistics(lists: [[0]], popularity: [0], readerCount: 0).novelty == 0)
    }

    @Test func sameListsAreNotPersonalAndDifferentOnesAre() {
        let popularity = [Int](repeating: 1, count: 9)
        let same = ListStatistics(lists: Array(repeating: [0, 1, 2], count: 7), popularity: popularity, readerCount: 9)
        #expect(isClose(same.personalisation, 0))
        let different = ListStatistics(lists: [[0, 1, 2], [3, 4], [5]], popularity: popularity, readerCount: 9)
        #expect(different.personalisation == 1)
        // 1 of lists of 1 and 4: 1 / √(1 * 4).
        let nested = ListStatistics(lists: [[0], [0, 1, 2, 3]], popularity: popularity, readerCount: 9)
        #expect(isClose(nested.personalisation, 0.5))
    }

    @Test func anItemOfAListCountsOnce() {
        let popularity = [2, 2, 1]
        #expect(
            ListStatistics(lists: [[0, 0, 1], [1, 1]], popularity: popularity, readerCount: 2)
                == ListStatistics(lists: [[0, 1], [1]], popularity: popularity, readerCount: 2))
    }

    @Test func withoutListsThereAreNoFigures() {
        let statistics = ListStatistics(lists: [[], []], popularity: [1, 2], readerCount: 2)
        #expect(statistics.listCount == 0 && statistics.coverage == 0)
        #expect(statistics.gini == nil && statistics.novelty == nil && statistics.personalisation == nil)
        #expect(ListStatistics(lists: [[0]], popularity: [1], readerCount: 1).personalisation == nil)
        #expect(ListStatistics(lists: [], popularity: [], readerCount: 0).coverage == 0)
    }

    @Test func giniIsNullWhenEqualAndGrowsWithOne() {
        #expect(ListStatistics.gini(of: [4, 4, 4]) == 0)
        #expect(ListStatistics.gini(of: [0, 0, 0, 7]) == 0.75)
        #expect(ListStatistics.gini(of: []) == nil && ListStatistics.gini(of: [0, 0]) == nil)
    }

    @Test func diversityIsTheMeanDistanceOfPairs() {
        // Similar by 1 / distance of the numbers: pairs (1, 2), (1, 5), (2, 5) by 1, 1/4, 1/3, so (0 + 3/4 + 2/3) / 3.
        let diversity = ListStatistics.diversity(of: [1, 5, 2]) { 1 / Double(abs($0 - $1)) }
        #expect(isClose(diversity, 17.0 / 36))
        #expect(ListStatistics.diversity(of: [1]) { _, _ in 1 } == nil)
    }
}
