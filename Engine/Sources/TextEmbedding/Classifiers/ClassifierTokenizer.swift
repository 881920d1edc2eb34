internal import Tokenization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The tokenizer of any of the families.
enum ClassifierTokenizer: Sendable {
    case wordPieces(WordPieceTokenizer)
    case bytes(ByteLevelTokenizer)

    /// Models pad the vocabulary's embeddings to a multiple of at most this,
    /// so that some of them belong to no token.
    private static let widestPadding = 128

    init(directory: URL, configuration: ClassifierConfiguration) throws(TextEmbeddingError) {
        let count: Int
        let path: String
        do {
            switch configuration.family {
            case .bert, .distilbert:
                let file = directory.appending(path: "vocab.txt")
                let tokenizer = try WordPieceTokenizer(
                    vocabulary: file, lowercases: configuration.encoder.lowercases)
                self = .wordPieces(tokenizer)
                (count, path) = (tokenizer.vocabularyCount, file.path)
            case .roberta:
                let tokenizer = try ByteLevelTokenizer(directory: directory)
                self = .bytes(tokenizer)
                (count, path) = (tokenizer.vocabularyCount, directory.path)
            }
        } catch {
            throw TextEmbeddingError(.badVocabulary, path: error.path, error.description)
        }
        let size = configuration.encoder.vocabularySize
        guard (size - Self.widestPadding + 1...size).contains(count) else {
            throw TextEmbeddingError(
                .badVocabulary, path: path, "\(count) tokens, but config.json says \(size)")
        }
    }

    func encode(_ text: String, maximumTokens: Int) -> [Int32] {
        switch self {
        case .wordPieces(let tokenizer): tokenizer.encode(text, maximumTokens: maximumTokens)
        case .bytes(let tokenizer): tokenizer.encode(text, maximumTokens: maximumTokens)
        }
    }
}
