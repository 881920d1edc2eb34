/// The sentences of a description.
public enum Sentences {
    /// The text of each, without the space around it, in order: together they are the text but for the space between them.
    ///
    /// A sentence ends at white space after `.`, `!`, `?` or `…` (with closing quotes and brackets), and at the end of a
    /// line; not after an initial or a title (“J. R. R.”, “Dr.”), nor before a lower-case letter. A fragment of one or two
    /// words belongs to the sentence before it. O(length).
    public static func split(_ text: String) -> [Substring] {
        let scalars = text.unicodeScalars
        var sentences: [Substring] = []
        // Where the sentence that is read begins and ends so far, without the space around it.
        var start: String.Index?
        var end = text.startIndex
        var isComplete = false
        func finish() {
            guard let first = start else { return }
            if let last = sentences.last, joins(last, text[first..<end]) {
                sentences[sentences.count - 1] = text[last.startIndex..<end]
            } else {
                sentences.append(text[first..<end])
            }
            start = nil
        }
        var place = text.startIndex
        while place < text.endIndex {
            let next = scalars.index(after: place)
            switch Kind(scalars[place]) {
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
        return sentences
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

    private static func joins(_ sentence: Substring, _ next: Substring) -> Bool {
        if next.unicodeScalars.first?.properties.isLowercase == true { return true }
        if next.utf8.split(separator: space, maxSplits: 2).count < 3 { return true }
        guard sentence.utf8.last == UInt8(ascii: ".") else { return false }
        let start = sentence.utf8.lastIndex(of: space).map(sentence.utf8.index(after:)) ?? sentence.startIndex
        let word = sentence[start...].dropLast().drop { !$0.isLetter }
        return word.count == 1 && word.first?.isUppercase == true || titles.contains(String(word))
    }

    private static let space = UInt8(ascii: " ")

    private static let titles: Set<String> = [
        "Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Jr", "Sr", "Capt", "Col", "Gen", "Lt", "Sgt", "Rev", "Hon", "Vol", "No",
        "vs", "Mt", "Messrs", "Mme", "Mlle",
    ]
}
