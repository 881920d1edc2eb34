/// The sentences of a description.
public enum Sentences {
    /// The text of each, without the space around it, in order: together they are the text but for the space between them.
    ///
    /// A sentence ends at white space after `.`, `!`, `?` or `…` (with closing quotes and brackets), and at the end of a
    /// line; not after an initial or a title (“J. R. R.”, “Dr.”), nor before a lower-case letter. A fragment of one or two
    /// words belongs to the sentence before it. O(length).
    public static func split(_ text: String) -> [Substring] {
        var places: [Range<Int>] = []
        var contiguous = text
        contiguous.withUTF8 { bytes in
            // Where the sentence that is read begins and ends so far, without the space around it.
            var start: Int?
            var end = 0
            var isComplete = false
            func finish() {
                guard let first = start else { return }
                if let last = places.last, joins(bytes[last], bytes[first..<end]) {
                    places[places.count - 1] = last.lowerBound..<end
                } else {
                    places.append(first..<end)
                }
                start = nil
            }
            var place = 0
            while place < bytes.count {
                let (scalar, next) = scalar(of: bytes, at: place)
                switch Kind(scalar) {
                case .newline:
                    finish()
                    isComplete = false
                case .space:
                    if isComplete { finish() }
                    isComplete = false
                case let kind:
                    if start == nil { start = place }
                    end = next
                    if kind == .terminator { isComplete = true } else if kind == .other { isComplete = false }
                }
                place = next
            }
            finish()
        }
        return places.map { place in
            let start = contiguous.utf8.index(contiguous.startIndex, offsetBy: place.lowerBound)
            return contiguous[start..<contiguous.utf8.index(start, offsetBy: place.count)]
        }
    }

    private enum Kind {
        case newline, space, terminator, closing, other

        init(_ scalar: Unicode.Scalar) {
            self =
                switch scalar {
                case "\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}": .newline
                case " ", "\t": .space
                case ".", "!", "?", "…": .terminator
                case "\"", "'", "”", "’", ")", "]", "»": .closing
                case "\0"..."\u{7F}": .other
                default: scalar.properties.isWhitespace ? .space : .other
                }
        }
    }

    private typealias Bytes = UnsafeBufferPointer<UInt8>

    /// The scalar at `place`, and where the next one begins. The bytes are valid UTF-8, as those of a string are.
    @inline(__always)
    private static func scalar(of bytes: Bytes, at place: Int) -> (Unicode.Scalar, Int) {
        let first = bytes[place]
        guard first >= 0x80 else { return (Unicode.Scalar(first), place + 1) }
        let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        var value = UInt32(first) & (0x7F >> UInt32(count))
        for offset in 1..<count { value = value << 6 | UInt32(bytes[place + offset]) & 0x3F }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", place + count)
    }

    private static func joins(_ sentence: Slice<Bytes>, _ next: Slice<Bytes>) -> Bool {
        if scalar(of: next.base, at: next.startIndex).0.properties.isLowercase { return true }
        if next.split(separator: space, maxSplits: 2).count < 3 { return true }
        guard sentence.last == UInt8(ascii: ".") else { return false }
        let start = sentence.lastIndex(of: space).map { $0 + 1 } ?? sentence.startIndex
        let word = String(decoding: sentence[start...].dropLast(), as: UTF8.self).drop { !$0.isLetter }
        return word.count == 1 && word.first?.isUppercase == true || titles.contains(String(word))
    }

    private static let space = UInt8(ascii: " ")

    private static let titles: Set<String> = [
        "Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Jr", "Sr", "Capt", "Col", "Gen", "Lt", "Sgt", "Rev", "Hon", "Vol", "No",
        "vs", "Mt", "Messrs", "Mme", "Mlle",
    ]
}
