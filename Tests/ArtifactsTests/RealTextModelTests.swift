import EngineTestSupport
import Foundation
import Testing
import TextEmbedding

@testable import Artifacts

/// One at a time: each has a copy of 90 MB.
@Suite("The real text model", .serialized)
struct RealTextModelTests {
    private let scratch: TemporaryFolder
    private let models: TextModels
    private let real: URL

    init() throws {
        real = try TestModel.directory()
        scratch = try TemporaryFolder()
        models = TextModels(folder: scratch.url.appending(path: "models"))
    }

    /// A folder of links to the real files, as caches of models have them, but for one file of other content.
    private func copy(with data: Data, as changed: String) throws -> URL {
        let source = scratch.url.appending(path: "source")
        for name in PinnedTextModel.files.keys {
            let link = source.appending(path: name)
            try FileManager.default.createDirectory(
                at: link.deletingLastPathComponent(), withIntermediateDirectories: true)
            if name == changed {
                try data.write(to: link)
            } else {
                try FileManager.default.createSymbolicLink(
                    at: link, withDestinationURL: real.appending(path: name).resolvingSymlinksInPath())
            }
        }
        return source
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: models.folder.path).filter { $0 != ".lock" }
    }

    @Test func itIsFetchedVerifiedAndOpened() throws {
        #expect(try models.fetch(from: real).isEmpty)
        #expect(try names() == ["all-MiniLM-L6-v2"])
        let manifest = try models.verify()
        #expect(manifest.name == "all-MiniLM-L6-v2")
        let published = manifest.files.filter { $0.key != EncoderPrecision.int8.weightFile }
        #expect(published.mapValues(\.sha256) == PinnedTextModel.files)
        #expect(manifest.weights(.f32) == PinnedTextModel.files["model.safetensors"])
        let packed = try #require(manifest.files[EncoderPrecision.int8.weightFile])
        #expect(packed.size <= 25_000_000)
        let (encoder, opened) = try models.open()
        #expect(opened == manifest)
        #expect(encoder.dimension == 384)
        let vector = encoder.embed(TextModelProbe.text)
        #expect(encoder.precision == .int8)
        #expect(zip(vector, TextModelProbe.beginning).allSatisfy { abs($0 - $1) < 0.01 })
        let exact = try TextModels(folder: models.folder, precision: .f32).open().encoder.embed(TextModelProbe.text)
        #expect(zip(exact, TextModelProbe.beginning).allSatisfy { abs($0 - $1) < 1e-5 })

        // One changed byte is seen, at the end as in the middle.
        let weights = models.modelFolder.appending(path: "model.int8.safetensors")
        let size = packed.size
        for place in [size / 2, size - 1] {
            try flip(place, of: weights)
            let error = try #require(throws: ArtifactError.self) { try models.open() }
            guard case .damaged("text model", models.modelFolder.path, let reason, _) = error else { throw error }
            #expect(reason == "model.int8.safetensors was altered since it was fetched (its sha256 differs)")
            #expect(throws: error) { try models.verify() }
            try flip(place, of: weights)
        }
        try models.verify()

        // Fetching again replaces what is there.
        try flip(size / 2, of: weights)
        #expect(try models.fetch(from: real).isEmpty)
        #expect(try models.verify() == manifest)
        #expect(try names() == ["all-MiniLM-L6-v2"])
    }

    @Test func theWeightsArePackedAgainWithoutADownload() throws {
        #expect(try !models.packAgain())
        try models.fetch(from: real)
        let manifest = try models.verify()
        try FileManager.default.removeItem(at: models.modelFolder.appending(path: EncoderPrecision.int8.weightFile))
        #expect(throws: ArtifactError.self) { try models.verify() }
        #expect(try models.packAgain())
        #expect(try models.verify() == manifest)
    }

    @Test func theLeanModelHasOnlyThePackedWeights() throws {
        try models.fetch(from: real, keeping: .packed)
        #expect(try models.open().encoder.dimension == 384)
        let published = models.modelFolder.appending(path: EncoderPrecision.f32.weightFile)
        #expect(!FileManager.default.fileExists(atPath: published.path))
        let error = try #require(throws: ArtifactError.self) {
            try TextModels(folder: models.folder, precision: .f32).open()
        }
        guard case .missing("f32 weights of the text model", _, _) = error else { throw error }
    }

    private func flip(_ place: Int, of file: URL) throws {
        let handle = try FileHandle(forUpdating: file)
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(place))
        let byte = try #require(try handle.read(upToCount: 1)?.first)
        try handle.seek(toOffset: UInt64(place))
        try handle.write(contentsOf: [byte ^ 1])
    }

    /// The same numbers in another order: a sound file, another model.
    @Test func permutedWeightsAreRefused() throws {
        var weights = try Data(contentsOf: real.appending(path: "model.safetensors"), options: .mappedIfSafe)
        // Behind the words' vectors lie the layers': swap a matrix's worth of two of them.
        let size = 384 * 384 * 4
        let places = [weights.count / 4 * 3, weights.count / 10 * 9].map { $0 / 4 * 4 }
        let parts = places.map { weights.subdata(in: $0..<$0 + size) }
        for (place, part) in zip(places, parts.reversed()) { weights.replaceSubrange(place..<place + size, with: part) }

        let source = try copy(with: weights, as: "model.safetensors")
        let error = try #require(throws: ArtifactError.self) { try models.fetch(from: source) }
        guard case .damaged("text model", source.path, "it does not answer as all-MiniLM-L6-v2 does", _) = error else {
            throw error
        }
        #expect(try names().isEmpty)
    }

    @Test func anotherExportOfTheSameModelIsTakenAndNamed() throws {
        let config = try Data(contentsOf: real.appending(path: "config.json")) + Data("\n\n".utf8)
        #expect(try models.fetch(from: copy(with: config, as: "config.json")) == ["config.json"])
        let manifest = try models.verify()
        #expect(manifest.files["config.json"]?.size == config.count)
        // The files themselves were taken, not the links to them.
        for name in PinnedTextModel.files.keys {
            let file = models.modelFolder.appending(path: name).path
            #expect(try FileManager.default.attributesOfItem(atPath: file)[.type] as? FileAttributeType == .typeRegular)
        }
    }
}
