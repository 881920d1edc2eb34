internal import MemoryMapping

/// Why vectors cannot be indexed, or a query cannot be answered.
public struct VectorIndexError: Error, Equatable, CustomStringConvertible {
    /// What went wrong.
    public enum Code: Sendable, Equatable {
        /// Count, dimension and number of elements do not go together.
        case badShape
        /// A vector to be indexed contains NaN or an infinity.
        case vectorNotFinite
        /// The query has another number of elements than the rows.
        case wrongQueryDimension
        /// The query contains NaN or an infinity.
        case queryNotFinite
        /// The filter is one for another number of rows.
        case wrongFilter
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
        /// The graph was built over other vectors.
        case otherVectors
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
    ) throws(VectorIndexError) -> Result {
        do { return try body() } catch {
            let code: Code =
                switch error.code {
                case .cannotRead: .cannotRead
                case .cannotWrite: .cannotWrite
                case .wrongFormat: .wrongFormat
                case .wrongFileSize: .wrongFileSize
                case .damaged: .damaged
                }
            throw VectorIndexError(code, error.detail)
        }
    }

    public var description: String {
        switch code {
        case .badShape, .vectorNotFinite: "Vectors cannot be indexed: \(detail)."
        case .wrongQueryDimension:
            "The query does not fit the index: \(detail). Use the model that the index was built with."
        case .queryNotFinite: "The query is not a vector of numbers: \(detail)."
        case .wrongFilter: "The filter does not fit the index: \(detail). Make one for this index."
        case .cannotRead: detail
        case .cannotWrite: "Cannot write the index: \(detail). Check the folder's permissions and free space."
        case .wrongFormat: "The file is not an index that this program reads: \(detail). Build the index again."
        case .wrongFileSize: "The index file is incomplete: \(detail). Build the index again."
        case .damaged: "The index file is damaged: \(detail). Build the index again."
        case .otherVectors: "The graph does not belong to these vectors: \(detail). Build the graph again."
        }
    }
}
