import ArgumentParser
import Catalog
import CatalogStore

struct Works: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Correct by hand which editions are one work. Corrections hold whatever is taken in later.",
        subcommands: [Join.self, Split.self])

    struct Join: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make two works one.")

        @Argument(help: "The work whose id stays, as `library find` shows it.")
        var kept: String

        @Argument(help: "The work that becomes part of it.")
        var other: String

        @OptionGroup var home: Home

        func run() throws {
            try home.library(.existing).edit {
                try $0.join(WorkID(rawValue: kept), with: WorkID(rawValue: other))
            }
            Console.result("\(other) is part of \(kept) now. Train again for the recommendations to know it.")
        }
    }

    struct Split: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make some editions of a work a work of their own.")

        @Argument(help: "The work, as `library find` shows it.")
        var work: String

        @Argument(help: ArgumentHelp("The ISBNs that leave it.", valueName: "isbn"))
        var isbns: [String]

        @OptionGroup var home: Home

        func run() throws {
            let editions = try isbns.map { text in
                guard let isbn = ISBN13.parse(text) else {
                    throw CommandError(
                        "“\(text)” is not an ISBN: its length or check digit is wrong.", exitCode: usage)
                }
                return isbn
            }
            let new = try home.library(.existing).edit {
                try $0.split(WorkID(rawValue: work), editions: editions)
            }
            Console.result("\(new) has left \(work). Train again for the recommendations to know it.")
        }
    }
}
