/// What a misspelt name still shares with the right one: runs of three
/// characters.
public enum Trigrams {
    /// The trigrams of `folded`, a text in lower case without marks and with
    /// spaces between words, in the order in which they first come, each once.
    ///
    /// They are runs of three Unicode scalars of two kinds:
    ///
    /// 1. of each word, with two spaces before it and one after it, as
    ///    PostgreSQL's pg_trgm makes them. The spaces let the shortest words
    ///    have trigrams ("it": `"  i"`, `" it"`, `"it "`), and starts of words,
    ///    which are seldom wrong, count more than what is within. The second
    ///    space before makes the first letter a trigram: without it, "teh" and
    ///    "the" share nothing.
    /// 2. of the text without the spaces between its words, those that reach
    ///    over such a place ("sun shine": `"uns"`, `"nsh"`). So whoever writes
    ///    two words as one finds them: all trigrams of "sunshine" are among
    ///    those of "sun shine", and the same holds for every text. They also
    ///    tell which words are neighbours; with a space within (`"n s"`) they
    ///    would do so, too, but nothing else.
    ///
    /// O(folded), at most about two trigrams a scalar.
    public static func of(_ folded: String) -> [String] {
        let words = folded.unicodeScalars.split(separator: " ")
        guard !words.isEmpty else { return [] }
        var trigrams = CollectedTrigrams()
        // The text without spaces, but for those around it; how many of its
        // scalars stand before the last border.
        var joined: [Unicode.Scalar] = [" ", " "]
        var borders: [Int] = []
        for word in words {
            trigrams.add([" ", " "] + word + [" "])
            joined += word
            borders.append(joined.count)
        }
        joined.append(" ")
        for border in borders.dropLast() {
            for start in [border - 2, border - 1] { trigrams.add(Array(joined[start..<start + 3])) }
        }
        return trigrams.found
    }
}

/// Trigrams, each once.
private struct CollectedTrigrams {
    private(set) var found: [String] = []
    // Three scalars of 21 bits.
    private var seen: Set<UInt64> = []

    /// Adds the trigrams of `scalars`.
    mutating func add(_ scalars: [Unicode.Scalar]) {
        for start in scalars.indices.dropLast(2) {
            let trigram = scalars[start..<start + 3]
            guard seen.insert(trigram.reduce(0) { $0 << 21 | UInt64($1.value) }).inserted else { continue }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: trigram)
            found.append(String(text))
        }
    }
}
