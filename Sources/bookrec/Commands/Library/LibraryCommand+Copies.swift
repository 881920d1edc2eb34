import ArgumentParser
import CatalogStore
import Foundation
import Ingestion
import Training

extension LibraryCommand {
    struct Backup: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy the library to a new file, while others use it.")

        @Argument(help: ArgumentHelp("The file to make.", valueName: "file"), completion: .file())
        var file: String

        @OptionGroup var home: Home

        func run() throws {
            let library = try home.library(.existing)
            try library.backUp(to: file)
            let counts = try library.counts()
            Console.result("\(file): \(counts.works) works, \(counts.editions) editions, \(counts.ratings) ratings")
        }
    }

    struct Restore: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a backup in the library's place.",
            discussion: "A library that cannot be read any more is moved aside. Run `bookrec train` afterwards.")

        @Argument(help: ArgumentHelp("What `library backup` wrote.", valueName: "file"), completion: .file())
        var file: String

        @OptionGroup var home: Home

        func run() throws {
            let path = home.folder.library.path
            if let aside = try Library.restore(path, from: file) {
                Console.message("The damaged library was moved to \(aside).")
            }
            let counts = try home.library(.existing).counts()
            Console.result("\(path): \(counts.works) works, \(counts.editions) editions, \(counts.ratings) ratings")
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write books, ratings and tags to files that can be taken in again.",
            discussion: """
                Makes books, ratings and tags (.csv or .jsonl) in a new folder. Taken into an empty library with \
                `ingest books` (books and tags) and `ingest ratings`, they give the same one. Cells that a spreadsheet \
                would run begin with an apostrophe, which is taken away on the way in.
                """)

        enum Form: String, ExpressibleByArgument, CaseIterable { case csv, jsonl }

        @Option(help: "csv or jsonl.")
        var format = Form.csv

        @Argument(help: ArgumentHelp("The folder to make.", valueName: "dir"), completion: .directory)
        var folder: String

        @OptionGroup var home: Home

        func run() throws {
            let export = LibraryExport(
                library: try home.library(.existing), form: format == .csv ? .csv : .jsonLines)
            for file in try export.write(to: folder) {
                Console.result("\(file.name): \(file.rows) rows")
            }
        }
    }

    struct Erase: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove what a person asks to have removed.", subcommands: [EraseReader.self])
    }

    struct EraseReader: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reader", abstract: "Remove a reader with all ratings.")

        @Argument(help: "The reader's name in the source.")
        var name: String

        @Option(help: "The source the reader is of, as `library history` shows it.")
        var source: String

        @OptionGroup var home: Home

        func run() throws {
            guard let erased = try home.library(.existing).erase(reader: name, of: source) else {
                throw CommandError(
                    "The source \(source) has no reader “\(name)”. `bookrec library history` lists the sources.",
                    exitCode: noInput)
            }
            Console.result(
                "\(name) of \(source): \(erased.ratings) ratings and \(erased.quarantined) refused rows removed")
            if erased.left > 0 {
                Console.message(
                    "\(erased.left) refused rows of other files of \(source) contain “\(name)”. "
                        + "See them with `bookrec quarantine list`; a corrected file of the same name clears them.")
            }
            Console.message("Bundles and backups made before keep what they have. Train again, and remove old backups.")
        }
    }
}
