import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Keeps a second process out of a folder. Ends with the process, however that ends, and leaves no file.
final class FolderLock {
    private let descriptor: Int32

    /// - Throws: `DatasetError.busy`, `.failed`.
    init(_ folder: URL) throws(DatasetError) {
        descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DiskFile.failure("Opening", folder.path) }
        // Some network file systems cannot lock a folder. The checksum still stands between two writers and the file.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            throw .busy(path: folder.path)
        }
    }

    deinit { close(descriptor) }
}
