import EngineTestSupport
import Foundation
import Testing
import Tokenization

@Suite("Byte-level tokenizer files")
struct ByteLevelFilesTests {
    /// The files of a small tokenizer, which a test can damage.
    struct Files {
        var vocabulary: [String: Any] = [:]
        var merges = "#version: 0.2\na b\nab c\n"
        var settings: [String: Any] = [:]
        var without: Set<String> = []
        /// Written instead of the vocabulary and the merges.
        var whole: [String: Any]?

        init() {
            let bytes = Files.alphabet.map { String($0) }
            for (id, token) in (["<s>", "<pad>", "</s>", "<unk>", "<mask>"] + bytes + ["ab", "abc"]).enumerated() {
                vocabulary[token] = id
            }
        }

        /// As in GPT-2: what can be seen, and 68 characters for the rest.
        static let alphabet: [Unicode.Scalar] =
            (Array(0x21...0x7E) + Array(0xA1...0xAC) + Array(0xAE...0xFF) + Array(0x100...0x143)).map {
                Unicode.Scalar(UInt32($0))!
            }

        func write(to folder: TemporaryFolder) throws {
            func json(_ object: [String: Any], _ name: String) throws {
                if !without.contains(name) {
                    try folder.write(JSONSerialization.data(withJSONObject: object), to: name)
                }
            }
            try json(settings, "tokenizer_config.json")
            if let whole {
                try json(whole, "tokenizer.json")
            } else {
                try json(vocabulary, "vocab.json")
                if !without.contains("merges.txt") { try folder.write(merges.utf8, to: "merges.txt") }
            }
        }

        /// The same as one file.
        func joined() -> Files {
            var files = self
            let lines = merges.split(separator: "\n").dropFirst()
            files.whole = [
                "model": [
                    "type": "BPE", "vocab": vocabulary,
                    "merges": lines.map { $0.split(separator: " ").map(String.init) },
                ],
                "pre_tokenizer": ["type": "ByteLevel", "add_prefix_space": false], "normalizer": NSNull(),
                "added_tokens": [["id": 4, "content": "<mask>", "lstrip": true, "single_word": false]],
            ]
            return files
        }
    }

    func tokenizer(_ files: Files) throws -> ByteLevelTokenizer {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try files.write(to: folder)
        return try ByteLevelTokenizer(directory: folder.url)
    }

    func error(_ files: Files = Files(), _ change: (inout Files) -> Void) throws -> TokenizationError? {
        var files = files
        change(&files)
        do {
            _ = try tokenizer(files)
            return nil
        } catch let error as TokenizationError {
            #expect(error.description.contains(error.path) && error.description.contains(error.detail))
            return error
        }
    }

