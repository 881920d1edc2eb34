import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An open file that is written at its end.
final class DiskFile {
    /// Writes some of the bytes: their number, or -1 with `errno` set, as `write(2)` does. Tests put a full disk here.
    typealias Writing = @Sendable (Int32, UnsafeRawBufferPointer) -> Int

    /// The system's own.
    static let system: Writing = { descriptor, bytes in write(descriptor, bytes.baseAddress, bytes.count) }

    let path: String
    private let descriptor: Int32
    private let writing: Writing

    /// Opens the file, or makes it. A link is not followed: it would lead the download out of the folder.
    init(path: String, writing: @escaping Writing) throws(DatasetError) {
        self.path = path
        self.writing = writing
        descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o644)
        guard descriptor >= 0 else { throw Self.failure("Opening", path) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            // `deinit` closes it.
            throw .failed(what: "Opening", path: path, reason: "it is not a regular file")
        }
    }

    deinit { close(descriptor) }

    /// In bytes.
    func size() throws(DatasetError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.failure("Reading", path) }
        return Int(status.st_size)
    }

    /// - Throws: `DatasetError.diskFull` with what is in the file by then, `.failed`.
    func append(_ bytes: UnsafeRawBufferPointer) throws(DatasetError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = writing(descriptor, rest)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure("Writing", path, kept: (try? size()) ?? 0) }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
    }

    func empty() throws(DatasetError) {
        guard ftruncate(descriptor, 0) == 0 else { throw Self.failure("Emptying", path) }
    }

    /// Waits until the content is on the disk. That is where some file systems find that they are full.
    func synchronize() throws(DatasetError) {
        guard fsync(descriptor) == 0 else { throw Self.failure("Writing", path, kept: (try? size()) ?? 0) }
    }

    /// The error that `errno` tells of.
    static func failure(_ what: String, _ path: String, kept: Int = 0) -> DatasetError {
        let code = errno
        if code == ENOSPC || code == EDQUOT { return .diskFull(path: path, kept: kept) }
        return .failed(what: what, path: path, reason: String(cString: strerror(code)))
    }
}
