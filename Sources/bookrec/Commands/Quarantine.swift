import ArgumentParser
import CatalogStore
import Foundation
import Ingestion

struct Quarantine: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at the rows that were refused, and give them another chance.",
        discussion: """
            Refused rows are kept whole. They go when a corrected file of the same name is taken in, or when `replay` \
            finds them good.
            """,
        subcommands: [List.self, Export.self, Replay.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List refused rows with rule and remedy.")

        @Option(help: "Only the rows of this file, as `library history` shows it.")
        var file: String?

        @Option(help: "How many rows at the most; 0 for all.")
        var limit = 100

        @Flag(help: "As JSON Lines, with the rows whole.")
        var json = false

        @OptionGroup var home: Home

        func run() throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            var shown = 0
            var all = 0
            try home.library(.existing).forEachQuarantined(file: file) { run, entry in
                all += 1
                guard limit == 0 || json || shown < limit else { return }
                shown += 1
                if json {
                    let line = Line(source: run.source, file: run.file, row: entry.row)
                    Console.result(String(decoding: try encoder.encode(line), as: UTF8.self))
                } else {
                    Console.result("\(run.file), \(entry.row.message)")
                }
            }
            if shown < all { Console.message("... and \(all - shown) more: --limit 0 lists all") }
            if all == 0 { Console.message("Nothing is in quarantine.") }
        }

        private struct Line: Encodable {
            var source: String
            var file: String
            var row: QuarantinedRow
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write refused rows to files to correct and take in again.",
            discussion: """
                Makes a folder with, for each file, its refused rows below its header as they stand, and beside it \
                FILE.reasons.csv. A file that was corrected is taken in under its own name.
                """)

        @Argument(help: ArgumentHelp("The folder to make.", valueName: "dir"), completion: .directory)
        var folder: String

        @Option(help: "Only the rows of this file.")
        var file: String?

        @OptionGroup var home: Home

        func run() throws {
            let export = QuarantineExport(library: try home.library(.existing))
            let files = try export.write(to: folder, only: file)
            for file in files { Console.result("\(file.name): \(file.rows) rows") }
            if files.isEmpty { Console.message("Nothing is in quarantine.") }
        }
    }

    struct Replay: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read refused rows again, by the contract of now.")

        @Option(help: "Only the rows of this file.")
        var file: String?

        @Option(
            help: ArgumentHelp("A data contract other than the one that is built in.", valueName: "file"),
            completion: .file())
        var contract: String?

        @OptionGroup var home: Home

        func run() throws {
            let ingestion = Ingestion(library: try home.library(.existing), codeVersion: "\(CodeVersion.current)")
            let results = try ingestion.replay(
                file: file, contract: try contract.map { try DataContract(contentsOf: $0) } ?? .standard())
            for result in results {
                if let obstacle = result.obstacle {
                    Console.message("\(result.file): \(obstacle)")
                } else {
                    Console.result(
                        "\(result.file): \(result.counts.rows) rows read again, "
                            + "\(result.counts.rows - result.counts.quarantined) good now, "
                            + "\(result.counts.quarantined) still refused")
                }
            }
            if results.isEmpty { Console.message("Nothing is in quarantine.") }
        }
    }
}
