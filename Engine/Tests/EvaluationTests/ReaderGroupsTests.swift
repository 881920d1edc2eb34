import Evaluation
import Testing

@Suite struct HistoryLengthTests {
    @Test func lengthsAreGrouped() {
        let names = [0, 1, 3, 4, 10, 11, 30, 31, 5_000].map { HistoryLength(itemCount: $0)?.name }
        #expect(names == [nil, "1-3", "1-3", "4-10", "4-10", "11-30", "11-30", "31+", "31+"])
        #expect(HistoryLength.allCases == HistoryLength.allCases.sorted())
    }
}

@Suite struct PopularityTercilesTests {
    /// Thirds of 6 of 18. In falling order, with where they begin: items 2 (0); 0 (6), 3 (9), 6 (11); 1 (13), 4, 5, 7, 9, 8.
    @Test func eachHasAThirdOfInteractions() {
        let terciles = PopularityTerciles(popularity: [3, 1, 6, 2, 1, 1, 2, 1, 0, 1]).terciles
        #expect(terciles == [.middle, .tail, .head, .middle, .tail, .tail, .middle, .tail, .tail, .tail])
    }

    @Test func thirdsAreEqualWhenItemsAre() {
        let terciles = PopularityTerciles(popularity: [Int](repeating: 5, count: 30)).terciles
        #expect(
            terciles == [.head, .middle, .tail].flatMap { [PopularityTerciles.Tercile](repeating: $0, count: 10) })
    }

    @Test func whatMostReadersHaveIsTheHead() {
        #expect(PopularityTerciles(popularity: [1, 98, 1]).terciles == [.tail, .head, .tail])
        #expect(PopularityTerciles(popularity: [0, 0]).terciles == [.tail, .tail])
        #expect(PopularityTerciles(popularity: []).terciles.isEmpty)
    }

    @Test func recallIsOfTheItemsOfOneGroup() {
        // Items 0, 1 | 2, 3 | 4, 5.
        let terciles = PopularityTerciles(popularity: [5, 5, 5, 5, 5, 5])
        let ranked = [0, 4, 1, 3, 5]
        #expect(terciles.recall(of: .head, ranked: ranked, relevant: [0, 1, 5], at: 2) == 0.5)
        #expect(terciles.recall(of: .middle, ranked: ranked, relevant: [0, 1, 5], at: 2) == nil)
        #expect(terciles.recall(of: .tail, ranked: ranked, relevant: [0, 1, 5], at: 2) == 0)
        #expect(terciles.recall(of: .tail, ranked: ranked, relevant: [0, 1, 5], at: 5) == 1)
    }
}
