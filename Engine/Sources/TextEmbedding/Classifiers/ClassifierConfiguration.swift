#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What kind of classifier the files of a model folder describe.
struct ClassifierConfiguration: Sendable {
    let family: EncoderFamily
    let encoder: EncoderConfiguration
    /// The labels, in the order of the logits.
    let labels: [String]
    /// Whether a text can have several labels, or none.
    let allowsManyLabels: Bool
    /// The configuration's file.
    let path: String

    /// Reads config.json and tokenizer_config.json of `directory`.
    init(directory: URL) throws(TextEmbeddingError) {
        let kind = try ConfigurationFile<ClassifierFields>(directory, "config.json")
        let tokenizer = try ConfigurationFile<ClassifierTokenizerFields>(directory, "tokenizer_config.json")
        let family = try Self.family(of: kind)
        let model = try Self.modelFields(directory, family)
        try EncoderConfiguration.requireSensibleSizes(model, called: family == .distilbert ? Self.distilBERTNames : [:])
        try model.require(
            model.fields.hiddenAct == "gelu", .unsupportedClassifier,
            family == .distilbert ? "activation" : "hidden_act", "'\(model.fields.hiddenAct)' is not 'gelu'")
        let positions = model.fields.positionEmbeddingType ?? "absolute"
        try model.require(
            positions == "absolute", .unsupportedClassifier, "position_embedding_type",
            "'\(positions)' is not 'absolute'")

        var padding: Int32?
        if family == .roberta {
            let token = kind.fields.padTokenId ?? 1
            try kind.require(
                (0..<model.fields.maxPositionEmbeddings - 2).contains(token), .badConfiguration, "pad_token_id",
                "\(token), which leaves no room among \(model.fields.maxPositionEmbeddings) positions")
            padding = Int32(token)
        }
        self.family = family
        encoder = try EncoderConfiguration(model: model.fields, paddingToken: padding, tokenizer: tokenizer)
        labels = try Self.labels(of: kind)
        allowsManyLabels = try Self.allowsManyLabels(kind, labelCount: labels.count)
        path = kind.path
    }

    private static func family(of file: ConfigurationFile<ClassifierFields>) throws(TextEmbeddingError) -> EncoderFamily
    {
        let (type, architectures) = (file.fields.modelType, file.fields.architectures ?? [])
        guard let family = EncoderFamily(rawValue: type) else {
            let known = EncoderFamily.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            throw TextEmbeddingError(
                .unsupportedClassifier, path: file.path, field: "model_type", "'\(type)' is none of \(known)")
        }
        let wanted =
            switch family {
            case .bert: "BertForSequenceClassification"
            case .roberta: "RobertaForSequenceClassification"
            case .distilbert: "DistilBertForSequenceClassification"
            }
        try file.require(
            architectures.isEmpty || architectures.contains(wanted), .unsupportedClassifier, "architectures",
            "\(architectures) does not contain '\(wanted)'")
        return family
    }

    /// The fields that size the encoder, by BERT's names.
    private static func modelFields(
        _ directory: URL, _ family: EncoderFamily
    ) throws(TextEmbeddingError) -> ConfigurationFile<ModelFields> {
        guard family == .distilbert else { return try ConfigurationFile(directory, "config.json") }
        return try ConfigurationFile<DistilBERTFields>(directory, "config.json").map { fields in
            // There are no segments; 1 passes for a sensible number of them.
            ModelFields(
                modelType: fields.modelType, hiddenAct: fields.activation, numHiddenLayers: fields.nLayers,
                hiddenSize: fields.dim, numAttentionHeads: fields.nHeads, intermediateSize: fields.hiddenDim,
                vocabSize: fields.vocabSize, maxPositionEmbeddings: fields.maxPositionEmbeddings, typeVocabSize: 1,
                layerNormEps: 1e-12)
        }
    }

    /// What DistilBERT calls the fields.
    private static let distilBERTNames = [
        "num_hidden_layers": "n_layers", "hidden_size": "dim", "num_attention_heads": "n_heads",
        "intermediate_size": "hidden_dim",
    ]

