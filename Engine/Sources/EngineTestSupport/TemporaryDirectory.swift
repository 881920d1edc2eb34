#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A folder for a test's files, which the test removes when it is done.
public struct TemporaryDirectory: Sendable {
    /// The folder.
    public let url: URL

    /// A new, empty folder. Throws where none can be made.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "engine-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    /// Removes the folder and all that is in it.
    public func remove() {
        try? FileManager.default.removeItem(at: url)
    }

    /// Writes `bytes` to the file `name`, and gives its place. Throws what
    /// writing throws.
    @discardableResult
    public func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> URL {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file
    }
}
