extension TitleReading {
    /// Without "25th Anniversary Edition" and its like at the end.
    func withoutEdition(_ words: [String]) -> [String] {
        guard let last = words.last, volumes.isEmpty,
            Vocabulary.editionEnds.contains(last)
                || Vocabulary.editionEndings.contains(where: words.suffix(2).elementsEqual)
        else { return words }
        let kept =
            words.count - words.reversed().prefix { Vocabulary.editions.contains($0) || $0.hasSuffix("th") }.count
        return kept > 0 ? Array(words[..<kept]) : words
    }

    /// Without "by Jane Austen", "of Edgar Allan Poe" at the end and "Stephen King's" at the front.
    func withoutAuthor(_ words: [String]) -> [String] {
        guard author.words.count > 0, let surname = author.words.last else { return words }
        let names = author.wordsInTitles
        var words = words
        if author.words.count > 1, words.count > author.words.count,
            words.suffix(author.words.count) == author.words[...],
            !["by", "of", "from"].contains(words[words.count - author.words.count - 1])
        {
            return Array(words.dropLast(author.words.count))
        }
        let run = words.reversed().prefix { names.contains($0) || $0 == "st" }.count
        if run > 0, words.last == surname, words.count - run - 1 > 0,
            ["by", "of", "from"].contains(words[words.count - run - 1])
        {
            words.removeLast(run + 1)
        }
        let front = words.prefix { names.contains($0) }.count
        if front < words.count - 1, words[front] == surname + "s", front == author.words.count - 1 {
            words.removeFirst(front + 1)
        }
        // "The Complete Hans Christian Andersen Fairy Tales"
        if author.words.count > 1, words.count > author.words.count + 1,
            let start = words.firstIndex(of: author.words[0]), words[start...].starts(with: author.words),
            isCollecting(words.filter { !names.contains($0) && $0 != "fairy" })
        {
            words.removeSubrange(start..<(start + author.words.count))
        }
        return words
    }
}
