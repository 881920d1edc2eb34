/// Why a model cannot be used.
public struct TextEmbeddingError: Error, Equatable, CustomStringConvertible {
    /// What went wrong.
    public enum Code: Sendable, Equatable {
        /// A file does not exist, or may not be read.
        case cannotRead
        /// A configuration file is no JSON, or lacks a field.
        case badConfiguration
        /// The model is of a kind that this encoder does not implement.
        case unsupportedModel
        /// The model is of a kind that `SequenceClassifier` does not implement.
        case unsupportedClassifier
        /// The safetensors header contradicts the file or itself.
        case badTensorFile
        /// A tensor that the model needs is not in the file.
        case missingTensor
        /// A tensor has another shape or element type than the model needs.
        case wrongTensor
        /// The vocabulary does not fit the model, or is damaged.
        case badVocabulary
    }

    /// What went wrong.
    public let code: Code
    /// The file.
    public let path: String
    /// The field or tensor to blame, if one is.
    public let field: String?
    /// The cause, in words.
    public let detail: String

    init(_ code: Code, path: String, field: String? = nil, _ detail: String) {
        self.code = code
        self.path = path
        self.field = field
        self.detail = detail
    }

    public var description: String {
        let place = field.map { "'\(path)', \($0)" } ?? "'\(path)'"
        return switch code {
        case .cannotRead: "Cannot read \(place): \(detail). Fetch the model, and check its files' permissions."
        case .badConfiguration: "The configuration \(place) is damaged: \(detail). Fetch the model again."
        case .unsupportedModel:
            "The model cannot be used, \(place): \(detail). Use a BERT sentence encoder such as all-MiniLM-L6-v2."
        case .unsupportedClassifier:
            "The classifier cannot be used, \(place): \(detail). Use a BERT, RoBERTa or DistilBERT sequence classifier."
        case .badTensorFile: "The weights \(place) are damaged: \(detail). Fetch the model again."
        case .missingTensor: "The weights '\(path)' lack the tensor \(field ?? "?"): \(detail). Fetch the model again."
        case .wrongTensor: "The weights do not fit the model, \(place): \(detail). Fetch all of its files again."
        case .badVocabulary: "The vocabulary does not fit, \(place): \(detail). Fetch all of the model's files again."
        }
    }
}
