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

    private static let nothing = Impression(
        isFiction: nil, genres: [], moods: [], emotions: [], pace: nil, length: nil, contentNotes: [])

    @Test(
        arguments: [
            ([(BookLabel.mood(.hopeful), 1.0, 0.934)], "By its name it is more hopeful than 93 in 100 books here."),
            ([(.mood(.dark), -1, 0.021)], "By its name it is less dark than 97 in 100 books here."),
            // What is there is told, also where the opposite was asked for.
            ([(.mood(.dark), -1, 0.8)], "By its name it is more dark than 80 in 100 books here."),
            (
                [(.mood(.cosy), 1, 1), (.emotion(.joy), 0.5, 0.5)],
                "By its name it is more cosy than 99 in 100 books here and more joyful than 50 in 100 books here."
            ),
        ] as [([(BookLabel, Double, Double)], String)])
    func feelingsAreToldAsTheyAre(_ wishes: [(BookLabel, Double, Double)], _ sentence: String) {
        #expect(Wording.feelings(of: work(nil, 0), wishes.map { ($0.0, $0.1, $0.2) }) == sentence)
    }

    @Test func wordsAreFoundByTheirStem() {
        let shown = ShownWork(work(nil, 0, "A party for Émile, the last of the whale-hunters."), [], Self.nothing)
        let stemmer = Stemmer()
        for (asked, there) in [("parties", "party"), ("emile", "emile"), ("whales", "whale"), ("hunter", "hunters")] {
            #expect(shown.describing(stemmer.stem(asked)) == there, "\(asked)")
        }
        for word in ["art", "part", "mile", "", "whale hunters", "the", String(repeating: "x", count: 99)] {
            #expect(shown.describing(stemmer.stem(word)) == nil, "\(word)")
        }
        #expect(ShownWork(work(nil, 0), [], Self.nothing).describing("a") == nil)
    }

    @Test func whereWordsStandIsTold() {
        var island = work(nil, 0, "Storm, island, whale and keeper.")
        island.title = "Sailors"
        island.categories = ["Seas"]
        let shown = ShownWork(island, [], Self.nothing)
        func term(_ word: String) -> Keywords.Term {
            Keywords.Term(word: word, stem: Stemmer().stem(word), term: 0, related: [])
        }
        func told(_ words: [String], relatives: [String] = []) -> String? {
            Wording.keywords(of: shown, words.map(term)) { _ in relatives }
        }
        #expect(told(["keepers", "whales"]) == "“keepers” and “whales” stand in its description.")
        #expect(
            told(["sailor", "sea", "storms"])
                == "“sailor” stands in its name; “sea” stands in its subjects; “storms” stands in its description.")
        #expect(told(["isle"], relatives: ["cliff", "island"]) == "Its description has “island” for “isle”.")
        #expect(told(["desert"], relatives: ["sand"]) == nil)
        #expect(told([]) == nil)
    }
}
