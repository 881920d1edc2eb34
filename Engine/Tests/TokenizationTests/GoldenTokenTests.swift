import EngineTestSupport
import Foundation
import Testing
import Tokenization

/// Against the ids that the `tokenizers` library gives for the same texts.
@Suite("Golden tokens")
struct GoldenTokenTests {
    struct Golden: Decodable {
        var text: String
        var ids: [Int32]
    }

    static func tokenizer() throws -> WordPieceTokenizer {
        try WordPieceTokenizer(vocabulary: TestModel.directory().appending(path: "vocab.txt"))
    }

    @Test func everyTextHasItsTokens() throws {
        let tokenizer = try Self.tokenizer()
        let goldens = try GoldenFile.lines(of: "tokens.jsonl", as: Golden.self)
        #expect(goldens.count >= 1200)
        for golden in goldens {
            let ids = tokenizer.encode(golden.text, maximumTokens: 256)
            #expect(ids == golden.ids, "\(golden.text.debugDescription)")
        }
    }

    /// A shorter limit takes the beginning of what a longer one takes.
    @Test func aTighterLimitCutsTheSameTokens() throws {
        let tokenizer = try Self.tokenizer()
        for golden in try GoldenFile.lines(of: "tokens.jsonl", as: Golden.self) {
            for limit in [2, 3, 7, 40] where limit < golden.ids.count {
                let ids = tokenizer.encode(golden.text, maximumTokens: limit)
                #expect(ids == golden.ids.prefix(limit - 1) + [102], "\(golden.text.debugDescription)")
            }
        }
    }

    @Test func hugeTextsAreTheirBeginning() throws {
        let tokenizer = try Self.tokenizer()
        let text = String(repeating: "word ", count: 4_000_000)
        let beginning = String(repeating: "word ", count: 254)
        #expect(tokenizer.encode(text, maximumTokens: 256) == tokenizer.encode(beginning, maximumTokens: 256))
        let word = String(repeating: "é", count: 1_000_000)
        #expect(tokenizer.encode(word, maximumTokens: 256) == [101, 100, 102])
    }
}
