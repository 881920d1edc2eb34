/// Tokens that are found in text as they are written, before it is parted
/// into words; special ones such as "<mask>" are among them.
///
/// Where several match, the one that starts first is taken, and of those the
/// longest. With tokens that see normalised text and tokens that see the text
/// itself, these go first, although normalisation changes nothing here:
/// that is how `tokenizers` does it.
struct AddedTokens: Sendable {
    struct Token: Equatable, Sendable {
        var content: String
        var id: Int32
        /// White space in front of it goes.
        var stripsLeft = false
        /// White space behind it goes.
        var stripsRight = false
        var isNormalized = false
    }

    /// A token in a text, with the white space that goes with it.
    struct Match {
        let range: Range<Int>
        let id: Int32
    }

    private struct Entry {
        var bytes: [UInt8]
        var token: Token
    }

    /// The tokens by their first byte, longest first: those that see the text
    /// itself, and those that see normalised text.
    private var entries: [[[Entry]]]

    init(_ tokens: [Token]) {
        let none = [[Entry]](repeating: [], count: 256)
        entries = [none, none]
        for token in tokens {
            let bytes = Array(token.content.utf8)
            guard let first = bytes.first else { continue }
            entries[token.isNormalized ? 1 : 0][Int(first)].append(Entry(bytes: bytes, token: token))
        }
        for round in entries.indices {
            for first in entries[round].indices { entries[round][first].sort { $0.bytes.count > $1.bytes.count } }
        }
    }

    /// How often a text is searched, each time for other tokens.
    var rounds: Range<Int> { entries.indices }

    /// The first token of `round` in `text` from `start` on. O(its place).
    func next(in text: UnsafeBufferPointer<UInt8>, from start: Int, round: Int) -> Match? {
        let entries = entries[round]
        for place in start..<text.count {
            let candidates = unsafe entries[Int(text[place])]
            for entry in candidates where text.count - place >= entry.bytes.count {
                let end = place + entry.bytes.count
                guard unsafe text[place..<end].elementsEqual(entry.bytes) else { continue }
                let first = unsafe entry.token.stripsLeft ? Self.startOfSpace(in: text, from: start, to: place) : place
                let last = unsafe entry.token.stripsRight ? Self.endOfSpace(in: text, from: end) : end
                return Match(range: first..<last, id: entry.token.id)
            }
        }
        return nil
    }

    /// The start of the white space that ends at `end`.
    private static func startOfSpace(in text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int {
        let scanner = unsafe WordScanner(text)
        var first = end
        while first > start {
            var place = first - 1
            while place > start, unsafe text[place] & 0xC0 == 0x80 { place -= 1 }
            var next = place
            guard scanner.takeCharacter(at: &next) == .space else { break }
            first = place
        }
        return first
    }

    /// The end of the white space that starts at `start`.
    private static func endOfSpace(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let scanner = unsafe WordScanner(text)
        var end = start
        while end < text.count {
            var next = end
            guard scanner.takeCharacter(at: &next) == .space else { break }
            end = next
        }
        return end
    }
}
