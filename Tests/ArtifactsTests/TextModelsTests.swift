import EngineTestSupport
import Foundation
import Testing
import TextEmbedding

@testable import Artifacts

/// Folders with the files of a model whose content is no model: enough for everything but the encoder.
@Suite("Text models")
struct TextModelsTests {
    private let folder: TemporaryFolder
    private let models: TextModels
    /// What is published.
    private static let names = PinnedTextModel.files.keys.sorted()
    /// What the encoder reads by default: packed weights instead of the published ones.
    private static let read = PinnedTextModel.files(.int8)

    init() throws {
        folder = try TemporaryFolder()
        models = TextModels(folder: folder.url.appending(path: "models"))
    }

    private func write(_ text: String, to name: String, in place: URL) throws {
        let file = place.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Puts a folder in place whose model.json fits it.
    private func install() throws -> TextModelManifest {
        var manifest = TextModelManifest(name: "m", origin: "o", files: [:])
        for name in Set(Self.names + Self.read) {
            try write("text of \(name)", to: name, in: models.modelFolder)
            manifest.files[name] = try FileDigest(ofFileAt: models.modelFolder.appending(path: name))
        }
        try writeManifest(manifest)
        return manifest
    }

    private func writeManifest(_ manifest: TextModelManifest) throws {
        try JSONEncoder().encode(manifest).write(to: models.modelFolder.appending(path: "model.json"))
    }

    private func expectDamage(_ reason: String) throws {
        for ask in [{ _ = try models.verify() }, { _ = try models.open() }] {
            let error = try #require(throws: ArtifactError.self) { try ask() }
            guard case .damaged("text model", models.modelFolder.path, let found, _) = error else { throw error }
            #expect(found.contains(reason), "\(found)")
            #expect("\(error)".contains("Fetch it again with `bookrec model fetch`."))
        }
    }

    @Test func aMissingModelIsNamedWithTheWayToGetIt() throws {
        let error = try #require(throws: ArtifactError.self) { try models.verify() }
        guard case .missing("text model", models.modelFolder.path, _) = error else { throw error }
        #expect(
            "\(error)".contains(
                "Fetch it with `bookrec model fetch`, or name the right folder with --home or --models."))
        #expect(throws: error) { try models.open() }
    }

    @Test func aSoundModelIsVerified() throws {
        let manifest = try install()
        #expect(try models.verify() == manifest)
        #expect(manifest.weights(.f32) == manifest.files["model.safetensors"]?.sha256)
        #expect(manifest.weights(.int8) == manifest.files["model.int8.safetensors"]?.sha256)
        #expect(manifest.weights(.f32) != manifest.weights(.int8))
        #expect(TextModelManifest(name: "", origin: "", files: [:]).weights(.int8) == "")
    }

    @Test(arguments: read)
    func anAlteredFile(name: String) throws {
        _ = try install()
        try write("Text of \(name)", to: name, in: models.modelFolder)
        try expectDamage("\(name) was altered since it was fetched")
    }

    @Test(arguments: read)
    func aTruncatedFile(name: String) throws {
        _ = try install()
        try write("text of", to: name, in: models.modelFolder)
        try expectDamage("\(name) has 7 bytes and had \("text of \(name)".utf8.count) when it was fetched")
    }

    @Test(arguments: read)
    func aMissingFile(name: String) throws {
        _ = try install()
        try FileManager.default.removeItem(at: models.modelFolder.appending(path: name))
        try expectDamage("\(name) cannot be read")
    }

    @Test(arguments: read.filter { $0 != EncoderPrecision.int8.weightFile })
    func aManifestThatDoesNotNameAFile(name: String) throws {
        var manifest = try install()
        manifest.files[name] = nil
        try writeManifest(manifest)
        try expectDamage("model.json does not name \(name)")
    }

    /// Weights that nobody asks for may be damaged; those that are asked for may not be missing.
    @Test(arguments: [(EncoderPrecision.int8, EncoderPrecision.f32), (.f32, .int8)])
    func onlyTheWeightsAskedForCount(asked: EncoderPrecision, other: EncoderPrecision) throws {
        var manifest = try install()
        let models = TextModels(folder: models.folder, precision: asked)
        try write("another text", to: other.weightFile, in: models.modelFolder)
        #expect(try models.verify() == manifest)
        manifest.files[asked.weightFile] = nil
        try writeManifest(manifest)
        let error = try #require(throws: ArtifactError.self) { try models.verify() }
        guard case .missing("\(asked.rawValue) weights of the text model", models.modelFolder.path, _) = error else {
            throw error
        }
        #expect("\(error)".contains("Make them with `bookrec model fetch`"))
    }

    @Test(arguments: ["", "{}", "[1]", "{\"name\": \"m\", \"origin\": \"o\", \"files\": {\"vocab.txt\": 1}}"])
    func aManifestThatIsNone(text: String) throws {
        _ = try install()
        try write(text, to: "model.json", in: models.modelFolder)
        try expectDamage("model.json cannot be read")
    }

    @Test func filesThatAreNoModelAreNotOpened() throws {
        _ = try install()
        let error = try #require(throws: ArtifactError.self) { try models.open() }
        guard case .damaged("text model", models.modelFolder.path, _, _) = error else { throw error }
    }

    @Test(arguments: names)
    func anIncompleteFolderLeavesTheOldModel(name: String) throws {
        let manifest = try install()
        let source = folder.url.appending(path: "source")
        for other in Self.names where other != name { try write("x", to: other, in: source) }
        let error = try #require(throws: ArtifactError.self) { try models.fetch(from: source) }
        guard case .missing("file \(name)", source.path, let remedy) = error else { throw error }
        #expect(remedy.contains("must be a complete all-MiniLM-L6-v2"))
        #expect(try models.verify() == manifest)
        #expect(try content(of: models.folder) == ["all-MiniLM-L6-v2"])
    }

    @Test func aMissingFolderLeavesNothing() throws {
        #expect(throws: ArtifactError.self) { try models.fetch(from: folder.url.appending(path: "none")) }
        #expect(try content(of: models.folder).isEmpty)
    }

    @Test func filesThatAreNoModelAreNotTaken() throws {
        let source = folder.url.appending(path: "source")
        for name in Self.names { try write("x", to: name, in: source) }
        let error = try #require(throws: ArtifactError.self) { try models.fetch(from: source) }
        guard case .damaged("text model", source.path, _, let remedy) = error else { throw error }
        #expect(remedy.contains("complete, unchanged copy of all-MiniLM-L6-v2"))
        #expect(try content(of: models.folder).isEmpty)
    }

    @Test func aFolderThatCannotBeMadeIsNamed() throws {
        try folder.write("a file", to: "models")
        let error = try #require(throws: ArtifactError.self) { try models.fetch(from: folder.url) }
        guard case .failed(let what, _, _) = error else { throw error }
        #expect(what.contains(models.folder.path))
    }

    private func content(of place: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: place.path).filter { $0 != ".lock" }.sorted()
    }
}
