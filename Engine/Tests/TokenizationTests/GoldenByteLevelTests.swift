import EngineTestSupport
import Foundation
import Testing
import Tokenization

/// Against the ids that the `tokenizers` library gives for the same texts.
@Suite("Golden byte-level tokens")
struct GoldenByteLevelTests {
    struct Golden: Decodable {
        var text: String
        var ids: [Int32]
        var prefixed: [Int32]?
    }

    static let directory = GoldenFile.url("Classifiers/roberta")

    /// The golden tokenizer with a space in front, or without.
    static func tokenizer(addsPrefixSpace: Bool) throws -> ByteLevelTokenizer {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        for name in ["vocab.json", "merges.txt"] {
            try folder.write(Data(contentsOf: directory.appending(path: name)), to: name)
        }
        let settings = try Data(contentsOf: directory.appending(path: "tokenizer_config.json"))
        var object = try #require(JSONSerialization.jsonObject(with: settings) as? [String: Any])
        object["add_prefix_space"] = addsPrefixSpace
        try folder.write(JSONSerialization.data(withJSONObject: object), to: "tokenizer_config.json")
        return try ByteLevelTokenizer(directory: folder.url)
    }

    @Test(arguments: [false, true]) func everyTextHasItsTokens(addsPrefixSpace: Bool) throws {
        let tokenizer = try Self.tokenizer(addsPrefixSpace: addsPrefixSpace)
        #expect(tokenizer.addsPrefixSpace == addsPrefixSpace)
        #expect(tokenizer.vocabularyCount == 564)
        let goldens = try GoldenFile.lines(of: "Classifiers/tokens.jsonl", as: Golden.self)
        #expect(goldens.count >= 900)
        for golden in goldens {
            let ids = tokenizer.encode(golden.text, maximumTokens: 256)
            #expect(ids == (addsPrefixSpace ? golden.prefixed : golden.ids), "\(golden.text.debugDescription)")
        }
    }

    /// Merges in no sensible order, several of which make the same token.
    @Test func shuffledMergesKeepTheirOrder() throws {
        let tokenizer = try ByteLevelTokenizer(directory: GoldenFile.url("Classifiers/shuffled"))
        #expect(tokenizer.addsPrefixSpace)
        for golden in try GoldenFile.lines(of: "Classifiers/shuffled_tokens.jsonl", as: Golden.self) {
            let ids = tokenizer.encode(golden.text, maximumTokens: 256)
            #expect(ids == golden.ids, "\(golden.text.debugDescription)")
        }
    }

    /// A shorter limit takes the beginning of what a longer one takes.
    @Test func aTighterLimitCutsTheSameTokens() throws {
        let tokenizer = try Self.tokenizer(addsPrefixSpace: false)
        for golden in try GoldenFile.lines(of: "Classifiers/tokens.jsonl", as: Golden.self) {
            for limit in [2, 3, 7, 40] where limit < golden.ids.count {
                let ids = tokenizer.encode(golden.text, maximumTokens: limit)
                #expect(ids == golden.ids.prefix(limit - 1) + [2], "\(golden.text.debugDescription)")
            }
        }
    }

    @Test func hugeTextsTakeNoLongerThanTheyMust() throws {
        let tokenizer = try Self.tokenizer(addsPrefixSpace: false)
        let text = String(repeating: "word ", count: 4_000_000)
        let beginning = String(repeating: "word ", count: 254)
        #expect(tokenizer.encode(text, maximumTokens: 256) == tokenizer.encode(beginning, maximumTokens: 256))
        // One word of a million letters: hours, were the merging quadratic.
        let word = String(repeating: "unbelievably", count: 90_000)
        let start = String(repeating: "unbelievably", count: 100)
        #expect(
            tokenizer.encode(word, maximumTokens: 100).dropLast()
                == tokenizer.encode(start, maximumTokens: 100).dropLast())
    }

    @Test func theManifestFitsTheFiles() throws {
        struct Manifest: Decodable {
            struct File: Decodable {
                var bytes: Int
            }
            var files: [String: File]
        }
        // The hashes are compared by `make_classifiers.py --check`.
        let files = try GoldenFile.value(of: "Classifiers/manifest.json", as: Manifest.self).files
        #expect(files.count == 17)
        for (name, file) in files {
            #expect(try Data(contentsOf: GoldenFile.url("Classifiers/\(name)")).count == file.bytes, "\(name)")
        }
    }
}
