import ArgumentParser
import Artifacts
import CatalogStore
import Foundation
import TextEmbedding
import Training

/// The folder that holds all state, and where the text models lie if not there.
struct Home: ParsableArguments {
    @Option(
        name: .customLong("home"),
        help: ArgumentHelp(
            "The folder that holds library, bundles and models (default: BOOKREC_HOME, else ./var).", valueName: "dir"))
    var path: String?

    @Option(
        name: .customLong("models"),
        help: ArgumentHelp(
            "The folder of text models (default: BOOKREC_MODELS, else `models` in the home).", valueName: "dir"))
    var modelsPath: String?

    @Option(
        name: .customLong("precision"),
        help: ArgumentHelp(
            "The weights of the text model: int8, or f32 for exact vectors at several times the cost (default: "
                + "BOOKREC_PRECISION, else int8). A bundle serves only with the weights that it was trained with.",
            valueName: "kind"))
    var precisionName: String?

    var precision: EncoderPrecision { namedPrecision.flatMap(EncoderPrecision.init(rawValue:)) ?? .int8 }
    private var namedPrecision: String? { precisionName ?? Environment["BOOKREC_PRECISION"] }

    func validate() throws {
        guard let name = namedPrecision, EncoderPrecision(rawValue: name) == nil else { return }
        let kinds = EncoderPrecision.allCases.map(\.rawValue).joined(separator: " or ")
        throw ValidationError("--precision (or BOOKREC_PRECISION) must be \(kinds), not \(name).")
    }

    var folder: HomeFolder { HomeFolder(url: Self.folder(path ?? Environment["BOOKREC_HOME"] ?? "var")) }
    var bundles: Bundles { folder.bundles }
    var models: TextModels {
        let named = (modelsPath ?? Environment["BOOKREC_MODELS"]).map(Self.folder)
        return TextModels(folder: named ?? folder.url.appending(path: "models"), precision: precision)
    }

    func library(_ access: Library.Access) throws -> Library {
        try Library(path: folder.library.path, access: access)
    }

    static func folder(_ path: String) -> URL { URL(fileURLWithPath: path, isDirectory: true) }
}

/// The environment's variables; an empty one counts as none.
enum Environment {
    static subscript(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
