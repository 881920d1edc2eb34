import Foundation
import Tokenization

private let specials = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n"
private let known = tokenizer(Array((specials + "a\nb\nthe\nthem\n##c\n##e\n##ing\n.\n'\n1\n##2\né\nß\n京\n##́\n").utf8))

/// Any text gives tokens of the vocabulary, within the limit, and a shorter limit gives the beginning of the same.
///
/// The first byte chooses: the rest is text for a known vocabulary, a vocabulary up to the first NUL and text behind
/// it, or the same behind the special tokens.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTokenizer(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard bytes[0] % 3 > 0 else {
        guard let known else { return 0 }
        check(known, String(decoding: bytes[1...], as: UTF8.self))
        return 0
    }
    let parts = bytes[1...].split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let lines = (bytes[0] % 3 == 1 ? [] : Array(specials.utf8)) + parts[0]
    guard let tokenizer = tokenizer(lines, lowercases: bytes[0] & 0x80 == 0) else { return 0 }
    precondition(tokenizer.vocabularyCount >= 4, "a vocabulary without special tokens")
    check(tokenizer, String(decoding: parts.last!, as: UTF8.self))
    return 0
}

private func check(_ tokenizer: WordPieceTokenizer, _ text: String) {
    let all = tokenizer.encode(text, maximumTokens: 512)
    precondition((2...512).contains(all.count))
    precondition(all.allSatisfy { 0 <= $0 && Int($0) < tokenizer.vocabularyCount }, "an unknown token")
    for limit in [2, 3, 9] {
        let cut = tokenizer.encode(text, maximumTokens: limit)
        precondition(cut.count == min(limit, all.count))
        precondition(cut.dropLast() == all.prefix(cut.count - 1) && cut.last == all.last, "the limit changes tokens")
    }
}

private func tokenizer(_ lines: [UInt8], lowercases: Bool = true) -> WordPieceTokenizer? {
    let path = "/dev/shm/bookrec-fuzz-\(getpid()).txt"
    guard FileManager.default.createFile(atPath: path, contents: Data(lines)) else { return nil }
    return try? WordPieceTokenizer(vocabulary: URL(filePath: path), lowercases: lowercases)
}
