/// Why a vocabulary, or another file of a tokenizer, cannot be used.
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
        /// A JSON file lacks something, or is no JSON.
        case badFile
        /// A byte has no token, or the ids are not 0, 1, 2 and so on.
        case incomplete
        /// A merge is not two tokens that make a third.
        case badMerge
        /// The tokenizer is of a kind that is not implemented.
        case unsupported
    }

    /// What went wrong.
    public let code: Code
    /// The file.
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
            case .badFile: "The tokenizer file \(place) is damaged"
            case .incomplete: "The vocabulary \(place) is incomplete"
            case .badMerge: "A merge does not fit the vocabulary at \(place)"
            case .unsupported: "The tokenizer \(place) cannot be used"
            }
        let remedy =
            switch code {
            case .unsupported: "Use a model with a WordPiece or byte-level BPE tokenizer."
            default: "Fetch the model again, and check that its files are complete."
            }
        return "\(event): \(detail). \(remedy)"
    }
}
