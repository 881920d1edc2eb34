import Foundation

/// Keeps two ingestions of one library apart: they would share staging files. Ends with the process, however it ends.
public final class IngestLock: Sendable {
    private let descriptor: Int32

    /// - Parameter seconds: how long to wait for another ingestion to end.
    /// - Throws: `LibraryError.busy`, or `.unusable` when the lock's file cannot be made.
    public init(for library: Library, waiting seconds: Double = 10) throws {
        let path = library.path + "-ingest.lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw LibraryError.unusable(path: library.path, reason: String(cString: strerror(errno)))
        }
        let end = Date(timeIntervalSinceNow: seconds)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard Date() < end else {
                Glibc.close(descriptor)
                throw LibraryError.busy(path: library.path)
            }
            usleep(50_000)
        }
    }

    deinit { close(descriptor) }
}
