import ArgumentParser
import Artifacts
import CatalogStore
import Foundation

/// The folder that holds all state.
struct Home: ParsableArguments {
    @Option(
        name: .customLong("home"),
        help: ArgumentHelp(
            "The folder that holds library, bundles and models (default: BOOKREC_HOME, else ./var).", valueName: "dir"))
    var path: String?

    private var folder: URL {
        URL(fileURLWithPath: path ?? ProcessInfo.processInfo.environment["BOOKREC_HOME"] ?? "var", isDirectory: true)
    }

    var bundles: Bundles { Bundles(folder: folder.appending(path: "bundles")) }
    var models: TextModels { TextModels(folder: folder.appending(path: "models")) }

    func library(_ access: Library.Access) throws -> Library {
        try Library(path: folder.appending(path: "library.sqlite").path, access: access)
    }
}
