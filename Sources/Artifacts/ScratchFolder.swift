import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder in which something is put together, beside where it belongs, so that one rename puts it in place.
///
/// Only one is there at a time, under a lock; what a killed process left behind is removed by the next one. Removed with
/// the value.
final class ScratchFolder {
    let url: URL
    private let lock: FolderLock

    /// - Parameters:
    ///   - parent: where it stands; made when it is missing.
    ///   - prefix: what its name begins with, telling it from everything else in the parent.
    ///   - what: what is being done, for the message to another process that wants to do it too.
    /// - Throws: `ArtifactError.busy` when another process is at it, `.failed` when the folder cannot be made.
    init(in parent: URL, prefix: String, while what: String) throws {
        let manager = FileManager.default
        do {
            try manager.createDirectory(at: parent, withIntermediateDirectories: true)
            lock = try FolderLock(folder: parent, while: what)
            for name in try manager.contentsOfDirectory(atPath: parent.path) where name.hasPrefix(prefix) {
                try manager.removeItem(at: parent.appending(path: name))
            }
            url = parent.appending(path: "\(prefix)\(UUID().uuidString)")
            try manager.createDirectory(at: url, withIntermediateDirectories: false)
        } catch let error as ArtifactError {
            throw error
        } catch {
            throw ArtifactError.failed(
                what: "Making a folder in \(parent.path)", reason: error.localizedDescription,
                remedy: "Check --home, the permissions of the folder and the free space of the disk.")
        }
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

/// An advisory lock on a folder, held until the value goes away or the process ends, however it ends.
final class FolderLock {
    private let descriptor: Int32

    /// - Throws: `ArtifactError.busy` when another process holds it.
    init(folder: URL, while what: String) throws {
        descriptor = open(folder.appending(path: ".lock").path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw DurableFiles.posixFailure("Locking \(folder.path)") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw ArtifactError.busy(what: what, path: folder.path)
        }
    }

    deinit { close(descriptor) }
}
