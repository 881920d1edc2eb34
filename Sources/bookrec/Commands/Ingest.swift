import ArgumentParser
import CatalogStore
import Foundation
import Ingestion

struct Ingest: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take data into the library. Every row is accounted for.",
        discussion: """
            CSV of any delimiter, JSON Lines and Open Library dumps, plain, in gzip or in zip, UTF-8 or Latin-1. What a \
            file is, its columns tell; docs/ingestion.md lists the formats and names. What was stopped goes on when the \
            same command is given again.
            """,
        subcommands: [Books.self, Ratings.self, Shelf.self])

    struct Books: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take in books, and what describes them.")

        @OptionGroup var sources: IngestSources
        @OptionGroup var home: Home

        @Flag(help: "Hide the books that came from this file before and are not in it now.")
        var hideMissing = false

        func run() throws {
            try sources.run(.books, home, reader: nil, hidesMissing: hideMissing)
        }
    }

    struct Ratings: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take in many readers' ratings.")

        @OptionGroup var sources: IngestSources
        @OptionGroup var home: Home

        func run() throws { try sources.run(.ratings, home, reader: nil, hidesMissing: false) }
    }

    struct Shelf: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take in a reader's own shelf, as Goodreads or StoryGraph export it. Reviews are left out.")

        @Option(help: "Whose shelf it is.")
        var reader: String

        @OptionGroup var sources: IngestSources
        @OptionGroup var home: Home

        func run() throws { try sources.run(.shelf, home, reader: reader, hidesMissing: false) }
    }
}

/// The files of an ingestion and what is said about them.
struct IngestSources: ParsableArguments {
    @Argument(help: ArgumentHelp("Files to take in, in this order.", valueName: "file"), completion: .file())
    var files: [String]

    @Option(help: "The format, where it is not to be recognised; an unknown name lists them.")
    var format: String?

    @Option(help: "Whose data it is: readers of different sources are never mixed.")
    var source: String?

    @Option(help: ArgumentHelp("A file that says which column is what.", valueName: "file"), completion: .file())
    var mapping: String?

    @Option(
        help: ArgumentHelp("A data contract other than the one that is built in.", valueName: "file"),
        completion: .file())
    var contract: String?

    @Flag(help: "Do everything and keep nothing.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "Write what became of every row, and what was done to its values, to this file, as JSON.",
            valueName: "file"), completion: .file())
    var report: String?

    func run(_ subject: SourceFormat.Subject, _ home: Home, reader: String?, hidesMissing: Bool) throws {
        let settings = Ingestion.Settings(
            subject, contract: try contract.map { try DataContract(contentsOf: $0) } ?? .standard(), format: format,
            source: source, mapping: try mapping.map { try ColumnMapping(contentsOf: $0) }, reader: reader,
            taking: .init(hidesMissing: hidesMissing, keeps: !dryRun))
        let ingestion = Ingestion(library: try home.library(.create), codeVersion: "\(CodeVersion.current)")
        let report = try report.map { try ReportFile(path: $0) }
        for file in files {
            let name = URL(fileURLWithPath: file).lastPathComponent
            let reading = ProgressLine("Reading \(name)", unit: "KiB")
            let taking = ProgressLine("Taking \(name) in", unit: "rows")
            let outcomes = try ingestion.ingest(fileAt: file, settings) { summary, staging in
                try report?.add(summary, staging)
            } onProgress: { progress in
                switch progress {
                case .looking: break
                case .reading(let bytes, let total): reading.show(bytes >> 10, of: total >> 10)
                case .taking(let rows, let total): taking.show(rows, of: total)
                }
            }
            for outcome in outcomes { show(outcome) }
            if let failure = outcomes.last?.failure {
                try report?.finish()
                throw failure
            }
        }
        try report?.finish()
    }

    private func show(_ outcome: Ingestion.Outcome) {
        let report = outcome.report
        if let caution = outcome.caution { Console.message("\(report.file): \(caution)") }
        if !report.unmappedColumns.isEmpty {
            Console.message("\(report.file): columns not used: \(report.unmappedColumns.joined(separator: ", "))")
        }
        if !report.personalColumns.isEmpty {
            Console.message("\(report.file): left out as personal: \(report.personalColumns.joined(separator: ", "))")
        }
        let shown = 10
        for row in outcome.firstRefused.prefix(shown) { Console.message("\(report.file), \(row.message)") }
        if report.quarantined > shown {
            Console.message(
                "... and \(report.quarantined - shown) more"
                    + (outcome.failure == nil ? ": see `bookrec quarantine list`" : ""))
        }
        guard outcome.failure == nil else { return }
        Console.result(
            "\(report.file): \(report.rows) rows = \(report.accepted) accepted + \(report.merged) merged + "
                + "\(report.updated) updated + \(report.unchanged) unchanged + \(report.quarantined) quarantined"
                + (report.unmatched > 0 ? " + \(report.unmatched) unmatched" : "")
                + (report.ignored > 0 ? " + \(report.ignored) ignored" : "")
                + (report.hidden > 0 ? "; \(report.hidden) hidden" : "")
                + (dryRun ? " (dry run: nothing kept)" : ""))
    }
}
