import ArgumentParser
import Datasets
import Foundation
import Synchronization
import Training

struct DatasetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataset", abstract: "Published ratings and books: list and download them.",
        subcommands: [List.self, Fetch.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the datasets that can be fetched, with holder and licence.")

        func run() throws {
            for dataset in try Dataset.published() {
                Console.result("\(dataset.name): \(dataset.title)")
                Console.result("  by \(dataset.holder), \(dataset.page)")
                Console.result("  \(dataset.licence.name), \(dataset.licence.url)")
                for file in dataset.files {
                    switch file.size {
                    case .exactly(let size): Console.result("  \(file.name): \(megabytes(size))")
                    case .atMost(let size): Console.result("  \(file.name): at most \(megabytes(size))")
                    }
                }
            }
            Console.message("Fetch one with `bookrec dataset fetch NAME`.")
        }
    }

    struct Fetch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Download a dataset and check it. What is there and right is not fetched again.",
            discussion: """
                What was stopped, by Ctrl-C or a broken connection, goes on where it was when the same command is given \
                again. The licence is shown before anything is fetched; at a terminal it is asked for.
                """)

        @Argument(help: "Which one: `bookrec dataset list` shows them.")
        var name: String

        @Option(
            help: ArgumentHelp("The folder for the files (default: `datasets/NAME` in the home).", valueName: "dir"),
            completion: .directory)
        var to: String?

        @Option(
            name: .customLong("base-url"),
            help: ArgumentHelp("Take the files from this address instead: a mirror, a proxy.", valueName: "url"))
        var baseURL: String?

        @Flag(name: .customLong("accept-licence"), help: "Show the licence without asking.")
        var acceptsLicence = false

        @OptionGroup var home: Home

        func run() async throws {
            let dataset = try Dataset.published(named: name)
            let folder = to.map { Home.folder($0) } ?? home.folder.url.appending(path: "datasets/\(dataset.name)")
            let fetcher = try DatasetFetcher(dataset, to: folder, from: baseURL)
            let asks = !acceptsLicence && Console.isTerminal && isatty(STDIN_FILENO) == 1
            let display = FetchDisplay()
            try await fetcher.fetch {
                Console.message(dataset.notice)
                if asks { try Self.ask() }
            } report: {
                display.show($0)
            }
            Console.message("\(dataset.name) is complete in \(folder.path). Take it in with:")
            let home = home.path.map { " --home \(shellWord($0))" } ?? ""
            for file in dataset.files {
                let path = shellWord(fetcher.target(of: file).path)
                Console.result("bookrec ingest \(file.ingestion.rawValue) \(path)\(home)")
            }
        }

        private static func ask() throws {
            FileHandle.standardError.write(Data("Fetch it under this licence? [y/N] ".utf8))
            guard ["y", "yes"].contains(readLine()?.lowercased()) else {
                throw CommandError("Nothing was fetched: the licence was not accepted.", exitCode: usage)
            }
        }
    }
}

/// Shows a fetch to people: a progress line for each file, counting what was missing of it, and a sentence for the rest.
private final class FetchDisplay: Sendable {
    private struct Line {
        var progress: ProgressLine
        var start: Int
    }

    private let line = Mutex<Line?>(nil)

    func show(_ event: FetchEvent) {
        switch event {
        case .present(let file): Console.message("\(file): there and right")
        case .receiving(let file, let offset, _):
            let label = offset > 0 ? "\(file), after the first \(megabytes(offset))" : file
            line.withLock { $0 = Line(progress: ProgressLine(label, unit: "kB"), start: offset) }
        case .received(_, let bytes, let total):
            line.withLock { line in
                guard let line else { return }
                let missing = total.map { $0 - line.start } ?? 0
                let done = bytes - line.start
                // Rounded so that only the last byte makes it whole.
                line.progress.show(done == missing ? (missing + 999) / 1000 : done / 1000, of: (missing + 999) / 1000)
            }
        case .broken(let file, let reason, let pause):
            message("\(file): \(reason); trying again in \(pause.components.seconds) s")
        case .done(let file, let bytes): message("\(file): \(megabytes(bytes)), checked")
        }
    }

    /// A line of its own where an unfinished progress line stands.
    private func message(_ text: String) {
        Console.message((Console.isTerminal ? "\r\u{1B}[K" : "") + text)
    }
}

/// `3.3 MB`, in millions.
private func megabytes(_ bytes: Int) -> String {
    let tenths = (bytes + 50_000) / 100_000
    return "\(tenths / 10).\(tenths % 10) MB"
}

/// A text as one word of a shell's command.
private func shellWord(_ text: String) -> String {
    let plain = text.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0) || "/._-+,".unicodeScalars.contains($0)
    }
    return plain && !text.isEmpty ? text : "'\(text.replacingOccurrences(of: "'", with: "'\\''"))'"
}
