import ArgumentParser
import Catalog
import CatalogStore
import Enrichment
import Foundation

struct Labels: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "What readers say of moods, genres and content notes: list the labels, take a file of yours, erase a reader.",
        subcommands: [List.self, Import.self, Erase.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the codes of all labels.")

        func run() throws {
            for label in BookLabel.all { Console.result("\(label.code)\t\(label.name)") }
        }
    }

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take labels of your own from a CSV file, `isbn13,label,value`; they count at the next training.",
            discussion: """
                Values are from 0, it does not fit, to 1. The whole file is taken, or nothing of it. Taken again, it \
                replaces what the same file said before.
                """)

        @Argument(help: "The file; its name stands for whoever gave the labels.")
        var file: String

        @OptionGroup var home: Home

        func run() throws {
            let source = try LabelSource(file)
            let library = try home.library(.existing)
            var works: [ISBN13: WorkID] = [:]
            try library.forEachWork { work in for isbn in work.isbn13s { works[isbn] = work.id } }
            var opinions: [LabelOpinion] = []
            var unknown: Set<ISBN13> = []
            for row in source.rows {
                guard case .book(let label) = row.label else { continue }
                guard let work = works[row.isbn] else {
                    unknown.insert(row.isbn)
                    continue
                }
                opinions.append(
                    LabelOpinion(work: work, label: label, reader: "file:\(source.name)", value: Double(row.value)))
            }
            try library.keep(opinions, day: nil, inPlaceOfAllOf: "file:\(source.name)")
            let left = unknown.isEmpty ? "" : "; \(unknown.count) ISBNs are of no book here"
            Console.result("\(source.name): \(opinions.count) labels taken\(left). Train for them to count.")
        }
    }

    struct Erase: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forget all that a reader, or a file, said of labels.")

        @Argument(help: "The reader's name, or `file:NAME`.")
        var reader: String

        @OptionGroup var home: Home

        func run() throws {
            let count = try home.library(.existing).eraseOpinions(of: reader)
            Console.result("\(count) opinions of \(reader) are forgotten.")
        }
    }
}
