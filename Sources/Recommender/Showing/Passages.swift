import Catalog

extension Passage {
    /// A sentence with the words marked whose stems are among these, or that stand for one of them. O(length).
    init(_ sentence: some StringProtocol, marking stems: Set<String>) {
        let stemmer = Stemmer()
        // A stem begins as its words do: most words need no closer look.
        let beginnings = Set(stems.compactMap(\.utf8.first))
        func isMatch(_ word: Substring) -> Bool {
            guard let first = word.utf8.first else { return false }
            if Self.letters.contains(first | 0x20), !beginnings.contains(first | 0x20) { return false }
            return FoldedText.words(of: String(word)).contains { stems.contains(stemmer.stem($0)) }
        }
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
            add(word, isMatch: isMatch(word))
            rest = rest[word.endIndex...]
        }
        self.pieces = pieces
    }

    private static let letters = UInt8(ascii: "a")...UInt8(ascii: "z")

    private static func isOfWords(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "'", "\u{2019}": true
        case "\0"..."\u{7F}": false
        default: scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
        }
    }
}
