/// Parts text into the words within which byte-level BPE merges, as the
/// expression of GPT-2 does:
///
///     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
///
/// Radford et al., "Language Models are Unsupervised Multitask Learners", 2019.
@safe
struct WordScanner {
    /// Well-formed UTF-8.
    private let text: UnsafeBufferPointer<UInt8>
    /// The number of bytes.
    private let count: Int

    init(_ text: UnsafeBufferPointer<UInt8>) {
        unsafe self.text = unsafe text
        count = text.count
    }

    /// The end of the word that starts at `start`, which lies within the text.
    ///
    /// With `behindSpace` the text is read as if a space stood before
    /// `start`; then the word can be that space alone, and its end `start`.
    /// O(length of the word).
    func endOfWord(from start: Int, behindSpace: Bool) -> Int {
        let startsWithSpace = unsafe !behindSpace && text[start] == 0x20
        if !behindSpace, !startsWithSpace, let length = lengthOfContraction(at: start) { return start + length }
        // A space belongs to what follows it, unless that is white too.
        var place = startsWithSpace ? start + 1 : start
        if place < count {
            let wordClass = takeCharacter(at: &place)
            if wordClass != .space {
                skip(wordClass, from: &place)
                return place
            }
        }
        return endOfWhiteSpace(from: start, behindSpace: behindSpace)
    }

    /// Of white space in front of a word, the last character is left to it.
    private func endOfWhiteSpace(from start: Int, behindSpace: Bool) -> Int {
        var place = start
        var last = start
        var length = behindSpace ? 1 : 0
        while place < count {
            var next = place
            guard takeCharacter(at: &next) == .space else { break }
            last = place
            place = next
            length += 1
        }
        return place == count || length == 1 ? place : last
    }

    private func skip(_ wordClass: WordClass, from place: inout Int) {
        while place < count {
            var next = place
            guard takeCharacter(at: &next) == wordClass else { return }
            place = next
        }
    }

    /// The class of the character at `place`, which moves behind it.
    @inline(__always)
    func takeCharacter(at place: inout Int) -> WordClass {
        let byte = unsafe text[place]
        if byte < 0x80 {
            place += 1
            return Self.classOfASCII(byte)
        }
        let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        var point = UInt32(byte) & (0x7F >> UInt32(length))
        for next in place + 1..<place + length { point = unsafe point << 6 | UInt32(text[next] & 0x3F) }
        place += length
        return CharacterTables.wordClass(of: point)
    }

    @inline(__always)
    private static func classOfASCII(_ byte: UInt8) -> WordClass {
        switch byte {
        case 0x61...0x7A, 0x41...0x5A: .letter
        case 0x30...0x39: .number
        case 0x20, 0x09...0x0D: .space
        default: .other
        }
    }

    private func lengthOfContraction(at place: Int) -> Int? {
        guard unsafe text[place] == 0x27, place + 1 < count else { return nil }
        let first = unsafe text[place + 1]
        let second = unsafe place + 2 < count ? text[place + 2] : 0
        return switch (first, second) {
        case (UInt8(ascii: "s"), _), (UInt8(ascii: "t"), _), (UInt8(ascii: "m"), _), (UInt8(ascii: "d"), _): 2
        case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
            (UInt8(ascii: "l"), UInt8(ascii: "l")):
            3
        default: nil
        }
    }
}