    @Test func oneFileSaysAsMuchAsTwo() throws {
        let files = Files()
        let both = [try tokenizer(files), try tokenizer(files.joined())]
        for tokenizer in both {
            let number = { (token: String) in Int32(files.vocabulary[token] as! Int) }
            #expect(tokenizer.vocabularyCount == 263)
            #expect(
                tokenizer.encode("abcab <mask> b", maximumTokens: 20)
                    == [0, number("abc"), number("ab"), 4, number("Ġ"), number("b"), 2])
        }
    }

    @Test func lineEndsOfAnyKindAreFine() throws {
        var files = Files()
        let expected = try tokenizer(files).encode("abc ab", maximumTokens: 20)
        #expect(expected.count == 5)
        for merges in ["a b\nab c", "a b\r\nab c\r\n", "#version: 0.2\r\na b\r\nab c"] {
            files.merges = merges
            #expect(try tokenizer(files).encode("abc ab", maximumTokens: 20) == expected)
        }
    }

    @Test func theSettingsAreOptional() throws {
        #expect(try error { $0.without = ["tokenizer_config.json"] } == nil)
        #expect(try error(Files().joined()) { $0.without = ["tokenizer_config.json"] } == nil)
    }

    @Test func everyOtherFileIsNeeded() throws {
        for name in ["vocab.json", "merges.txt"] {
            let error = try error { $0.without = [name] }
            #expect(error?.code == .cannotRead)
            #expect(error?.path.hasSuffix("/" + name) == true)
        }
    }

    @Test func damagedMergesNameTheirLine() throws {
        for (merges, line) in [
            ("a b\nab", 2), ("a b\n\nab c\n", 2), ("a b c\n", 1), ("#version: 0.2\na b\na q\n", 3), ("a b\nzz a\n", 2),
            ("a\u{1F600} b\n", 1), ("a b\nab ca\n", 2), ("\n", 1),
        ] {
            let error = try error { $0.merges = merges }
            #expect(error?.code == .badMerge, "\(merges.debugDescription)")
            #expect(error?.line == line, "\(merges.debugDescription)")
            #expect(error?.path.hasSuffix("/merges.txt") == true)
        }
        let unknown = try error { $0.merges = "ab c\na q\n" }
        #expect(unknown?.detail.contains("'aq'") == true)
    }

    @Test func vocabulariesWithGapsAreRefused() throws {
        #expect(try error { $0.vocabulary["abc"] = 263 }?.code == .incomplete)
        #expect(try error { $0.vocabulary["abc"] = -1 }?.code == .incomplete)
        #expect(try error { $0.vocabulary["abc"] = 0 }?.code == .incomplete)
        #expect(try error { $0.vocabulary["abc"] = 1 << 40 }?.code == .badFile)
        #expect(try error { $0.vocabulary["abc"] = "x" }?.code == .badFile)
        let byte = try error { files in
            files.vocabulary["Ġ"] = nil
            files.vocabulary["space"] = 5 + Files.alphabet.firstIndex(of: "Ġ")!
        }
        #expect(byte?.code == .incomplete && byte?.detail.contains("byte 32") == true)
        for (number, name) in ["<s>", "<pad>", "</s>", "<unk>", "<mask>"].enumerated() {
            let error = try error { files in
                files.vocabulary[name] = nil
                files.vocabulary["other"] = number
            }
            #expect(error?.code == .missingToken && error?.detail.contains(name) == true)
        }
    }

    @Test func strangeAddedTokensAreRefused() throws {
        func error(_ id: String, _ fields: [String: Any]) throws -> TokenizationError? {
            try self.error { $0.settings["added_tokens_decoder"] = [id: fields] }
        }
        #expect(try error("263", ["content": "new"]) == nil)
        #expect(try error("4", ["content": "<mask>"]) == nil)
        #expect(try error("264", ["content": "new"])?.code == .incomplete)
        #expect(try error("3", ["content": "<mask>"])?.code == .incomplete)
        #expect(try error("x", ["content": "new"])?.code == .badFile)
        #expect(try error("263", ["content": ""])?.code == .badFile)
        #expect(try error("263", ["lstrip": true])?.code == .badFile)
        #expect(try error("263", ["content": "new", "single_word": true])?.code == .unsupported)
    }

    @Test func otherKindsOfTokenizersAreRefused() throws {
        func error(_ change: (inout [String: Any], inout [String: Any]) -> Void) throws -> TokenizationError? {
            try self.error(Files().joined()) { files in
                var whole = files.whole!
                var model = whole["model"] as! [String: Any]
                change(&whole, &model)
                whole["model"] = model
                files.whole = whole
            }
        }
        #expect(try error { _, _ in } == nil)
        #expect(try error { _, model in model["type"] = "WordPiece" }?.code == .unsupported)
        #expect(try error { _, model in model["continuing_subword_prefix"] = "##" }?.code == .unsupported)
        #expect(try error { _, model in model["ignore_merges"] = true }?.code == .unsupported)
        #expect(try error { whole, _ in whole["normalizer"] = ["type": "Lowercase"] }?.code == .unsupported)
        #expect(try error { whole, _ in whole["pre_tokenizer"] = ["type": "Metaspace"] }?.code == .unsupported)
        #expect(
            try error { whole, _ in whole["pre_tokenizer"] = ["type": "ByteLevel", "use_regex": false] }?.code
                == .unsupported)
        #expect(try error { _, model in model["merges"] = ["a"] }?.code == .badFile)
        #expect(try error { _, model in model["merges"] = [["a", "q"]] }?.code == .badMerge)
        #expect(try error { _, model in model["vocab"] = nil }?.code == .incomplete)
        #expect(try error { whole, _ in whole["added_tokens"] = [["content": "<mask>"]] }?.code == .badFile)
    }
}
