extension InvertedIndex {
    /// The term of `word`, nil if no document has it. O(log terms).
    public func term(_ word: String) -> Int? {
        defer { withExtendedLifetime(self) {} }
        var word = word
        return word.withUTF8 { word in
            let term = unsafe words.lowerBound(of: word)
            return unsafe term < termCount && SortedWords.order(words.word(term), word) == 0 ? term : nil
        }
    }

    /// The word of `term`. Traps unless there is such a term. O(word).
    public func word(_ term: Int) -> String {
        check(term)
        defer { withExtendedLifetime(self) {} }
        return unsafe String(decoding: words.word(term), as: UTF8.self)
    }

    /// The terms of all words that start with `prefix`: all terms if it is
    /// empty. O(log terms).
    public func terms(withPrefix prefix: String) -> Range<Int> {
        defer { withExtendedLifetime(self) {} }
        var prefix = prefix
        return prefix.withUTF8 { prefix in
            let start = unsafe words.lowerBound(of: prefix)
            return unsafe start..<words.end(ofPrefix: prefix, from: start)
        }
    }
}
