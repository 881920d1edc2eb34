import ArgumentParser
import CatalogStore
import Enrichment
import Training

extension Evaluate {
    struct Recommendations: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Measure what recommendations are worth to readers of whom nothing was learned, beside baselines.",
            discussion: """
                Of the readers of the library who have rated five books or more, 70 in 100 are learned from, 15 choose \
                parameters and weights, and 15 judge: 80 in 100 of their books are known, and what they like of the others is \
                to be found among all works. Everything is learned anew; the bundle gives the works and their texts.
                """)

        @Option(help: "Another split of readers and books.")
        var seed: UInt64 = 1

        @OptionGroup var output: ReportOutput

        @OptionGroup var home: Home

        func run() throws {
            let recommender = try home.currentRecommender()
            let judge = try RecommendationJudge(
                recommender, library: home.library(.existing), seed: seed, progress: { Console.message($0) })
            let report = try judge.report()
            for table in report.tables { ReportText.show(table, examples: "readers") }
            for note in report.notes { Console.result("* \(note)") }
            try output.write(report, title: "Evaluation of recommendations", examples: "readers")
        }
    }
}
