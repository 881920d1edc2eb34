import ArgumentParser
import Artifacts
import CatalogStore
import Enrichment
import Foundation
import Recommender
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

        @Option(help: ArgumentHelp("Write the report as JSON, too.", valueName: "file"))
        var json: String?

        @Option(help: ArgumentHelp("Write the report as a page, too.", valueName: "file"))
        var html: String?

        @OptionGroup var home: Home

        func run() throws {
            let bundles = home.bundles
            guard let id = bundles.currentID() else {
                throw ArtifactError.missing(
                    what: "trained bundle", path: bundles.folder.path, remedy: "Train one with `bookrec train`.")
            }
            let (encoder, _) = try home.models.open()
            let recommender = try Recommender(
                bundleAt: bundles.folder.appending(path: id), manifest: bundles.verify(id), encoder: encoder)
            let judge = try RecommendationJudge(
                recommender, library: home.library(.existing), seed: seed, progress: { Console.message($0) })
            let report = try judge.report()
            for table in report.tables { ReportText.show(table, examples: "readers") }
            for note in report.notes { Console.result("* \(note)") }
            if let json {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
                try encoder.encode(report).write(to: URL(fileURLWithPath: json), options: .atomic)
            }
            if let html {
                let page = ReportPage.html(report, title: "Evaluation of recommendations", examples: "readers")
                try Data(page.utf8).write(to: URL(fileURLWithPath: html), options: .atomic)
            }
        }
    }
}
