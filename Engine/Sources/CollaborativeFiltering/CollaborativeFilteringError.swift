internal import MemoryMapping

/// Why a model cannot be trained, read or written.
public struct CollaborativeFilteringError: Error, Equatable, CustomStringConvertible {
    /// What went wrong.
    public enum Code: Sendable, Equatable {
        /// There is nothing to learn from.
        case noSignals
        /// The equations have no solution: the regularisation is too small.
        case unsolvable
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
    /// the model.
    static func wrapping<Result>(
        _ body: () throws(SectionedFileError) -> Result
    ) throws(CollaborativeFilteringError) -> Result {
        do { return try body() } catch {
            let code: Code =
                switch error.code {
                case .cannotRead: .cannotRead
                case .cannotWrite: .cannotWrite
                case .wrongFormat: .wrongFormat
                case .wrongFileSize: .wrongFileSize
                case .damaged: .damaged
                }
            throw CollaborativeFilteringError(code, error.detail)
        }
    }

    public var description: String {
        switch code {
        case .noSignals: "There is nothing to learn from: \(detail)."
        case .unsolvable: "The model's equations have no solution: \(detail). Raise the regularisation."
        case .cannotRead: detail
        case .cannotWrite: "Cannot write the model: \(detail). Check the folder's permissions and free space."
        case .wrongFormat: "The file is not a model that this program reads: \(detail). Train again."
        case .wrongFileSize: "The model's file is incomplete: \(detail). Train again."
        case .damaged: "The model's file is damaged: \(detail). Train again."
        }
    }
}
