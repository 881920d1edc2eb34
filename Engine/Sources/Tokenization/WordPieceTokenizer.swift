#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The tokenizer of uncased BERT models: normalises text, splits it into
/// words and punctuation, and cuts each word into the longest pieces that the
/// vocabulary knows.
///
/// Its results equal those of the `BertNormalizer`, `BertPreTokenizer` and
/// `WordPiece` of the Hugging Face `tokenizers` library, code point by code
/// point. Devlin et al., "BERT: Pre-training of Deep Bidirectional
/// Transformers", 2019; Wu et al., "Google's Neural Machine Translation
/// System", 2016. Safe to use from any thread.
public struct WordPieceTokenizer: Sendable {
    /// The number of tokens in the vocabulary.
    public var vocabularyCount: Int { vocabulary.count }
    /// Whether text is lowercased and stripped of accents.
    public let lowercases: Bool

    let vocabulary: Vocabulary
    let special: SpecialTokens

    /// A tokenizer over the file at `vocabulary`: one token a line, whose
    /// number from 0 is the token's id.
    ///
    /// Throws `TokenizationError` if the file cannot be read, has an empty,
    /// repeated or malformed line, or lacks a special token. O(file size).
    public init(vocabulary file: URL, lowercases: Bool = true) throws(TokenizationError) {
        let path = file.path
        let bytes: Data
        do {
            bytes = try Data(contentsOf: file)
        } catch {
            throw TokenizationError(.cannotRead, path: path, detail: "\(error)")
        }
        self.vocabulary = try Vocabulary(lines: [UInt8](bytes), path: path)
        self.special = try SpecialTokens(of: vocabulary, path: path)
        self.lowercases = lowercases
    }

    /// The ids of the tokens of `text`, with [CLS] in front and [SEP] behind.
    ///
    /// Of a longer text the first `maximumTokens` - 2 tokens are taken; the
    /// result has at least 2 and at most `maximumTokens` elements, which must
    /// be 2 or more. Literal special tokens in the text, such as "[SEP]", are
    /// recognised. O(length of the part of the text that is taken).
    public func encode(_ text: String, maximumTokens: Int) -> [Int32] {
        precondition(maximumTokens >= 2, "[CLS] and [SEP] alone are 2 tokens")
        var tokens = TokenCollector(tokenizer: self, limit: maximumTokens - 1)
        tokens.append(special.start)
        tokens.take(text)
        return tokens.finish(with: special.end)
    }
}
