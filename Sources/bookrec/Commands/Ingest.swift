import ArgumentParser
import CatalogStore
import Foundation
import Ingestion

struct Ingest: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take data into the library.", subcommands: [Books.self])

    struct Books: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a CSV file of books into the library. Every row is accounted for.")

        @Argument(
            help: ArgumentHelp(
                "A comma-separated UTF-8 file with a header; docs/ingestion.md lists its columns.", valueName: "file"))
        var file: String

        @Flag(help: "Do everything and keep nothing.")
        var dryRun = false

        @Option(help: ArgumentHelp("Write what became of the rows to this file, as JSON.", valueName: "file"))
        var report: String?

        @OptionGroup var home: Home

        func run() throws {
            let ingestion = BookIngestion(library: try home.library(.create), codeVersion: "\(CodeVersion.current)")
            let progress = ProgressLine("Reading \(URL(fileURLWithPath: file).lastPathComponent)", unit: "KiB")
            let outcome = try ingestion.ingest(fileAt: file, mode: dryRun ? .dryRun : .keep) { bytes, total in
                progress.show(bytes >> 10, of: total >> 10)
            }
            if let report { try write(outcome.report, to: report) }
            show(outcome)
        }

        private func write(_ report: IngestReport, to path: String) throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            do {
                try encoder.encode(report).write(to: URL(fileURLWithPath: path), options: .atomic)
            } catch {
                throw CommandError(
                    "The report cannot be written to \(path): \(error.localizedDescription). Name another file. "
                        + "The books themselves are in the library.",
                    exitCode: inputOutput)
            }
        }

        private func show(_ outcome: BookIngestion.Outcome) {
            let report = outcome.report
            if !outcome.unmappedColumns.isEmpty {
                Console.message("Columns not used: \(outcome.unmappedColumns.joined(separator: ", "))")
            }
            let shown = 10
            for row in outcome.quarantine.prefix(shown) { Console.message("\(report.source), \(row.message)") }
            if outcome.quarantine.count > shown {
                Console.message("... and \(outcome.quarantine.count - shown) more, kept in the library's quarantine")
            }
            Console.result(
                "\(report.source): \(report.rows) rows = \(report.accepted) accepted + \(report.merged) merged + "
                    + "\(report.updated) updated + \(report.unchanged) unchanged + \(report.quarantined) quarantined"
                    + (dryRun ? " (dry run: nothing kept)" : ""))
        }
    }
}