    /// The names of `id2label`; where there are none, those that
    /// `transformers` gives.
    private static func labels(of file: ConfigurationFile<ClassifierFields>) throws(TextEmbeddingError) -> [String] {
        let range = 1...65_536
        guard let names = file.fields.id2label else {
            let count = file.fields.numLabels ?? 2
            try file.require(
                range.contains(count), .badConfiguration, "num_labels",
                "\(count) is not in \(range.lowerBound) to \(range.upperBound)")
            return (0..<count).map { "LABEL_\($0)" }
        }
        try file.require(
            range.contains(names.count), .badConfiguration, "id2label",
            "\(names.count) labels are not \(range.lowerBound) to \(range.upperBound)")
        var labels: [String] = []
        for number in 0..<names.count {
            guard let label = names[String(number)] else {
                throw TextEmbeddingError(
                    .badConfiguration, path: file.path, field: "id2label",
                    "there are \(names.count) labels, but none is numbered \(number)")
            }
            labels.append(label)
        }
        return labels
    }

    private static func allowsManyLabels(
        _ file: ConfigurationFile<ClassifierFields>, labelCount: Int
    ) throws(TextEmbeddingError) -> Bool {
        switch file.fields.problemType {
        case "multi_label_classification": return true
        // One label is there or not; no share of one would tell.
        case "single_label_classification", nil: return labelCount == 1
        case .some(let other):
            throw TextEmbeddingError(
                .unsupportedClassifier, path: file.path, field: "problem_type", "'\(other)' is no classification")
        }
    }
}

extension EncoderConfiguration {
    /// The encoder of a classifier, whose sizes have been checked.
    fileprivate init(
        model: ModelFields, paddingToken padding: Int32?, tokenizer: ConfigurationFile<ClassifierTokenizerFields>
    ) throws(TextEmbeddingError) {
        let room = model.maxPositionEmbeddings - (padding.map { Int($0) + 1 } ?? 0)
        // Models without a limit of their own have 1e30 there.
        let longest = tokenizer.fields.modelMaxLength ?? .infinity
        try tokenizer.require(
            longest >= 2, .badConfiguration, "model_max_length", "\(longest) is not even room for two tokens")
        let lowercases = tokenizer.fields.doLowerCase ?? true
        try tokenizer.require(
            tokenizer.fields.tokenizeChineseChars ?? true, .unsupportedClassifier, "tokenize_chinese_chars",
            "the tokenizer always separates ideographs")
        try tokenizer.require(
            (tokenizer.fields.stripAccents ?? lowercases) == lowercases, .unsupportedClassifier, "strip_accents",
            "the tokenizer strips accents if and only if it lowercases")
        layerCount = model.numHiddenLayers
        hiddenSize = model.hiddenSize
        headCount = model.numAttentionHeads
        intermediateSize = model.intermediateSize
        vocabularySize = model.vocabSize
        positionCount = model.maxPositionEmbeddings
        segmentCount = model.modelType == EncoderFamily.distilbert.rawValue ? 0 : model.typeVocabSize
        layerNormEpsilon = model.layerNormEps
        maximumTokens = longest < Double(room) ? Int(longest) : room
        self.lowercases = lowercases
        paddingToken = padding
    }
}

/// Of config.json, for any family.
struct ClassifierFields: Decodable {
    var modelType: String
    var architectures: [String]?
    /// By their numbers.
    var id2label: [String: String]?
    var numLabels: Int?
    var problemType: String?
    var padTokenId: Int?
}

/// Of the config.json of DistilBERT.
struct DistilBERTFields: Decodable {
    var modelType: String
    var activation: String
    var nLayers: Int
    var dim: Int
    var nHeads: Int
    var hiddenDim: Int
    var vocabSize: Int
    var maxPositionEmbeddings: Int
}

/// Of tokenizer_config.json.
struct ClassifierTokenizerFields: Decodable {
    var modelMaxLength: Double?
    var doLowerCase: Bool?
    var tokenizeChineseChars: Bool?
    var stripAccents: Bool?
}
