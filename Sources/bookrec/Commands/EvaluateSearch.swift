import ArgumentParser
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

        @OptionGroup var output: ReportOutput

        @OptionGroup var home: Home

        func run() throws {
            let data: Data
            do { data = try Data(contentsOf: URL(fileURLWithPath: queries)) } catch {
                throw CommandError("\(queries) cannot be read: \(error.localizedDescription)", exitCode: noInput)
            }
            let recommender = try home.currentRecommender()
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
            try output.write(report, title: "Evaluation of search", examples: "queries")
        }
    }
}
