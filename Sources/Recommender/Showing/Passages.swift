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
        let text = Substring(sentence)
        let scalars = text.unicodeScalars
        // Where what is not marked began, and where we are.
        var (start, place) = (text.startIndex, text.startIndex)
        func add(_ range: Range<Substring.Index>, isMatch: Bool) {
            if !range.isEmpty { pieces.append(Piece(text: String(text[range]), isMatch: isMatch)) }
        }
        while place < text.endIndex {
            let begin = place
            scalars.formIndex(after: &place)
            guard Self.isOfWords(scalars[begin]) else { continue }
            while place < text.endIndex, Self.isOfWords(scalars[place]) { scalars.formIndex(after: &place) }
            guard isMatch(text[begin..<place]) else { continue }
            add(start..<begin, isMatch: false)
            add(begin..<place, isMatch: true)
            start = place
        }
        add(start..<text.endIndex, isMatch: false)
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
