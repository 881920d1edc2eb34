import ArgumentParser
import Artifacts
import Catalog
import CatalogStore
import Enrichment
import Foundation
import Recommender
import Training

struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure how good the models are, on what they have not seen.",
        subcommands: [Enrichment.self, Search.self, Recommendations.self])

    struct Enrichment: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Measure genres, moods, emotions, pace and content notes, with 95 % intervals and baselines.",
            discussion: """
                The model that ships is judged, or another one, on the vectors of a trained home. Genres are judged on a \
                fifth of the works, which no shipped model has learned from; moods, pace and content notes on the works \
                that persons have judged.
                """)

        @Option(help: "Labels by persons to judge by, `isbn13,label,value`; no model may have learned from them.")
        var judge: String

        @Option(help: "Labels by persons that the model has learned from: their works are left out.")
        var labels: String

        @Option(help: "Labels of emotions, and ranks of feelings.")
        var emotions: [String] = []

        @Option(help: "Words by label, YAML: the baseline that counts them.")
        var lexicon = "bench/labels/lexicon.yaml"

        @Option(help: ArgumentHelp("Another label model than the one that ships.", valueName: "file"))
        var model: String?

        @OptionGroup var output: ReportOutput

        @OptionGroup var home: Home

        func run() throws {
            let library = try LabelledLibrary(home.library(.existing), bundles: home.bundles)
            let model = try model.map { try LabelModel(json: Self.read($0), file: $0) } ?? .shipped()
            let judged = library.opinions(try LabelSource(judge).rows, weight: 1)
            let learned = Set(library.opinions(try LabelSource(labels).rows, weight: 1).map(\.row))
            let heldOut = library.heldOut.subtracting(learned).union(judged.map(\.row))
            let feelings = try emotions.flatMap { library.opinions(try LabelSource($0).rows, weight: 1) }
            let report = try LabelJudge(
                inputs: library.inputs, model: model, heldOut: heldOut,
                lexicon: String(decoding: Self.read(lexicon), as: UTF8.self)
            ) { row in
                let work = library.works[row]
                return "\(work.title) \(work.subtitle ?? "") \(work.description ?? "")"
            }.report(persons: judged, emotions: feelings)
            for table in report.tables { ReportText.show(table) }
            ReportText.show(report.calibration)
            try output.write(report, title: "Evaluation of labels", examples: "works")
        }

        private static func read(_ path: String) throws -> Data {
            do {
                return try Data(contentsOf: URL(fileURLWithPath: path))
            } catch {
                throw CommandError("\(path) cannot be read: \(error.localizedDescription)", exitCode: noInput)
            }
        }
    }
}

extension Home {
    /// What answers from the bundle that serves, for evaluations.
    /// - Throws: `ArtifactError` when there is none, or it is not sound.
    func currentRecommender() throws -> Recommender {
        guard let id = bundles.currentID() else {
            throw ArtifactError.missing(
                what: "trained bundle", path: bundles.folder.path, remedy: "Train one with `bookrec train`.")
        }
        let (encoder, _) = try models.open()
        return try Recommender(
            bundleAt: bundles.folder.appending(path: id), manifest: bundles.verify(id), encoder: encoder)
    }
}
