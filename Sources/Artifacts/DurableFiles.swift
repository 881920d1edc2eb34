package import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// File operations that hold over a power cut: what is named is on the disk.
package enum DurableFiles {
    /// Waits until the file's or folder's content is on the disk.
    static func synchronize(_ url: URL) throws {
        let descriptor = open(url.path, O_RDONLY)
        guard descriptor >= 0 else { throw posixFailure("Opening \(url.path)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw posixFailure("Writing \(url.path) to the disk") }
    }

    /// Renames within one file system; readers see the old or the new, never neither. What stood at `target` as a file
    /// or link is replaced.
    static func rename(_ source: URL, to target: URL) throws {
        guard Foundation.rename(source.path, target.path) == 0 else {
            throw posixFailure("Renaming \(source.path) to \(target.path)")
        }
        try synchronize(target.deletingLastPathComponent())
    }

    /// Gives a file its name in another folder of the same file system, never in place of what has that name.
    /// - Returns: false when the name is taken.
    package static func link(_ source: URL, to target: URL) throws -> Bool {
        try synchronize(source)
        guard Foundation.link(source.path, target.path) == 0 else {
            if errno == EEXIST { return false }
            throw posixFailure("Putting \(target.path) in place")
        }
        try synchronize(target.deletingLastPathComponent())
        return true
    }

    /// Copies the bytes of a file and nothing else: what is read-only there is not so here.
    package static func copy(_ source: URL, to target: URL) throws {
        let data: Data
        do {
            data = try Data(contentsOf: source, options: .alwaysMapped)
        } catch {
            throw ArtifactError.failed(
                what: "Reading \(source.path)", reason: error.localizedDescription,
                remedy: "Check the permissions of the file.")
        }
        try write(data, to: target)
    }

    /// Writes a new file.
    static func write(_ data: Data, to url: URL) throws {
        do {
            try data.write(to: url)
        } catch {
            // What the system said is inside, sometimes as a `POSIXError`, which no cast makes an `NSError`.
            let underlying = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError }
            let code = underlying.flatMap { $0.domain == NSPOSIXErrorDomain ? Int32($0.code) : nil }
            throw ArtifactError.failed(
                what: "Writing \(url.path)",
                reason: code.map { String(cString: strerror($0)) } ?? error.localizedDescription,
                remedy: remedy)
        }
    }

    private static let remedy = "Check the permissions of the folder and the free space of the disk."

    static func posixFailure(_ what: String) -> ArtifactError {
        .failed(
            what: what, reason: String(cString: strerror(errno)), remedy: remedy)
    }
}
