/// Why vectors cannot be indexed, or a query cannot be answered.
public struct VectorIndexError: Error, Equatable, CustomStringConvertible {
    /// What went wrong.
    public enum Code: Sendable, Equatable {
        /// Count, dimension and number of floats do not go together.
        case badShape
        /// The file is not as large as count and dimension demand.
        case wrongFileSize
        /// The query has another number of elements than the rows.
        case wrongQueryDimension
        /// The query contains NaN or an infinity.
        case queryNotFinite
    }

    /// What went wrong.
    public let code: Code
    /// The numbers and names of the case.
    public let detail: String

    init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    public var description: String {
        switch code {
        case .badShape: "Vectors cannot be indexed: \(detail)."
        case .wrongFileSize: "The file of vectors does not fit its description: \(detail). Build the index again."
        case .wrongQueryDimension:
            "The query does not fit the index: \(detail). Use the model that the index was built with."
        case .queryNotFinite: "The query is not a vector of numbers: \(detail)."
        }
    }
}
