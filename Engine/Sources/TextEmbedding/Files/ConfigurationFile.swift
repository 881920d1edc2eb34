#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A JSON file of a model folder, with its place for messages.
struct ConfigurationFile<Fields: Decodable> {
    let path: String
    let fields: Fields

    init(_ directory: URL, _ name: String) throws(TextEmbeddingError) {
        let file = directory.appending(path: name)
        path = file.path
        let bytes: Data
        do {
            bytes = try Data(contentsOf: file)
        } catch {
            throw TextEmbeddingError(.cannotRead, path: path, "\(error)")
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            fields = try decoder.decode(Fields.self, from: bytes)
        } catch {
            throw TextEmbeddingError(.badConfiguration, path: path, "\(error)")
        }
    }

    private init(path: String, fields: Fields) {
        self.path = path
        self.fields = fields
    }

    /// The same file, read in other words.
    func map<Other>(_ change: (Fields) -> Other) -> ConfigurationFile<Other> {
        ConfigurationFile<Other>(path: path, fields: change(fields))
    }

    /// Throws `code`, naming `field`, unless `condition` holds.
    func require(
        _ condition: Bool, _ code: TextEmbeddingError.Code, _ field: String, _ detail: @autoclosure () -> String
    ) throws(TextEmbeddingError) {
        guard condition else { throw TextEmbeddingError(code, path: path, field: field, detail()) }
    }
}

/// Of config.json.
struct ModelFields: Decodable {
    var modelType: String
    var architectures: [String]?
    var hiddenAct: String
    var positionEmbeddingType: String?
    var numHiddenLayers: Int
    var hiddenSize: Int
    var numAttentionHeads: Int
    var intermediateSize: Int
    var vocabSize: Int
    var maxPositionEmbeddings: Int
    var typeVocabSize: Int
    var layerNormEps: Float
}

/// Of an element of modules.json.
struct ModuleFields: Decodable {
    var type: String
}

/// Of 1_Pooling/config.json.
struct PoolingFields: Decodable {
    var wordEmbeddingDimension: Int
    var poolingModeMeanTokens: Bool
    var poolingModeClsToken: Bool?
    var poolingModeMaxTokens: Bool?
    var poolingModeMeanSqrtLenTokens: Bool?
}

/// Of sentence_bert_config.json.
struct SentenceFields: Decodable {
    var maxSeqLength: Int
}

/// Of tokenizer_config.json.
struct TokenizerFields: Decodable {
    var doLowerCase: Bool
    var tokenizeChineseChars: Bool?
    var stripAccents: Bool?
}
