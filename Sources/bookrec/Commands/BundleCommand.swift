import ArgumentParser
import Artifacts
import Foundation

struct BundleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle", abstract: "Look at the trained bundles.",
        subcommands: [List.self, Show.self, Verify.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All bundles, newest first; * serves.")

        @OptionGroup var home: Home

        func run() throws {
            let current = home.bundles.currentID()
            for (id, manifest) in try home.bundles.list() {
                let mark = id == current ? "*" : " "
                switch manifest {
                case .success(let manifest):
                    Console.result("\(mark) \(id)  \(manifest.createdAt.formatted(.iso8601))  \(manifest.works) works")
                case .failure(let error):
                    Console.result("\(mark) \(id)  unusable: \(error)")
                }
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The manifest of a bundle, as JSON.")

        @OptionGroup var selection: Selection

        func run() throws {
            try Console.json(try selection.home.bundles.manifest(of: selection.id()))
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compare every byte of a bundle with its manifest.")

        @OptionGroup var selection: Selection

        func run() throws {
            let manifest = try selection.home.bundles.verify(selection.id())
            Console.result("\(manifest.id): \(manifest.files.count) files, sound")
        }
    }

    struct Selection: ParsableArguments {
        @Argument(help: "The bundle's id (default: the one that serves).")
        var bundle: String?

        @OptionGroup var home: Home

        func id() throws -> String {
            guard let id = bundle ?? home.bundles.currentID() else {
                throw ArtifactError.missing(
                    what: "trained bundle", path: home.bundles.folder.path, remedy: "Train one with `bookrec train`.")
            }
            return id
        }
    }
}
