internal import MemoryMapping

/// Why documents cannot be indexed, or an index cannot be read.
public struct TextIndexError: Error, Equatable, CustomStringConvertible {
    /// What went wrong.
    public enum Code: Sendable, Equatable {
        /// A weight, a normalisation or the saturation is out of its range.
        case badParameter
        /// A document has another number of fields than the index, or an
        /// empty word.
        case badDocument
        /// There are more documents, words or bytes than an index holds.
        case tooLarge
        /// The file cannot be opened or mapped.
        case cannotRead
        /// The file cannot be written.
        case cannotWrite
        /// The file is of another kind, or of a version this program does not know.
        case wrongFormat
        /// The file is shorter or longer than it says.
        case wrongFileSize
        /// The file's bytes are not those that were written.
        case damaged
    }

    /// What went wrong.
    public let code: Code
    /// The numbers and names of the case.
    public let detail: String

    init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    /// What `body` returns, with what goes wrong with a file as an error of
    /// the index.
    static func wrapping<Result>(
        _ body: () throws(SectionedFileError) -> Result
    ) throws(TextIndexError) -> Result {
        do { return try body() } catch {
            let code: Code =
                switch error.code {
                case .cannotRead: .cannotRead
                case .cannotWrite: .cannotWrite
                case .wrongFormat: .wrongFormat
                case .wrongFileSize: .wrongFileSize
                case .damaged: .damaged
                }
            throw TextIndexError(code, error.detail)
        }
    }

    public var description: String {
        switch code {
        case .badParameter: "Texts cannot be indexed like this: \(detail)."
        case .badDocument: "The document does not fit the index: \(detail)."
        case .tooLarge: "The texts do not fit in one index: \(detail). Index fewer or shorter texts."
        case .cannotRead: detail
        case .cannotWrite: "Cannot write the index: \(detail). Check the folder's permissions and free space."
        case .wrongFormat: "The file is not a text index that this program reads: \(detail). Build the index again."
        case .wrongFileSize: "The text index file is incomplete: \(detail). Build the index again."
        case .damaged: "The text index file is damaged: \(detail). Build the index again."
        }
    }
}
