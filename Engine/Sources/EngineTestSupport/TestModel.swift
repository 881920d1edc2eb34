#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The sentence encoder that tests run.
public enum TestModel {
    /// Why there is no model to test with.
    public struct Missing: Error, CustomStringConvertible {
        /// The folder in which it was looked for.
        public let directory: URL
        /// The weights that are not there.
        public let file: String

        public var description: String {
            "There is no '\(file)' in '\(directory.path)'. Run `make model`, which fetches all-MiniLM-L6-v2 and packs its "
                + "weights, or set BOOKREC_TEST_MODEL to a folder where it has done so."
        }
    }

    /// The model's folder: that of the environment variable
    /// `BOOKREC_TEST_MODEL`, else var/models/all-MiniLM-L6-v2 in the
    /// repository. Throws `Missing` if it lacks the weights as published or
    /// as packed: tests must fail, not pass by testing nothing.
    public static func directory() throws(Missing) -> URL {
        let directory: URL
        if let path = ProcessInfo.processInfo.environment["BOOKREC_TEST_MODEL"], !path.isEmpty {
            directory = URL(filePath: path, directoryHint: .isDirectory)
        } else {
            // From <repository>/Engine/Sources/EngineTestSupport/<this file>.
            var repository = URL(filePath: #filePath)
            for _ in 0..<4 { repository.deleteLastPathComponent() }
            directory = repository.appending(path: "var/models/all-MiniLM-L6-v2")
        }
        for file in ["model.safetensors", "model.int8.safetensors"] {
            guard FileManager.default.fileExists(atPath: directory.appending(path: file).path) else {
                throw Missing(directory: directory, file: file)
            }
        }
        return directory
    }
}
