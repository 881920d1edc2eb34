#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What the files of a byte-level tokenizer say.
struct ByteLevelFiles {
    /// A pair that is merged, with its line where the file has lines.
    struct Merge {
        var left: String
        var right: String
        var line: Int?
    }

    /// The file of the vocabulary.
    let vocabularyPath: String
    /// The file of the merges.
    let mergesPath: String
    /// The ids of the tokens, which are written in `ByteAlphabet`.
    let vocabulary: [String: Int32]
    /// The sooner, the lower the rank.
    let merges: [Merge]
    let added: [AddedTokens.Token]
    let addsPrefixSpace: Bool

    init(directory: URL) throws(TokenizationError) {
        let vocabularyFile = directory.appending(path: "vocab.json")
        let mergesFile = directory.appending(path: "merges.txt")
        let tokenizerFile = directory.appending(path: "tokenizer.json")
        let settingsFile = directory.appending(path: "tokenizer_config.json")
        func exists(_ file: URL) -> Bool { FileManager.default.fileExists(atPath: file.path) }

        let settings = exists(settingsFile) ? try Self.decode(TokenizerSettings.self, from: settingsFile) : nil
        let isSplit = exists(vocabularyFile) || exists(mergesFile) || !exists(tokenizerFile)
        if isSplit {
            vocabularyPath = vocabularyFile.path
            mergesPath = mergesFile.path
            vocabulary = try Self.decode([String: Int32].self, from: vocabularyFile)
            merges = try Self.merges(lines: Self.read(mergesFile), path: mergesFile.path)
            added = try settings?.tokens(path: settingsFile.path) ?? []
            addsPrefixSpace = settings?.addPrefixSpace ?? false
        } else {
            vocabularyPath = tokenizerFile.path
            mergesPath = tokenizerFile.path
            let whole = try Self.decode(TokenizerFile.self, from: tokenizerFile)
            try whole.requireByteLevel(path: tokenizerFile.path)
            vocabulary = whole.model.vocab ?? [:]
            merges = whole.model.merges ?? []
            added = try whole.tokens(path: tokenizerFile.path)
            addsPrefixSpace = settings?.addPrefixSpace ?? whole.preTokenizer?.addPrefixSpace ?? false
        }
    }

    /// The ids of all tokens, which must be 0, 1, 2 and so on.
    func numbers() throws(TokenizationError) -> [String: Int32] {
        var numbers = vocabulary
        for token in added {
            let known = numbers.updateValue(token.id, forKey: token.content)
            guard known == nil || known == token.id else {
                throw TokenizationError(
                    .incomplete, path: vocabularyPath,
                    detail: "'\(token.content)' is token \(known!), and \(token.id) among the added tokens")
            }
        }
        var isTaken = [Bool](repeating: false, count: numbers.count)
        for (token, id) in numbers {
            guard isTaken.indices.contains(Int(id)), !isTaken[Int(id)] else {
                throw TokenizationError(
                    .incomplete, path: vocabularyPath,
                    detail: "the ids of \(numbers.count) tokens leave gaps, or repeat: '\(token)' is \(id)")
            }
            isTaken[Int(id)] = true
        }
        return numbers
    }

    /// The merges by the ids of their tokens.
    func mergeTable() throws(TokenizationError) -> MergeTable {
        var table = MergeTable(capacity: merges.count)
        for (rank, merge) in merges.enumerated() {
            func id(of token: String) throws(TokenizationError) -> Int32 {
                if let id = vocabulary[token] { return id }
                throw TokenizationError(
                    .badMerge, path: mergesPath, line: merge.line,
                    detail: "merge \(rank + 1) needs '\(token)', which is not in the vocabulary")
            }
            let (left, right) = try (id(of: merge.left), id(of: merge.right))
            let token = try id(of: merge.left + merge.right)
            table.add(left, right, MergeTable.Merge(rank: Int32(clamping: rank), token: token))
        }
        return table
    }

    private static func merges(lines: Data, path: String) throws(TokenizationError) -> [Merge] {
        var merges: [Merge] = []
        for (number, bytes) in lines.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            func damaged(_ detail: String) -> TokenizationError {
                TokenizationError(.badMerge, path: path, line: number + 1, detail: detail)
            }
            let isLast = bytes.endIndex == lines.endIndex
            if bytes.isEmpty, isLast { continue }
            guard let line = String(validating: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self) else {
                throw damaged("the line is not UTF-8")
            }
            if line.hasPrefix("#version") { continue }
            let parts = line.split(separator: " ", omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw damaged("'\(line)' is not two tokens") }
            merges.append(Merge(left: String(parts[0]), right: String(parts[1]), line: number + 1))
        }
        return merges
    }

    private static func read(_ file: URL) throws(TokenizationError) -> Data {
        do {
            return try Data(contentsOf: file)
        } catch {
            throw TokenizationError(.cannotRead, path: file.path, detail: "\(error)")
        }
    }

    private static func decode<Value: Decodable>(
        _ type: Value.Type, from file: URL
    ) throws(TokenizationError) -> Value {
        let bytes = try read(file)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(type, from: bytes)
        } catch {
            throw TokenizationError(.badFile, path: file.path, detail: "\(error)")
        }
    }
}
