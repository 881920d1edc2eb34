import ArgumentParser
import Catalog
import CatalogStore
import Foundation

struct Readers: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What the readers of this server say of books: list, show, take along, erase.",
        discussion: """
            A reader has a random name, which their browser or program keeps; whoever knows it is that reader. Readers of \
            ratings that were taken in are others: see `library erase`.
            """,
        subcommands: [List.self, Show.self, Export.self, Erase.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List readers with their number of events and when they were last heard of.")

        @OptionGroup var home: Home

        func run() throws {
            let readers = try home.library(.existing).readersWithFeedback()
            for reader in readers {
                Console.result("\(reader.reader)\t\(reader.events)\t\(FeedbackEvent.text(ofTime: reader.lastAt))")
            }
            if readers.isEmpty { Console.message("No reader has said anything yet.") }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what a reader thinks of books and wants of them now.")

        @Argument(help: "The reader's name.")
        var reader: String

        @OptionGroup var home: Home

        func run() throws {
            let library = try home.library(.existing)
            let taste = try library.taste(of: reader)
            guard !taste.isEmpty else { throw Readers.unknown(reader) }
            for (work, standing) in taste.standings.sorted(by: { ($1.value.at, $0.key) < ($0.value.at, $1.key) }) {
                let title = try library.find(work.rawValue, limit: 1).first?.editions.first?.edition.title
                Console.result("\(work)\t\(Self.words(standing))\t\(title ?? "not in the library")")
            }
        }

        private static func words(_ standing: ReaderTaste.Standing) -> String {
            let verdict: String? =
                switch standing.verdict {
                case .rated(let stars): "\(stars) stars"
                case .liked: "liked"
                case .disliked: "disliked"
                case .dismissed: "not interested"
                case nil: nil
                }
            let shelf: String? =
                switch standing.shelf {
                case .toRead: "to read"
                case .read: "read"
                case nil: nil
                }
            return [verdict, shelf].compactMap(\.self).joined(separator: ", ")
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write all that is kept of a reader, as JSON.")

        @Argument(help: "The reader's name.")
        var reader: String

        @OptionGroup var home: Home

        func run() throws {
            let record = try home.library(.existing).record(of: reader)
            guard !record.isEmpty else { throw Readers.unknown(reader) }
            try Console.json(record)
        }
    }

    struct Erase: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove all that is kept of a reader. Backups from before keep it.")

        @Argument(help: "The reader's name.")
        var reader: String

        @OptionGroup var home: Home

        func run() throws {
            let erasure = try home.library(.existing).erase(reader: reader)
            guard erasure.events + erasure.labelOpinions > 0 else { throw Readers.unknown(reader) }
            Console.result(
                "\(reader): \(erasure.events) events and \(erasure.labelOpinions) opinions of labels are erased.")
        }
    }

    private static func unknown(_ reader: String) -> CommandError {
        CommandError("Nothing is kept of a reader \(reader). See them with `bookrec readers list`.", exitCode: noInput)
    }
}
