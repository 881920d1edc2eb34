import ArgumentParser
import Foundation
import Kernels

@main
struct Bookrec: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bookrec",
        abstract: "A self-hosted book recommender: takes a catalogue in, trains on it and answers readers.",
        discussion: """
            Results go to stdout, messages to stderr. Exit codes: 0 done; 1 not ready (healthcheck); 64 the command \
            line or the request is wrong; 65 the data is wrong or damaged; 66 something needed is not there; 69 the port \
            is taken; 74 reading or writing failed; 75 another process is at it, try again.
            """,
        version: CodeVersion.current.description,
        subcommands: [
            Model.self, DatasetCommand.self, Ingest.self, Quarantine.self, Works.self, LibraryCommand.self,
            Simulate.self,
            Train.self, Search.self, Similar.self, Recommend.self, Embed.self, BundleCommand.self, Serve.self,
            HealthCheck.self,
            Readers.self, Labels.self, LabelModelCommand.self, Evaluate.self, Bench.self, Version.self,
        ])

    // Here too, so that it may stand before the command as well as behind it.
    @OptionGroup var home: Home

    static func main() async {
        endOnSignalsAsFirstProcess()
        do {
            var command = try parseAsRoot()
            if let notice = Kernels.notice { Console.message("note: \(notice)") }
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            guard let failure = Failure(error) else { exit(withError: error) }
            Console.message("error: \(failure.message)")
            exit(withError: ExitCode(failure.exitCode))
        }
    }

    /// The kernel spares the first process of a container what a signal does by default; others need no help. `serve`
    /// takes these signals over once it serves.
    private static func endOnSignalsAsFirstProcess() {
        guard getpid() == 1 else { return }
        for number in [SIGTERM, SIGINT] { signal(number) { _exit(128 + $0) } }
    }
}
