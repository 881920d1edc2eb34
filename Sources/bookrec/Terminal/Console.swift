import Foundation

/// The two streams: results to stdout, messages to stderr.
enum Console {
    /// Whether a person sees the messages as they come.
    static let isTerminal = isatty(STDERR_FILENO) == 1

    static func result(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    static func message(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    /// Prints one JSON document.
    static func json(_ document: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        result(String(decoding: try encoder.encode(document), as: UTF8.self))
    }
}
