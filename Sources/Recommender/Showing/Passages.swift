import Catalog

extension Passage {
    /// A sentence with the words marked whose stems are among these, or that stand for one of them. O(length).
    init(_ sentence: some StringProtocol, marking stems: Set<String>) {
        let stemmer = Stemmer()
        var pieces: [Piece] = []
        func add(_ text: some StringProtocol, isMatch: Bool) {
            guard !text.isEmpty else { return }
            if let last = pieces.indices.last, pieces[last].isMatch == isMatch {
                pieces[last].text += text
            } else {
                pieces.append(Piece(text: String(text), isMatch: isMatch))
            }
        }
        var rest = sentence[...]
        while !rest.isEmpty {
            let gap = rest.prefix { !Self.isOfWords($0) }
            add(gap, isMatch: false)
            rest = rest.dropFirst(gap.count)
            let word = rest.prefix { Self.isOfWords($0) }
            let isMatch = FoldedText.words(of: String(word)).contains { stems.contains(stemmer.stem($0)) }
            add(word, isMatch: isMatch)
            rest = rest.dropFirst(word.count)
        }
        self.pieces = pieces
    }

    private static func isOfWords(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "'" || character == "\u{2019}"
    }
}
