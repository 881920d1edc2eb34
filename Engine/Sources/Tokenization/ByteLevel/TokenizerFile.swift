/// An added token as the files of `transformers` and `tokenizers` have it.
struct AddedTokenFields: Decodable {
    var id: Int32?
    var content: String
    var lstrip: Bool?
    var rstrip: Bool?
    var singleWord: Bool?
    var normalized: Bool?

    func token(id: Int32, path: String) throws(TokenizationError) -> AddedTokens.Token {
        guard singleWord != true else {
            throw TokenizationError(
                .unsupported, path: path, detail: "the added token '\(content)' stands for single words only")
        }
        guard !content.isEmpty else {
            throw TokenizationError(.badFile, path: path, detail: "the added token \(id) is empty")
        }
        return AddedTokens.Token(
            content: content, id: id, stripsLeft: lstrip ?? false, stripsRight: rstrip ?? false,
            isNormalized: normalized ?? false)
    }
}

/// Of tokenizer_config.json.
struct TokenizerSettings: Decodable {
    var addPrefixSpace: Bool?
    /// By their ids.
    var addedTokensDecoder: [String: AddedTokenFields]?

    func tokens(path: String) throws(TokenizationError) -> [AddedTokens.Token] {
        var tokens: [AddedTokens.Token] = []
        // In an order, so that messages do not change from run to run.
        for (key, fields) in (addedTokensDecoder ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let id = Int32(key) else {
                throw TokenizationError(.badFile, path: path, detail: "added_tokens_decoder: '\(key)' is no id")
            }
            tokens.append(try fields.token(id: id, path: path))
        }
        return tokens
    }
}

/// tokenizer.json.
struct TokenizerFile: Decodable {
    struct Kind: Decodable {
        var type: String
        var addPrefixSpace: Bool?
        var useRegex: Bool?
    }

    struct Model: Decodable {
        var type: String?
        var vocab: [String: Int32]?
        var merges: [ByteLevelFiles.Merge]?
        var continuingSubwordPrefix: String?
        var endOfWordSuffix: String?
        var byteFallback: Bool?
        var ignoreMerges: Bool?
    }

    var addedTokens: [AddedTokenFields]?
    var normalizer: Kind?
    var preTokenizer: Kind?
    var model: Model

    func tokens(path: String) throws(TokenizationError) -> [AddedTokens.Token] {
        var tokens: [AddedTokens.Token] = []
        for fields in addedTokens ?? [] {
            guard let id = fields.id else {
                throw TokenizationError(.badFile, path: path, detail: "the added token '\(fields.content)' has no id")
            }
            tokens.append(try fields.token(id: id, path: path))
        }
        return tokens
    }

    /// Throws unless this is byte-level BPE as RoBERTa has it.
    func requireByteLevel(path: String) throws(TokenizationError) {
        let requirements = [
            (model.type == nil || model.type == "BPE", "model.type is '\(model.type ?? "")', not 'BPE'"),
            (normalizer == nil, "normalizer is '\(normalizer?.type ?? "")'; only none is known"),
            (
                preTokenizer?.type == "ByteLevel" && preTokenizer?.useRegex != false,
                "pre_tokenizer is '\(preTokenizer?.type ?? "none")'; only 'ByteLevel' with its expression is known"
            ),
            (
                (model.continuingSubwordPrefix ?? "").isEmpty && (model.endOfWordSuffix ?? "").isEmpty,
                "model marks parts of words; only bytes are known"
            ),
            (model.byteFallback != true && model.ignoreMerges != true, "model has options that are not known"),
        ]
        for (isMet, detail) in requirements where !isMet {
            throw TokenizationError(.unsupported, path: path, detail: detail)
        }
    }
}

extension ByteLevelFiles.Merge: Decodable {
    /// From `"a b"`, or, as newer files have it, `["a", "b"]`.
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let parts: [String]
        if let line = try? container.decode(String.self) {
            parts = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        } else {
            parts = try container.decode([String].self)
        }
        guard parts.count == 2 else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(parts) is no merge of two tokens")
        }
        self.init(left: parts[0], right: parts[1], line: nil)
    }
}
