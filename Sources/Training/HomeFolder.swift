public import Artifacts
import CatalogStore
public import Foundation

/// Where the library and the bundles of one installation lie.
public struct HomeFolder: Sendable {
    public let url: URL

    public init(url: URL) {
        self.url = url
    }

    public var library: URL { url.appending(path: "library.sqlite") }
    public var bundles: Bundles { Bundles(folder: url.appending(path: "bundles")) }

    var hasLibrary: Bool { FileManager.default.fileExists(atPath: library.path) }

    /// Takes over the library and the bundle that another home serves; does nothing when there is a library here.
    ///
    /// The other home is only read, and nothing may be written beside it. First the library gets its name, complete and on
    /// the disk, then the bundle: a kill in between leaves a library that has yet to be trained. Holds the lock that
    /// training takes.
    /// - Returns: false when there is a library here.
    /// - Throws: `ArtifactError`, `LibraryError`.
    func takeOver(from starter: HomeFolder) throws -> Bool {
        guard starter.hasLibrary else {
            throw ArtifactError.missing(
                what: "library to start with", path: starter.library.path,
                remedy: "Name a folder that has one with --starter, or start without.")
        }
        let draft = try BundleDraft(in: bundles)
        guard !hasLibrary else { return false }
        // Without its library such a journal is of no use, and must not be taken for the new one's.
        for suffix in Self.journals { try? FileManager.default.removeItem(atPath: library.path + suffix) }

        // One that is not sound is left where it is: a new one is trained.
        let bundle: BundleManifest?
        do {
            bundle = try starter.bundles.currentID().map { try draft.copy($0, from: starter.bundles) }
        } catch ArtifactError.damaged, ArtifactError.missing, ArtifactError.newerFormat {
            bundle = nil
        }
        let staging = draft.folder.appending(path: "library")
        let copy = staging.appending(path: library.lastPathComponent)
        try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: false)
        try DurableFiles.copy(starter.library, to: copy)
        for suffix in Self.journals where FileManager.default.fileExists(atPath: starter.library.path + suffix) {
            try DurableFiles.copy(
                URL(filePath: starter.library.path + suffix), to: URL(filePath: copy.path + suffix))
        }
        // Opened here, it is brought up to date and made one file.
        try Library(path: copy.path).seal()
        guard try DurableFiles.link(copy, to: library) else { return false }
        try FileManager.default.removeItem(at: staging)

        return try withExtendedLifetime(draft) {
            guard let bundle else { return true }
            try draft.publish(bundle)
            try bundles.promote(bundle.id)
            return true
        }
    }

    /// Makes this bundle the one that serves, unless one does. Holds the lock that training takes.
    func serveIfNone(_ bundle: String) throws {
        let draft = try BundleDraft(in: bundles)
        try withExtendedLifetime(draft) { if bundles.currentID() == nil { try bundles.promote(bundle) } }
    }

    /// What SQLite keeps beside a library that was not closed. The other file, `-shm`, is made anew from it.
    private static let journals = ["-wal"]
}
