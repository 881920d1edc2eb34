import ArgumentParser
import Enrichment
import Foundation

/// Where an evaluation's report goes besides the terminal.
struct ReportOutput: ParsableArguments {
    @Option(help: ArgumentHelp("Write the report as JSON, too.", valueName: "file"))
    var json: String?

    @Option(help: ArgumentHelp("Write the report as a page, too.", valueName: "file"))
    var html: String?

    /// - Parameter examples: what the report's figures are means of.
    func write(_ report: EvaluationReport, title: String, examples: String) throws {
        if let json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try encoder.encode(report).write(to: URL(fileURLWithPath: json), options: .atomic)
        }
        if let html {
            let page = ReportPage.html(report, title: title, examples: examples)
            try Data(page.utf8).write(to: URL(fileURLWithPath: html), options: .atomic)
        }
    }
}
