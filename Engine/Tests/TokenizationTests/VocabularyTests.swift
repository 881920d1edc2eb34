import EngineTestSupport
import Foundation
import Testing
import Tokenization

@Suite("Vocabulary files")
struct VocabularyTests {
    static let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

    func tokenizer(_ text: String, lowercases: Bool = true) throws -> WordPieceTokenizer {
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        return try WordPieceTokenizer(
            vocabulary: directory.write(text.utf8, to: "vocab.txt"), lowercases: lowercases)
    }

    func error(_ bytes: some Sequence<UInt8>) throws -> TokenizationError? {
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        let file = try directory.write(bytes, to: "vocab.txt")
        do {
            _ = try WordPieceTokenizer(vocabulary: file)
            return nil
        } catch {
            #expect(error.path == file.path)
            #expect(error.description.contains(file.path) && error.description.contains("Fetch the model again"))
            return error
        }
    }

    @Test func theLongestPieceWins() throws {
        let lines = Self.special + ["a", "ab", "##b", "##bc", "##c", "abcd"]
        let tokenizer = try tokenizer(lines.joined(separator: "\n"))
        #expect(tokenizer.vocabularyCount == 11)
        #expect(tokenizer.encode("abc", maximumTokens: 9) == [2, 6, 9, 3])
        #expect(tokenizer.encode("abcd ab a", maximumTokens: 9) == [2, 10, 6, 5, 3])
        #expect(tokenizer.encode("acbc", maximumTokens: 9) == [2, 5, 9, 8, 3])
        // Nothing begins with "b", and nothing continues with "d".
        #expect(tokenizer.encode("ba abd a", maximumTokens: 9) == [2, 1, 1, 5, 3])
    }

    @Test func lineEndsOfAnyKindAreFine() throws {
        let lines = Self.special + ["a"]
        for text in [lines.joined(separator: "\n"), lines.joined(separator: "\r\n") + "\r\n"] {
            #expect(try tokenizer(text).encode("A", maximumTokens: 4) == [2, 5, 3])
        }
    }

    @Test func casedModelsKeepCaseAndAccents() throws {
        let text = (Self.special + ["a", "A", "Á", "á"]).joined(separator: "\n")
        #expect(try tokenizer(text, lowercases: false).encode("aAÁá", maximumTokens: 9) == [2, 1, 3])
        #expect(try tokenizer(text, lowercases: false).encode("a A Á á", maximumTokens: 9) == [2, 5, 6, 7, 8, 3])
        #expect(try tokenizer(text).encode("a A Á á", maximumTokens: 9) == [2, 5, 5, 5, 5, 3])
    }

    /// As `tokenizers` does with this vocabulary. The combining classes of
    /// U+1D165 and U+1D16D are 216 and 226; U+034F has class 0, U+0301 has 230.
    @Test func keptMarksMoveIntoCanonicalOrder() throws {
        let lines = Self.special + ["x", "##\u{1D165}", "##\u{1D16D}", "##y", "##\u{302E}"]
        let tokenizer = try tokenizer(lines.joined(separator: "\n"))
        let (low, high) = (Int32(6), Int32(7))
        for (text, pieces) in [
            ("x\u{1D16D}\u{1D165}", [low, high]), ("x\u{1D165}\u{1D16D}", [low, high]),
            ("x\u{1D16D}\u{1D165}y", [low, high, 8]), ("x\u{1D16D}y\u{1D165}", [high, 8, low]),
            ("x\u{1D16D}\u{301}\u{1D165}", [low, high]), ("x\u{1D16D}\u{34F}\u{1D165}", [high, low]),
            ("x\u{1D16D}\u{200B}\u{1D165}", [low, high]), ("x\u{1D16D}\u{302E}\u{1D165}", [low, 9, high]),
        ] {
            let ids = tokenizer.encode(text, maximumTokens: 9)
            #expect(ids == [2, 5] + pieces + [3], "\(text.unicodeScalars.map { $0.value })")
        }
    }

    @Test func damageNamesItsLine() throws {
        let good = Self.special.joined(separator: "\n")
        #expect(try error(Array("\(good)\n\na".utf8))?.code == .badLine)
        #expect(try error(Array("\(good)\n\na".utf8))?.line == 6)
        #expect(try error(Array("\(good)\nb\na\nb\n".utf8))?.code == .duplicateToken)
        #expect(try error(Array("\(good)\nb\na\nb\n".utf8))?.line == 8)
        #expect(try error(Array("\(good)\nb\n".utf8) + [0xC3, 0x28])?.code == .badLine)
        #expect(try error(Array("\(good)\nb\n".utf8) + [0xC3, 0x28])?.line == 7)
    }

    @Test func missingSpecialTokensAreNamed() throws {
        for token in Self.special {
            let rest = Self.special.filter { $0 != token } + ["a"]
            let error = try error(Array(rest.joined(separator: "\n").utf8))
            #expect(error?.code == .missingToken)
            #expect(error?.detail.contains(token) == true)
        }
        #expect(try error([])?.code == .missingToken)
    }

    @Test func aMissingFileIsNamed() throws {
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        let file = directory.url.appending(path: "none.txt")
        #expect {
            try WordPieceTokenizer(vocabulary: file)
        } throws: {
            ($0 as? TokenizationError)?.code == .cannotRead && "\($0)".contains("none.txt")
        }
    }
}
