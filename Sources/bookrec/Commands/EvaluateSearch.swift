import ArgumentParser
import Artifacts
import Enrichment
import Foundation
import Recommender
import Training

extension Evaluate {
    struct Search: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Measure how often a search finds the book that was meant, with 95 % intervals and baselines.",
            discussion: """
                Queries are JSON lines with kind, query and isbn13s. The weights of the search are fitted on one half of them, \
                told by a hash of the query, and judged on the other.
                """)

        @Option(help: "The queries and the books that answer them.")
        var queries = "data/queries/search.jsonl"

        @Flag(help: "Fit the weights of the legs on the half for fitting, print them, and do nothing else.")
        var fit = false

        @Option(help: ArgumentHelp("Write the report as JSON, too.", valueName: "file"))
        var json: String?

        @Option(help: ArgumentHelp("Write the report as a page, too.", valueName: "file"))
        var html: String?

        @OptionGroup var home: Home

        func run() throws {
            let data: Data
            do { data = try Data(contentsOf: URL(fileURLWithPath: queries)) } catch {
                throw CommandError("\(queries) cannot be read: \(error.localizedDescription)", exitCode: noInput)
            }
            let bundles = home.bundles
            guard let id = bundles.currentID() else {
                throw ArtifactError.missing(
                    what: "trained bundle", path: bundles.folder.path, remedy: "Train one with `bookrec train`.")
            }
            let (encoder, _) = try home.models.open()
            let recommender = try Recommender(
                bundleAt: bundles.folder.appending(path: id), manifest: bundles.verify(id), encoder: encoder)
            let judge = try SearchJudge(recommender, queries: JudgedQuery.read(data, file: queries))
            if fit {
                for (leg, weight) in try judge.fittedWeights() {
                    Console.result("\(leg.name): \(ReportText.number(weight))")
                }
                return
            }
            let report = try judge.report()
            for table in report.tables { ReportText.show(table, examples: "queries") }
            if !report.notes.isEmpty { Console.result("\n### The worst\n") }
            for note in report.notes { Console.result("* \(note)") }
            if let json {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
                try encoder.encode(report).write(to: URL(fileURLWithPath: json), options: .atomic)
            }
            if let html {
                let page = ReportPage.html(report, title: "Evaluation of search", examples: "queries")
                try Data(page.utf8).write(to: URL(fileURLWithPath: html), options: .atomic)
            }
        }
    }
}
