public import Kernels

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A sequence classifier: tells which of its labels fit a text, such as the
/// feelings that the text shows.
///
/// It runs the models that `transformers` calls
/// `BertForSequenceClassification`, `RobertaForSequenceClassification` and
/// `DistilBertForSequenceClassification`, in 32-bit floats, on the processor.
/// The weights are used where they lie in the mapped file. Devlin et al.,
/// "BERT", 2019; Liu et al., "RoBERTa", 2019; Sanh et al., "DistilBERT", 2019.
/// Safe to use from any thread.
public final class SequenceClassifier: Sendable {
    /// What the model calls its labels, in the order of the logits.
    public let labels: [String]
    /// Whether a text can have several of the labels, or none; else it has
    /// exactly one.
    public let allowsManyLabels: Bool
    /// What kind of encoder the head sits on.
    public let encoderConfiguration: EncoderConfiguration
    /// The number of tokens, those at both ends included, beyond which a text
    /// is cut: 512 for most models.
    public var maximumTokens: Int { encoderConfiguration.maximumTokens }

    let kernels: Kernels
    let tokenizer: ClassifierTokenizer
    let weights: EncoderWeights
    let head: ClassificationHead
    private let workspaces = WorkspacePool(limit: TextEncoder.activeCores)

    /// The classifier in `directory`, laid out as `transformers` does:
    /// config.json, tokenizer_config.json, model.safetensors; for BERT and
    /// DistilBERT vocab.txt; for RoBERTa vocab.json and merges.txt, or
    /// tokenizer.json where neither is there.
    ///
    /// Throws `TextEmbeddingError` when a file is missing or damaged, when
    /// files contradict one another, or when the model is of another kind.
    /// Reads the small files; weights come in when they are first used.
    public convenience init(directory: URL) throws(TextEmbeddingError) {
        try self.init(directory: directory, kernels: .selected)
    }

    /// As `init(directory:)`, computing with the given kernels.
    public init(directory: URL, kernels: Kernels) throws(TextEmbeddingError) {
        let configuration = try ClassifierConfiguration(directory: directory)
        tokenizer = try ClassifierTokenizer(directory: directory, configuration: configuration)
        let file = try SafetensorsFile(path: directory.appending(path: EncoderPrecision.f32.weightFile).path)
        weights = try EncoderWeights(
            floatsIn: file,
            names: EncoderTensorNames(
                configuration: configuration.encoder, family: configuration.family,
                prefix: configuration.family.rawValue + "."))
        head = try ClassificationHead(file: file, configuration: configuration)
        labels = configuration.labels
        allowsManyLabels = configuration.allowsManyLabels
        encoderConfiguration = configuration.encoder
        self.kernels = kernels
    }

    /// The number of tokens of `text` that are used, those at both ends
    /// included; at most `maximumTokens`. O(n log n) in the length of that
    /// part.
    public func tokenCount(_ text: String) -> Int {
        tokenizer.encode(text, maximumTokens: maximumTokens).count
    }

    /// The logits of `text`, one a label.
    ///
    /// Runs on the calling thread. Beyond `maximumTokens` the text is cut.
    /// The elements are finite always; should damaged weights yield anything
    /// else, all of them are 0. O(tokens * weights of the layers), and
    /// O(tokens * tokens) for attention.
    public func logits(of text: String) -> [Float] {
        let tokens = tokenizer.encode(text, maximumTokens: maximumTokens)
        var logits: [Float] = []
        // At least for a common query, so that the pool has few sizes.
        withPass(capacity: max(tokens.count, 64)) { pass in
            run([tokens], through: pass) { logits = $1 }
        }
        return logits
    }

    /// How likely each label is, by the model: 0 to 1. Together they are 1
    /// unless `allowsManyLabels`; then each is the logistic function of its
    /// logit alone, else they are the softmax of all. Costs what `logits`
    /// does.
    public func probabilities(of text: String) -> [Float] {
        probabilities(logits: logits(of: text))
    }

    /// The probabilities of one text, [labels], from its logits.
    func probabilities(logits: [Float]) -> [Float] {
        if allowsManyLabels { return logits.map { Float(1 / (1 + exp(-Double($0)))) } }
        let largest = logits.max() ?? 0
        let powers = logits.map { exp(Double($0) - Double(largest)) }
        let sum = powers.reduce(0, +)
        return powers.map { Float($0 / sum) }
    }

    /// Hands the place of each of `texts`, lists of token ids, and its logits
    /// to `store`.
    func run(_ texts: [[Int32]], through pass: ForwardPass, store: (Int, [Float]) -> Void) {
        pass.runLayers(texts)
        var start = 0
        for (place, text) in texts.enumerated() {
            let state = unsafe pass.workspace.hidden + start * encoderConfiguration.hiddenSize
            unsafe store(place, head.logits(of: state, pooled: pass.workspace.pooled, kernels: kernels))
            start += text.count
        }
    }

    /// Calls `body` with a pass that has room for `capacity` tokens.
    func withPass(capacity: Int, _ body: (ForwardPass) -> Void) {
        workspaces.withWorkspace(capacity: capacity) { capacity in
            EncoderWorkspace(configuration: encoderConfiguration, maximumTokens: maximumTokens, capacity: capacity)
        } _: { workspace in
            body(
                ForwardPass(
                    configuration: encoderConfiguration, kernels: kernels, weights: weights, workspace: workspace))
        }
    }
}
