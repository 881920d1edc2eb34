import ArgumentParser
import Artifacts
import Catalog
import CatalogStore
import Enrichment
import Foundation
import TextEmbedding
import Training

struct LabelModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label-model", abstract: "Fit the model of moods, genres and content notes that ships.",
        subcommands: [Fit.self])

    struct Fit: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fit a label model from nothing, on a trained home and files of labels.",
            discussion: """
                The home's library gives genres: by its catalogue's categories and its readers' shelves. Works that are \
                judged by, and the fifth of all works that evaluations are made on, are left out.
                """)

        @Option(help: "Labels that persons gave, `isbn13,label,value`.")
        var labels: String

        @Option(help: "Labels of works that are to be left out, because the model is judged by them.")
        var judge: String

        @Option(help: "Labels of emotions, and auxiliary ones that emotions are learned from as well.")
        var emotions: [String] = []

        @Option(help: "The seed of the folds that calibration is made on.")
        var seed: UInt64 = 6

        @Option(help: ArgumentHelp("Where the model is written.", valueName: "file"))
        var output: String

        @OptionGroup var home: Home

        func run() throws {
            let (_, textModel) = try home.models.open()
            let library = try LabelledLibrary(home.library(.existing), bundles: home.bundles)
            let judged = Set(try library.opinions(LabelSource(judge).rows, weight: 1).map(\.row))
            let persons = library.opinions(try LabelSource(labels).rows, weight: LabelExamples.Weight.person)
            // Works that we read are few: they are all learned from, and none is evaluated on.
            let left = library.heldOut.subtracting(persons.map(\.row)).union(judged)
            var examples = library.filed(library.works.indices.filter { !left.contains($0) })
            examples.opinions += persons.filter { !judged.contains($0.row) }
            for file in emotions {
                examples.opinions += library.opinions(
                    try LabelSource(file).rows, weight: LabelExamples.Weight.named
                ).filter { !left.contains($0.row) }
            }
            let sources = try ([labels] + emotions).map(LabelSource.init)
            let rows = Set(persons.map(\.row)).subtracting(judged)
            let provenance = LabelModel.Provenance(
                textModel: textModel.name,
                examples: [
                    "works read by us": rows.count, "works filed": library.works.count - left.count,
                    "works held out": left.count,
                ], files: Dictionary(sources.map { ($0.name, $0.digest) }) { $0 + " " + $1 }, seed: seed)
            let progress = ProgressLine("Fitting", unit: "models")
            let model = LabelTrainer(inputs: library.inputs).train(
                examples, judged: rows.sorted(), provenance: provenance
            ) { progress.show($0, of: $1) }
            let json = try model.json()
            try json.write(to: URL(fileURLWithPath: output), options: .atomic)
            Console.result("\(output): \(BookLabel.all.count) labels, \(json.count) bytes")
        }
    }
}

/// A file of labels, read whole.
struct LabelSource {
    let name: String
    let digest: String
    let rows: [LabelRow]

    init(_ path: String) throws {
        let url = URL(fileURLWithPath: path)
        name = url.lastPathComponent
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            throw CommandError("\(path) cannot be read: \(error.localizedDescription)", exitCode: noInput)
        }
        digest = FileDigest.sha256(of: data)
        rows = try LabelFile.rows(data, file: path)
    }
}
