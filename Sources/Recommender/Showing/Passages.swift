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
        var rest = Substring(sentence).unicodeScalars
        while !rest.isEmpty {
            let gap = rest.prefix { !Self.isOfWords($0) }
            add(Substring(gap), isMatch: false)
            rest = rest[gap.endIndex...]
            let word = Substring(rest.prefix(while: Self.isOfWords))
            let isMatch = FoldedText.words(of: String(word)).contains { stems.contains(stemmer.stem($0)) }
            add(word, isMatch: isMatch)
            rest = rest[word.endIndex...]
        }
        self.pieces = pieces
    }

    private static func isOfWords(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "'", "\u{2019}": true
        case "\0"..."\u{7F}": false
        default: scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
        }
    }
}
