#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What kind of encoder the files of a model folder describe.
public struct EncoderConfiguration: Sendable, Equatable {
    /// The number of transformer layers.
    public let layerCount: Int
    /// The width of a token's state, and of a text's vector.
    public let hiddenSize: Int
    /// The number of attention heads; divides `hiddenSize`.
    public let headCount: Int
    /// The width between the two linear layers that follow attention.
    public let intermediateSize: Int
    /// The number of tokens in the vocabulary.
    public let vocabularySize: Int
    /// The number of positions the model has an embedding for.
    public let positionCount: Int
    /// The number of segments the model has an embedding for.
    public let segmentCount: Int
    /// What layer normalisation adds to the variance.
    public let layerNormEpsilon: Float
    /// The number of tokens beyond which a text is cut.
    public let maximumTokens: Int
    /// Whether text is lowercased and stripped of accents.
    public let lowercases: Bool
    /// RoBERTa's padding token. Where there is one, it has the position that
    /// equals its id wherever it stands, and the other tokens count theirs
    /// from the next one on; without it, positions count from 0.
    let paddingToken: Int32?

    /// The width of one attention head.
    public var headSize: Int { hiddenSize / headCount }
    /// The position of a text's first token.
    var firstPosition: Int { paddingToken.map { Int($0) + 1 } ?? 0 }

    /// Reads config.json, modules.json, 1_Pooling/config.json,
    /// sentence_bert_config.json and tokenizer_config.json of `directory`.
    ///
    /// Throws `TextEmbeddingError` if one is missing or damaged, or asks for
    /// something other than a BERT encoder with exact GELU, absolute
    /// positions, mean pooling and unit length.
    public init(directory: URL) throws(TextEmbeddingError) {
        let model = try ConfigurationFile<ModelFields>(directory, "config.json")
        let modules = try ConfigurationFile<[ModuleFields]>(directory, "modules.json")
        let pooling = try ConfigurationFile<PoolingFields>(directory, "1_Pooling/config.json")
        let sentence = try ConfigurationFile<SentenceFields>(directory, "sentence_bert_config.json")
        let tokenizer = try ConfigurationFile<TokenizerFields>(directory, "tokenizer_config.json")

        try Self.requireKnownKind(model)
        try Self.requireKnownKind(modules)
        try Self.requireKnownKind(pooling)
        try Self.requireKnownKind(tokenizer)
        try Self.requireSensibleSizes(model)

        let fields = model.fields
        try pooling.require(
            pooling.fields.wordEmbeddingDimension == fields.hiddenSize, .badConfiguration, "word_embedding_dimension",
            "\(pooling.fields.wordEmbeddingDimension), but config.json has hidden_size \(fields.hiddenSize)")
        let longest = sentence.fields.maxSeqLength
        try sentence.require(
            (2...fields.maxPositionEmbeddings).contains(longest), .badConfiguration, "max_seq_length",
            "\(longest), but config.json has positions for 2 to \(fields.maxPositionEmbeddings) tokens")

        layerCount = fields.numHiddenLayers
        hiddenSize = fields.hiddenSize
        headCount = fields.numAttentionHeads
        intermediateSize = fields.intermediateSize
        vocabularySize = fields.vocabSize
        positionCount = fields.maxPositionEmbeddings
        segmentCount = fields.typeVocabSize
        layerNormEpsilon = fields.layerNormEps
        maximumTokens = longest
        lowercases = tokenizer.fields.doLowerCase
        paddingToken = nil
    }
}
