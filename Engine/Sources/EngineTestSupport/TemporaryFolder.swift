#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A folder for a test's files, which goes away with the value, or when the
/// test removes it.
public final class TemporaryFolder: Sendable {
    /// The folder.
    public let url: URL

    /// A new, empty folder. Throws where none can be made.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "bookrec-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { remove() }

    /// Removes the folder and all that is in it.
    public func remove() {
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of the file with this name.
    public func path(_ name: String) -> String { url.appending(path: name).path }

    /// Writes `bytes` to the file `name`, and gives its place. Throws what
    /// writing throws.
    @discardableResult
    public func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> URL {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file
    }

    /// Writes `text` to the file `name`, and gives its path. Throws what
    /// writing throws.
    @discardableResult
    public func write(_ text: String, to name: String) throws -> String {
        try write(text.utf8, to: name).path
    }

    /// What is in the folder, hidden files too, in alphabetical order.
    public func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
    }
}
