import ArgumentParser

struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The version of the program.")

    func run() {
        Console.result("bookrec \(CodeVersion.current)")
    }
}
