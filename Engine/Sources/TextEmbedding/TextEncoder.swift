public import Kernels
internal import MemoryMapping
internal import Tokenization

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A sentence encoder: turns text into a vector of unit length, so that texts
/// of similar meaning lie close together.
///
/// It runs BERT encoders with mean pooling, such as all-MiniLM-L6-v2, on the
/// processor, in bytes or in floats. The weights are used where they lie in
/// the mapped file: they are neither copied nor converted, and their pages
/// are shared between processes. Devlin et al., "BERT", 2019; Reimers and Gurevych,
/// "Sentence-BERT", 2019. Safe to use from any thread.
public final class TextEncoder: Sendable {
    /// What kind of model this is.
    public let configuration: EncoderConfiguration
    /// The number of elements of a text's vector: 384 for MiniLM.
    public var dimension: Int { configuration.hiddenSize }
    /// The number of tokens, [CLS] and [SEP] included, beyond which a text is
    /// cut: 256 for MiniLM.
    public var maximumTokens: Int { configuration.maximumTokens }

    /// How the weights are kept.
    public let precision: EncoderPrecision

    let kernels: Kernels
    let tokenizer: WordPieceTokenizer
    let weights: EncoderWeights
    private let workspaces = WorkspacePool(limit: TextEncoder.activeCores)

    /// The encoder in `directory`, laid out as sentence-transformers does:
    /// config.json, modules.json, sentence_bert_config.json,
    /// tokenizer_config.json, 1_Pooling/config.json, vocab.txt and the
    /// weights, model.safetensors or what `EncoderPacker` made of them.
    ///
    /// Throws `TextEmbeddingError` when a file is missing or damaged, when
    /// files contradict one another, or when the model is of another kind.
    /// Reads the small files; weights come in when they are first used.
    public convenience init(
        directory: URL, precision: EncoderPrecision = .int8
    ) throws(TextEmbeddingError) {
        try self.init(directory: directory, precision: precision, kernels: .selected)
    }

    /// As `init(directory:precision:)`, computing with the given kernels.
    public init(
        directory: URL, precision: EncoderPrecision = .int8, kernels: Kernels
    ) throws(TextEmbeddingError) {
        let configuration = try EncoderConfiguration(directory: directory)
        let vocabulary = directory.appending(path: "vocab.txt")
        let tokenizer: WordPieceTokenizer
        do {
            tokenizer = try WordPieceTokenizer(vocabulary: vocabulary, lowercases: configuration.lowercases)
        } catch {
            throw TextEmbeddingError(.badVocabulary, path: vocabulary.path, error.description)
        }
        guard tokenizer.vocabularyCount == configuration.vocabularySize else {
            throw TextEmbeddingError(
                .badVocabulary, path: vocabulary.path,
                "\(tokenizer.vocabularyCount) tokens, but config.json says \(configuration.vocabularySize)")
        }
        self.configuration = configuration
        self.precision = precision
        self.kernels = kernels
        self.tokenizer = tokenizer
        self.weights = try EncoderWeights(
            directory: directory, precision: precision, configuration: configuration)
    }

    /// The number of tokens of `text` that `embed` would use, [CLS] and [SEP]
    /// included; at most `maximumTokens`. O(length of that part).
    public func tokenCount(_ text: String) -> Int {
        tokenizer.encode(text, maximumTokens: maximumTokens).count
    }

    /// The vector of `text`: `dimension` elements, of unit length.
    ///
    /// Runs on the calling thread: a millisecond or two for a query, for long
    /// texts about 10 ms per hundred tokens. Beyond `maximumTokens` the text
    /// is cut. The elements are finite always; should damaged weights yield
    /// anything else, or nothing at all, the vector is all zeros.
    public func embed(_ text: String) -> [Float] {
        let tokens = tokenizer.encode(text, maximumTokens: maximumTokens)
        return unsafe [Float](unsafeUninitializedCapacity: dimension) { vector, initialized in
            unsafe vector.initialize(repeating: 0)
            // At least for a common query, so that the pool has few sizes.
            withPass(capacity: max(tokens.count, 64)) { pass in
                unsafe pass.run([tokens]) { _, pooled in
                    unsafe vector.baseAddress!.update(from: pooled, count: dimension)
                }
            }
            initialized = dimension
        }
    }

    /// Calls `body` with a pass that has room for `capacity` tokens.
    func withPass<Result>(capacity: Int, _ body: (inout ForwardPass) -> Result) -> Result {
        workspaces.withWorkspace(capacity: capacity) { capacity in
            EncoderWorkspace(configuration: configuration, maximumTokens: maximumTokens, capacity: capacity)
        } _: { workspace in
            var pass = ForwardPass(
                configuration: configuration, kernels: kernels, weights: weights, workspace: workspace)
            return body(&pass)
        }
    }
}
