import ArgumentParser

struct BenchSearch: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "search", abstract: "How fast vectors are found.")
    func run() throws {}
}
