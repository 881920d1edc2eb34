import ArgumentParser
import CatalogStore

struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The version of the program.")

    @Flag(help: "Print one JSON document, with the highest library schema that this version knows.")
    var json = false

    func run() throws {
        guard json else { return Console.result("bookrec \(CodeVersion.current)") }
        try Console.json(
            Document(
                version: CodeVersion.current.number, commit: CodeVersion.current.commit, librarySchema: Library.schema))
    }

    private struct Document: Encodable {
        var version: String
        var commit: String
        var librarySchema: Int
    }
}
