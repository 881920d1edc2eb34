import Catalog
import Testing

@testable import Recommender

@Suite struct ReasonWordingTests {
    private func work(_ average: Double?, _ count: Int, _ description: String? = nil) -> Work {
        Work(
            id: WorkID(rawValue: "w"), title: "T", averageRating: average, ratingsCount: count, description: description
        )
    }

    @Test(arguments: [
        (4.0, 1, "Rated 4.0 of 5 by 1 reader."), (3.6, 864, "Rated 3.6 of 5 by 864 readers."),
        (4.17, 1_314, "Rated 4.17 of 5 by 1,314 readers."), (4.999, 1_000_005, "Rated 5.0 of 5 by 1,000,005 readers."),
        (2.05, 10_000, "Rated 2.05 of 5 by 10,000 readers."), (3.994, 999, "Rated 3.99 of 5 by 999 readers."),
    ])
    func ratingsAreWrittenOut(_ average: Double, _ count: Int, _ sentence: String) {
        #expect(Wording.rating(of: work(average, count)) == sentence)
    }

    @Test func onlyWholeWordsAreMentioned() {
        let shown = ShownWork(work(nil, 0, "A party for Émile, the last whale-hunter."))
        for word in ["a", "party", "emile", "whale", "hunter"] { #expect(shown.mentions(word), "\(word)") }
        for word in [
            "art", "part", "hunt", "mile", "", "whale hunters", "whale-hunter", String(repeating: "x", count: 99),
        ] {
            #expect(!shown.mentions(word), "\(word)")
        }
        #expect(!ShownWork(work(nil, 0)).mentions("a"))
    }

    @Test func sharedWordsComeInTheQuerysOrderOnceAndAtMostThree() {
        let shown = ShownWork(work(nil, 0, "Storm, island, whale and keeper."))
        let query = FoldedText.words(of: "the keeper and the whale, the keeper of an island in a storm")
        #expect(
            Wording.meaning(of: shown, for: query, through: .description)
                == "Its description is close in meaning to your words and mentions “keeper”, “whale” and “island”.")
    }
}
