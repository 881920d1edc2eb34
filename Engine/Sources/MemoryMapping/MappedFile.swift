#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A file mapped into memory, read-only, for as long as this object lives.
///
/// Pages come in when they are touched and can be dropped again by the
/// kernel: a large file costs only what is used of it, and processes share
/// one copy. The file must not be truncated while it is mapped (touching a
/// page beyond its new end kills the process); replace files by renaming a
/// new one into place.
@safe
public final class MappedFile: Sendable {
    /// The path the file was opened by.
    public let path: String
    /// The number of bytes in the file when it was mapped.
    public let count: Int

    // Null exactly when `count` is 0. Invariant: set once, the pages are
    // mapped without write permission, and unmapped only in deinit.
    private nonisolated(unsafe) let base: UnsafeRawPointer?

    /// Maps the file at `path`.
    ///
    /// An empty file is mapped as no bytes at all. Anything but a regular
    /// file (a directory, a pipe, a device) is refused. O(1).
    public init(path: String) throws(MappedFileError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw MappedFileError(.cannotOpen, path: path, errno: errno) }
        defer { close(descriptor) }

        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw MappedFileError(.cannotOpen, path: path, errno: errno)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw MappedFileError(.notRegularFile, path: path) }

        let count = Int(status.st_size)
        var base: UnsafeRawPointer?
        if count > 0 {
            let mapped = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
            guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else {
                throw MappedFileError(.cannotMap, path: path, errno: errno)
            }
            unsafe base = UnsafeRawPointer(mapped)
        }
        self.path = path
        self.count = count
        unsafe self.base = unsafe base
    }

    deinit {
        if let base = unsafe base { unsafe munmap(UnsafeMutableRawPointer(mutating: base), count) }
    }

    /// Calls `body` with the bytes of the file. Their address stays the same
    /// as long as this object lives, and means nothing afterwards.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // The pages stay until deinit: keep the object beyond the call.
        defer { withExtendedLifetime(self) {} }
        return try unsafe body(UnsafeRawBufferPointer(start: base, count: base == nil ? 0 : count))
    }
}
