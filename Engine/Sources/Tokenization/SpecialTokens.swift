/// The tokens that do not stand for text.
struct SpecialTokens: Sendable {
    /// [CLS], in front of every text.
    let start: Int32
    /// [SEP], behind every text.
    let end: Int32
    /// [UNK], for a word that cannot be pieced together.
    let unknown: Int32
    /// All of them as they are written, with their ids: where text contains
    /// one, letter by letter, it is that token.
    let literals: [(bytes: [UInt8], id: Int32)]

    init(of vocabulary: Vocabulary, path: String) throws(TokenizationError) {
        func id(of token: String) throws(TokenizationError) -> Int32 {
            if let id = vocabulary.id(of: token) { return id }
            throw TokenizationError(
                .missingToken, path: path, detail: "\(token) is not among \(vocabulary.count) tokens")
        }
        start = try id(of: "[CLS]")
        end = try id(of: "[SEP]")
        unknown = try id(of: "[UNK]")
        literals = [
            (Array("[PAD]".utf8), try id(of: "[PAD]")), (Array("[UNK]".utf8), unknown),
            (Array("[CLS]".utf8), start), (Array("[SEP]".utf8), end), (Array("[MASK]".utf8), try id(of: "[MASK]")),
        ]
    }

    /// The literal that `text` has at `place`, if any. None is the beginning
    /// of another.
    @inline(__always)
    func literal(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> (length: Int, id: Int32)? {
        guard unsafe text[place] == 0x5B else { return nil }
        for (bytes, id) in literals where text.count - place >= bytes.count {
            if unsafe text[place..<place + bytes.count].elementsEqual(bytes) { return (bytes.count, id) }
        }
        return nil
    }
}
