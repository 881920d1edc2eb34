import ArgumentParser
import CatalogStore
import Ingestion

struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make up data, to see what real data would do.", subcommands: [Readers.self])

    struct Readers: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make demonstration readers who rate the library's works.",
            discussion: """
                They belong to the source `simulated`, are marked as simulated wherever they are shown or exported, and \
                count in no metric. The model is described in docs/ingestion.md.
                """)

        @Option(help: "How many readers.")
        var readers = 200

        @Option(help: "The same seed makes the same readers.")
        var seed: UInt64 = 1

        @OptionGroup var home: Home

        func validate() throws {
            guard (1...1_000_000).contains(readers) else {
                throw ValidationError("--readers must be from 1 to 1000000.")
            }
        }

        func run() throws {
            let ingestion = Ingestion(library: try home.library(.existing), codeVersion: "\(CodeVersion.current)")
            let progress = ProgressLine("Simulating", unit: "readers")
            let counts = try ingestion.simulate(readers: readers, seed: seed) { progress.show($0, of: readers) }
            Console.result(
                "\(readers) simulated readers: \(counts.rows) ratings = \(counts.accepted) accepted + "
                    + "\(counts.updated) updated + \(counts.unchanged) unchanged + \(counts.unmatched) unmatched")
        }
    }
}
