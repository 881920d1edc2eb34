import ArgumentParser
import Artifacts
import CatalogStore
import Foundation
import TextEmbedding
import Training

struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train a bundle on the library and make it the one that serves. Skips what has not changed.")

    @Flag(help: "Do everything anew.")
    var force = false

    @Option(
        help: ArgumentHelp(
            "A BERT or RoBERTa sequence classifier that tells emotions in place of the label model, much more slowly "
                + "(default: BOOKREC_EMOTION_MODEL, else none).", valueName: "dir"))
    var emotionModel: String?

    @Option(
        help: ArgumentHelp(
            "How much memory learning from readers may take, as 700MiB or 4GiB: what learns best within it is chosen.",
            valueName: "size"))
    var memory = ByteCount(Trainer.standardMemory)

    @OptionGroup var home: Home

    func run() throws {
        let library = try home.library(.existing)
        let (encoder, manifest) = try home.models.open()
        let trainer = Trainer(
            library: library, bundles: home.bundles, encoder: encoder, textModel: manifest,
            codeVersion: "\(CodeVersion.current)",
            emotionModel: try (emotionModel ?? Environment["BOOKREC_EMOTION_MODEL"]).map {
                try EmotionModel(directory: Home.folder($0))
            }, memory: memory.bytes)
        let progress = ProgressLine("Embedding", unit: "texts")
        let outcome = try trainer.train(mode: force ? .force : .incremental) { event in
            switch event {
            case .reading: break
            case .embedding(let done, let total): if total > 0 { progress.show(done, of: total) }
            case .labelling: Console.message("Labelling moods, genres and content notes ...")
            case .writing: Console.message("Writing the bundle ...")
            }
        }
        switch outcome {
        case .unchanged(let manifest):
            Console.result("bundle \(manifest.id): nothing has changed (\(manifest.works) works)")
        case .trained(let manifest, let statistics):
            let seconds = statistics.embeddingTime / .seconds(1)
            let rate = seconds > 0 ? Int(Double(statistics.embedded) / seconds) : 0
            Console.result(
                "bundle \(manifest.id): \(manifest.works) works, \(statistics.embedded) texts embedded at \(rate)/s, "
                    + "\(statistics.reused) taken over, labelled in "
                    + "\((statistics.labellingTime / .seconds(1)).formatted(.number.precision(.fractionLength(1)))) s"
                    + (statistics.readerAlgorithm.map { ", readers by \($0)" } ?? ""))
        }
    }
}
