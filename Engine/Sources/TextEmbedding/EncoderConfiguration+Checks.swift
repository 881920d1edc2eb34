#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension EncoderConfiguration {
    static func requireKnownKind(_ file: ConfigurationFile<ModelFields>) throws(TextEmbeddingError) {
        let fields = file.fields
        try file.require(
            fields.modelType == "bert", .unsupportedModel, "model_type", "'\(fields.modelType)' is not 'bert'")
        let architectures = fields.architectures ?? []
        try file.require(
            architectures.isEmpty || architectures.contains("BertModel"), .unsupportedModel, "architectures",
            "\(architectures) does not contain 'BertModel'")
        try file.require(
            fields.hiddenAct == "gelu", .unsupportedModel, "hidden_act", "'\(fields.hiddenAct)' is not 'gelu'")
        let positions = fields.positionEmbeddingType ?? "absolute"
        try file.require(
            positions == "absolute", .unsupportedModel, "position_embedding_type", "'\(positions)' is not 'absolute'")
    }

    static func requireKnownKind(_ file: ConfigurationFile<[ModuleFields]>) throws(TextEmbeddingError) {
        let wanted = ["Transformer", "Pooling", "Normalize"]
        // The last part of e.g. sentence_transformers.models.Pooling.
        let found = file.fields.map { String($0.type.split(separator: ".").last ?? "") }
        try file.require(found == wanted, .unsupportedModel, "type", "the modules are \(found), not \(wanted)")
    }

    static func requireKnownKind(_ file: ConfigurationFile<PoolingFields>) throws(TextEmbeddingError) {
        let fields = file.fields
        try file.require(
            fields.poolingModeMeanTokens, .unsupportedModel, "pooling_mode_mean_tokens", "only mean pooling is known")
        let others = [
            ("pooling_mode_cls_token", fields.poolingModeClsToken),
            ("pooling_mode_max_tokens", fields.poolingModeMaxTokens),
            ("pooling_mode_mean_sqrt_len_tokens", fields.poolingModeMeanSqrtLenTokens),
        ]
        for (name, isOn) in others {
            try file.require(isOn != true, .unsupportedModel, name, "only mean pooling is known")
        }
    }

    static func requireKnownKind(_ file: ConfigurationFile<TokenizerFields>) throws(TextEmbeddingError) {
        let fields = file.fields
        let separates = fields.tokenizeChineseChars ?? true
        try file.require(
            separates, .unsupportedModel, "tokenize_chinese_chars", "the tokenizer always separates ideographs")
        let strips = fields.stripAccents ?? fields.doLowerCase
        try file.require(
            strips == fields.doLowerCase, .unsupportedModel, "strip_accents",
            "the tokenizer strips accents if and only if it lowercases")
    }

    /// Sizes beyond these belong to no BERT model, and products of them must
    /// not overflow. `names` tells what fields are called where that is not
    /// as in BERT's file.
    static func requireSensibleSizes(
        _ file: ConfigurationFile<ModelFields>, called names: [String: String] = [:]
    ) throws(TextEmbeddingError) {
        let fields = file.fields
        let sizes = [
            ("num_hidden_layers", fields.numHiddenLayers, 1...1000),
            ("hidden_size", fields.hiddenSize, 1...65_536),
            ("num_attention_heads", fields.numAttentionHeads, 1...65_536),
            ("intermediate_size", fields.intermediateSize, 1...1_048_576),
            ("vocab_size", fields.vocabSize, 1...16_777_216),
            ("max_position_embeddings", fields.maxPositionEmbeddings, 2...65_536),
            ("type_vocab_size", fields.typeVocabSize, 1...1024),
        ]
        for (name, size, range) in sizes {
            try file.require(
                range.contains(size), .badConfiguration, names[name] ?? name,
                "\(size) is not in \(range.lowerBound) to \(range.upperBound)")
        }
        try file.require(
            fields.hiddenSize.isMultiple(of: fields.numAttentionHeads), .badConfiguration,
            names["num_attention_heads"] ?? "num_attention_heads",
            "\(fields.numAttentionHeads) does not divide \(names["hidden_size"] ?? "hidden_size") \(fields.hiddenSize)")
        try file.require(
            fields.layerNormEps > 0 && fields.layerNormEps < 1, .badConfiguration, "layer_norm_eps",
            "\(fields.layerNormEps) is not between 0 and 1")
    }
}
