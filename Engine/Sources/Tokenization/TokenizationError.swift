/// Why a vocabulary cannot be used.
public struct TokenizationError: Error, Equatable, CustomStringConvertible {
    /// What went wrong.
    public enum Code: Sendable, Equatable {
        /// The file does not exist, or may not be read.
        case cannotRead
        /// A line is empty, or holds no UTF-8.
        case badLine
        /// A token stands in the file twice.
        case duplicateToken
        /// A special token such as [CLS] is missing.
        case missingToken
    }

    /// What went wrong.
    public let code: Code
    /// The vocabulary file.
    public let path: String
    /// The line, from 1, if one is to blame.
    public let line: Int?
    /// The token or the cause, in words.
    public let detail: String

    init(_ code: Code, path: String, line: Int? = nil, detail: String) {
        self.code = code
        self.path = path
        self.line = line
        self.detail = detail
    }

    public var description: String {
        let place = line.map { "'\(path)', line \($0)" } ?? "'\(path)'"
        let event =
            switch code {
            case .cannotRead: "Cannot read the vocabulary \(place)"
            case .badLine: "The vocabulary is damaged at \(place)"
            case .duplicateToken: "The vocabulary holds a token twice at \(place)"
            case .missingToken: "The vocabulary \(place) lacks a special token"
            }
        return "\(event): \(detail). Fetch the model again, and check that its vocab.txt is complete."
    }
}
