/// The sentences of a description.
public enum Sentences {
    /// The text of each, without the space around it, in order: together they are the text but for the space between them.
    ///
    /// A sentence ends at white space after `.`, `!`, `?` or `…` (with closing quotes and brackets), and at the end of a
    /// line; not after an initial or a title (“J. R. R.”, “Dr.”), nor before a lower-case letter. A fragment of one or two
    /// words belongs to the sentence before it. O(length).
    public static func split(_ text: String) -> [Substring] {
        var sentences: [Substring] = []
        func finish(_ range: Range<String.Index>) {
            let next = text[range].trimmed
            guard !next.isEmpty else { return }
            if let last = sentences.last, joins(last, next) {
                sentences[sentences.count - 1] = text[last.startIndex..<next.endIndex]
            } else {
                sentences.append(next)
            }
        }
        var start = text.startIndex
        var isComplete = false
        for index in text.indices {
            let character = text[index]
            if character.isNewline || isComplete && character.isWhitespace {
                finish(start..<index)
                start = index
                isComplete = false
            } else if ".!?…".contains(character) {
                isComplete = true
            } else if !closing.contains(character) {
                isComplete = false
            }
        }
        finish(start..<text.endIndex)
        return sentences
    }

    private static let closing: Set<Character> = ["\"", "'", "”", "’", ")", "]", "»"]

    private static func joins(_ sentence: Substring, _ next: Substring) -> Bool {
        if next.first?.isLowercase == true { return true }
        let words = next.split(separator: " ", maxSplits: 2)
        if words.count < 3 { return true }
        guard let last = sentence.split(separator: " ").last, last.hasSuffix(".") else { return false }
        let word = last.dropLast().drop { !$0.isLetter }
        return word.count == 1 && word.first?.isUppercase == true || titles.contains(String(word))
    }

    private static let titles: Set<String> = [
        "Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Jr", "Sr", "Capt", "Col", "Gen", "Lt", "Sgt", "Rev", "Hon", "Vol", "No",
        "vs", "Mt", "Messrs", "Mme", "Mlle",
    ]
}

extension Substring {
    /// Without the space at both ends.
    fileprivate var trimmed: Substring {
        var rest = drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
