#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The tokenizer of RoBERTa models: parts text into words, and merges the
/// bytes of each by byte-pair encoding, so that no text is unknown to it.
///
/// Its results equal those of `BPE` with the `ByteLevel` pre-tokenizer of the
/// Hugging Face `tokenizers` library, in the way RoBERTa uses them. Radford et
/// al., "Language Models are Unsupervised Multitask Learners", 2019; Liu et
/// al., "RoBERTa", 2019. Safe to use from any thread.
public struct ByteLevelTokenizer: Sendable {
    /// The number of tokens; their ids are 0 up to this.
    public let vocabularyCount: Int
    /// Whether text that does not start with a space is read as if it did.
    public let addsPrefixSpace: Bool

    /// <s>, in front of every text.
    let start: Int32
    /// </s>, behind every text.
    let end: Int32
    /// The token of each byte.
    let bytes: [Int32]
    let merges: MergeTable
    let added: AddedTokens

    /// The tokenizer in `directory`: vocab.json and merges.txt, or, where
    /// neither is there, tokenizer.json; and what tokenizer_config.json, if
    /// there is one, says of added tokens and of the space in front.
    ///
    /// Throws `TokenizationError` if a file is missing or damaged, if a
    /// special token or a byte has no token, if ids leave gaps, if a merge
    /// names an unknown token, or if the tokenizer is of another kind.
    /// O(size of the files).
    public init(directory: URL) throws(TokenizationError) {
        let parts = try ByteLevelFiles(directory: directory)
        let numbers = try parts.numbers()
        func id(of token: String) throws(TokenizationError) -> Int32 {
            if let id = numbers[token] { return id }
            throw TokenizationError(
                .missingToken, path: parts.vocabularyPath, detail: "\(token) is not among \(numbers.count) tokens")
        }
        start = try id(of: "<s>")
        end = try id(of: "</s>")
        var tokens = parts.added
        for name in ["<s>", "<pad>", "</s>", "<unk>", "<mask>"] where !tokens.contains(where: { $0.content == name }) {
            tokens.append(try AddedTokens.Token(content: name, id: id(of: name), stripsLeft: name == "<mask>"))
        }
        var bytes: [Int32] = []
        for (byte, character) in ByteAlphabet.characters.enumerated() {
            guard let token = parts.vocabulary[String(character)] else {
                throw TokenizationError(
                    .incomplete, path: parts.vocabularyPath, detail: "byte \(byte), '\(character)', has no token")
            }
            bytes.append(token)
        }
        self.bytes = bytes
        vocabularyCount = numbers.count
        addsPrefixSpace = parts.addsPrefixSpace
        merges = try parts.mergeTable()
        added = AddedTokens(tokens)
    }

    /// The ids of the tokens of `text`, with <s> in front and </s> behind.
    ///
    /// Of a longer text the first `maximumTokens` - 2 tokens are taken; the
    /// result has at least 2 and at most `maximumTokens` elements, which must
    /// be 2 or more. Added tokens in the text, such as "<mask>", are
    /// recognised. O(n log n) in the length of the part of the text that is
    /// taken, and O(n) in that of the text, which is searched for those.
    public func encode(_ text: String, maximumTokens: Int) -> [Int32] {
        precondition(maximumTokens >= 2, "<s> and </s> alone are 2 tokens")
        var encoding = ByteLevelEncoding(tokenizer: self, limit: maximumTokens - 1)
        encoding.append(start)
        var text = text
        text.withUTF8 { unsafe encoding.take($0, round: added.rounds.lowerBound) }
        return encoding.tokens + [end]
    }
}

/// The state of one text's tokenization.
struct ByteLevelEncoding {
    private let tokenizer: ByteLevelTokenizer
    /// How many tokens are wanted, the last one not counted.
    private let limit: Int
    private var merger: WordMerger
    private(set) var tokens: [Int32] = []

    init(tokenizer: ByteLevelTokenizer, limit: Int) {
        self.tokenizer = tokenizer
        self.limit = limit
        merger = WordMerger(merges: tokenizer.merges)
    }

    private var isFull: Bool { tokens.count >= limit }

    /// Adds `token` if there is room.
    mutating func append(_ token: Int32) {
        if !isFull { tokens.append(token) }
    }

    /// Adds the tokens of `text`, until there are enough, having searched it
    /// for added tokens of this round and those after it.
    mutating func take(_ text: UnsafeBufferPointer<UInt8>, round: Int) {
        guard tokenizer.added.rounds.contains(round) else {
            unsafe takeWords(text)
            return
        }
        var start = 0
        while start < text.count, !isFull {
            let match = unsafe tokenizer.added.next(in: text, from: start, round: round)
            let end = match?.range.lowerBound ?? text.count
            if start < end { unsafe take(UnsafeBufferPointer(rebasing: text[start..<end]), round: round + 1) }
            guard let match else { return }
            append(match.id)
            start = match.range.upperBound
        }
    }

    private mutating func takeWords(_ text: UnsafeBufferPointer<UInt8>) {
        let scanner = unsafe WordScanner(text)
        var behindSpace = unsafe tokenizer.addsPrefixSpace && text.first != 0x20
        var start = 0
        while start < text.count, !isFull {
            let end = scanner.endOfWord(from: start, behindSpace: behindSpace)
            if behindSpace { merger.append(tokenizer.bytes[0x20]) }
            behindSpace = false
            for place in start..<end { unsafe merger.append(tokenizer.bytes[Int(text[place])]) }
            merger.finish(into: &tokens, limit: limit)
            start = end
        }
    }
}
