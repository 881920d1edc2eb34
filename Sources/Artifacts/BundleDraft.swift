public import Foundation

/// A bundle in the making: a folder aside, which becomes a bundle by one rename when everything in it is on the disk.
///
/// Holds the lock on the bundles' folder, so that only one training runs there. A draft that a killed process left
/// behind is removed by the next one.
public final class BundleDraft {
    /// Where the stages put their files.
    public var folder: URL { scratch.url }
    static let prefix = ".draft-"
    private let bundles: Bundles
    private let scratch: ScratchFolder

    /// - Throws: `ArtifactError.busy` when another training is at it, `.failed` when the folder cannot be made.
    public init(in bundles: Bundles) throws {
        self.bundles = bundles
        scratch = try ScratchFolder(in: bundles.folder, prefix: Self.prefix, while: "training")
    }

    /// Puts a file into the draft.
    public func write(_ data: Data, to file: BundleFile) throws {
        try DurableFiles.write(data, to: folder.appending(path: file.rawValue))
    }

    /// Puts the files of another folder's bundle into the draft and compares every byte with its manifest.
    /// - Returns: the manifest to publish.
    /// - Throws: `ArtifactError` when the bundle is not sound, or the disk is full.
    public func copy(_ id: String, from source: Bundles) throws -> BundleManifest {
        let manifest = try source.verify(id)
        for name in manifest.files.keys.sorted() {
            try DurableFiles.copy(
                source.folder.appending(path: id).appending(path: name), to: folder.appending(path: name))
        }
        guard try sealFiles() == manifest.files else {
            throw ArtifactError.failed(
                what: "Copying bundle \(id)", reason: "the copy in \(folder.path) differs",
                remedy: "Check the disk and try again.")
        }
        return manifest
    }

    /// The digests of all files put into the draft so far, which are on the disk after this.
    public func sealFiles() throws -> [String: FileDigest] {
        var files: [String: FileDigest] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let url = folder.appending(path: name)
            try DurableFiles.synchronize(url)
            files[name] = try FileDigest(ofFileAt: url)
        }
        return files
    }

    /// Makes the draft a bundle. One with the same content that is there already stays as it is, if it is sound.
    public func publish(_ manifest: BundleManifest) throws {
        let manifestURL = folder.appending(path: "manifest.json")
        try DurableFiles.write(manifest.encoded(), to: manifestURL)
        try DurableFiles.synchronize(manifestURL)
        try DurableFiles.synchronize(folder)
        let target = bundles.folder.appending(path: manifest.id)
        if FileManager.default.fileExists(atPath: target.path) {
            if (try? bundles.verify(manifest.id)) != nil { return }
            try FileManager.default.removeItem(at: target)
        }
        try DurableFiles.rename(folder, to: target)
    }
}
