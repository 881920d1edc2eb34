public import Foundation

/// A folder of bundles: `<id>/` each, never changed once there, and `current`, a link to the one that serves.
public struct Bundles: Sendable {
    public let folder: URL

    static let remedy = "Train a new one with `bookrec train --force`."
    private var link: URL { folder.appending(path: "current") }

    public init(folder: URL) {
        self.folder = folder
    }

    /// The ids of all bundles, newest first. Folders that are no bundles are passed over.
    public func list() throws -> [(id: String, manifest: Result<BundleManifest, any Error>)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.wholeMatch(of: /[0-9a-f]{16}/) != nil }
            .map { id in (id, Result { try manifest(of: id) }) }
            .sorted { lhs, rhs in
                let left = (try? lhs.manifest.get().createdAt) ?? .distantPast
                let right = (try? rhs.manifest.get().createdAt) ?? .distantPast
                return left != right ? left > right : lhs.id < rhs.id
            }
    }

    /// The id of the bundle that `current` names; nil before the first training.
    public func currentID() -> String? {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: link.path)).map {
            URL(fileURLWithPath: $0).lastPathComponent
        }
    }

    /// The manifest alone; its files are not checked.
    /// - Throws: `ArtifactError`.
    public func manifest(of id: String) throws -> BundleManifest {
        let path = folder.appending(path: id)
        let data: Data
        do {
            data = try Data(contentsOf: path.appending(path: "manifest.json"))
        } catch {
            throw ArtifactError.missing(
                what: "bundle manifest", path: path.appending(path: "manifest.json").path,
                remedy: "`bookrec bundle list` names the bundles there are.")
        }
        let manifest = try BundleManifest.decode(data, path: path.path)
        guard manifest.id == id, try manifest.contentAddress() == id else {
            throw ArtifactError.damaged(
                what: "bundle", path: path.path, reason: "its manifest.json was altered", remedy: Self.remedy)
        }
        if let absent = BundleFile.allCases.first(where: { manifest.files[$0.rawValue] == nil }) {
            throw ArtifactError.damaged(
                what: "bundle", path: path.path, reason: "its manifest.json does not name \(absent.rawValue)",
                remedy: Self.remedy)
        }
        return manifest
    }

    /// Reads every byte of the bundle and compares it with the manifest. O(size).
    /// - Throws: `ArtifactError` naming the first file that is not as it was written.
    @discardableResult
    public func verify(_ id: String) throws -> BundleManifest {
        let manifest = try manifest(of: id)
        let path = folder.appending(path: id)
        for (name, expected) in manifest.files.sorted(by: { $0.key < $1.key }) {
            let actual: FileDigest
            do {
                actual = try FileDigest(ofFileAt: path.appending(path: name))
            } catch {
                throw ArtifactError.damaged(
                    what: "bundle", path: path.path, reason: "\(name) cannot be read", remedy: Self.remedy)
            }
            guard actual.size == expected.size else {
                throw ArtifactError.damaged(
                    what: "bundle", path: path.path,
                    reason: "\(name) has \(actual.size) bytes where the manifest says \(expected.size)",
                    remedy: Self.remedy)
            }
            guard actual.sha256 == expected.sha256 else {
                throw ArtifactError.damaged(
                    what: "bundle", path: path.path,
                    reason: "\(name) was altered (its sha256 differs from the manifest's)",
                    remedy: Self.remedy)
            }
        }
        return manifest
    }

    /// Makes this bundle the one that serves, in one atomic step.
    public func promote(_ id: String) throws {
        // Named as drafts are, so that the next draft removes what a killed process left.
        let new = folder.appending(path: "\(BundleDraft.prefix)link-\(UUID().uuidString)")
        try FileManager.default.createSymbolicLink(atPath: new.path, withDestinationPath: id)
        do {
            try DurableFiles.rename(new, to: link)
        } catch {
            try? FileManager.default.removeItem(at: new)
            throw error
        }
    }

    /// Removes all bundles but `count`: the current one and the newest of the others.
    public func prune(keeping count: Int) throws {
        let current = currentID()
        let others = try list().map(\.id).filter { $0 != current }
        for id in others.dropFirst(max(0, current == nil ? count : count - 1)) {
            try FileManager.default.removeItem(at: folder.appending(path: id))
        }
    }
}
