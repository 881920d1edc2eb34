import ArgumentParser
import Catalog
import CatalogStore
import Foundation

struct LibraryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "library", abstract: "Look at the library, and care for it.",
        subcommands: [
            Find.self, History.self, Profile.self, Check.self, Backup.self, Restore.self, Export.self, Erase.self,
        ])

    struct Find: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Find works by ISBN, id, or words of their titles and authors.")

        @Argument(help: "An ISBN, a work's id, or words.")
        var text: String

        @Option(help: "How many works at the most.")
        var limit = 10

        @OptionGroup var home: Home

        func run() throws {
            let works = try home.library(.existing).find(text, limit: max(1, limit))
            guard !works.isEmpty else {
                throw CommandError("No work in the library matches “\(text)”.", exitCode: noInput)
            }
            for work in works {
                Console.result("\(work.id)")
                for entry in work.editions {
                    let edition = entry.edition
                    let facts = [
                        edition.title, edition.subtitle, edition.authors.joined(separator: "; "),
                        edition.year.map(String.init), edition.isbn13?.digits ?? "no ISBN",
                    ].compactMap(\.self).filter { !$0.isEmpty }
                    Console.result(
                        "    \(facts.joined(separator: " | "))  [\(entry.source), \(entry.joinedBy)"
                            + "\(entry.isHidden ? ", hidden" : "")]")
                }
                for item in work.items.prefix(5) {
                    Console.result(
                        "    rated as \(item.key) by readers of \(item.source)  "
                            + "[\(item.match?.rawValue ?? "?"), \(item.confidence)]")
                }
                if work.items.count > 5 { Console.result("    ... rated under \(work.items.count - 5) more names") }
            }
        }
    }

    struct History: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What was taken in, when, from which file and by which version.")

        @Flag(help: "As JSON, with every run's report.")
        var json = false

        @OptionGroup var home: Home

        func run() throws {
            let runs = try home.library(.existing).history()
            if json { return try Console.json(runs) }
            for run in runs {
                Console.result(
                    "\(run.finishedAt)  \(run.kind)  \(run.source)  \(run.file)  \(run.rows) rows  \(run.bytes) bytes  "
                        + "sha256 \(run.sha256.prefix(12))  bookrec \(run.codeVersion)")
            }
            if runs.isEmpty { Console.message("Nothing was taken in yet.") }
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the whole library: file, foreign keys, orphans, full-text index.")

        @Flag(help: "Make the full-text index anew first.")
        var repair = false

        @Flag(help: "As JSON.")
        var json = false

        @OptionGroup var home: Home

        func run() throws {
            let library = try home.library(.existing)
            if repair { try library.rebuildNames() }
            let condition = try library.check()
            if json {
                try Console.json(condition)
            } else {
                for (table, rows) in condition.rows.sorted(by: { $0.key < $1.key }) where rows > 0 {
                    Console.result("\(table): \(rows)")
                }
            }
            guard condition.problems.isEmpty else {
                throw CommandError(
                    "The library is not whole:\n" + condition.problems.map { "  \($0)" }.joined(separator: "\n")
                        + "\nPut a backup in its place with `bookrec library restore FILE`, or take the sources in again.",
                    exitCode: badData)
            }
            if !json { Console.result("The library is whole.") }
        }
    }
}
