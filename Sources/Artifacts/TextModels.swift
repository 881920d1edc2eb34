public import Foundation
public import TextEmbedding

/// The folder of text models: `<name>/` with the model's files and `model.json`.
public struct TextModels: Sendable {
    public let folder: URL
    /// With which weights the model is opened.
    public let precision: EncoderPrecision

    /// Where the one model that the program uses lies.
    public var modelFolder: URL { folder.appending(path: PinnedTextModel.name) }

    static let remedy = "Fetch it again with `bookrec model fetch`."

    public init(folder: URL, precision: EncoderPrecision = .int8) {
        self.folder = folder
        self.precision = precision
    }

    /// Reads every byte that the encoder will and compares it with what was fetched. O(size), 15 ms for int8 weights.
    /// - Throws: `ArtifactError` naming the first file that is not as it was.
    @discardableResult
    public func verify() throws -> TextModelManifest {
        let manifestURL = modelFolder.appending(path: TextModelManifest.fileName)
        guard let data = try? Data(contentsOf: manifestURL) else {
            throw ArtifactError.missing(
                what: "text model", path: modelFolder.path,
                remedy: "Fetch it with `bookrec model fetch`, or name the right folder with --home or --models.")
        }
        guard let manifest = try? JSONDecoder().decode(TextModelManifest.self, from: data) else {
            throw damaged("its \(TextModelManifest.fileName) cannot be read")
        }
        for name in PinnedTextModel.files(precision) {
            guard let expected = manifest.files[name] else {
                if name == precision.weightFile {
                    throw ArtifactError.missing(
                        what: "\(precision.rawValue) weights of the text model", path: modelFolder.path,
                        remedy: "Make them with `bookrec model fetch`, which keeps both kinds.")
                }
                throw damaged("its \(TextModelManifest.fileName) does not name \(name)")
            }
            guard let actual = try? FileDigest(ofFileAt: modelFolder.appending(path: name)) else {
                throw damaged("\(name) cannot be read")
            }
            guard actual.size == expected.size else {
                throw damaged("\(name) has \(actual.size) bytes and had \(expected.size) when it was fetched")
            }
            guard actual.sha256 == expected.sha256 else {
                throw damaged("\(name) was altered since it was fetched (its sha256 differs)")
            }
        }
        return manifest
    }

    /// Verifies the model and loads it.
    /// - Throws: `ArtifactError`.
    public func open() throws -> (encoder: TextEncoder, manifest: TextModelManifest) {
        let manifest = try verify()
        do {
            return (try TextEncoder(directory: modelFolder, precision: precision), manifest)
        } catch {
            throw damaged("\(error)")
        }
    }

    private func damaged(_ reason: String) -> ArtifactError {
        .damaged(what: "text model", path: modelFolder.path, reason: reason, remedy: Self.remedy)
    }
}
