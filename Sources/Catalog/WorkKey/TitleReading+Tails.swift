extension TitleReading {
    /// What a piece after the first is for: it names the work, it describes it, or it says nothing about it at all.
    enum Role { case names, describes, nothing }

    /// - Parameter strict: The tail is more likely a title than a description: only forms and editions are left out.
    func role(of tail: TitleParts.Piece, in head: TitleParts.Piece, strict: Bool) -> Role {
        let words = tail.words.filter { $0 != "," }
        guard let first = words.first, let last = words.last else { return .nothing }
        if words.allSatisfy({ Vocabulary.editions.contains($0) || $0.hasSuffix("th") }) { return .nothing }
        // "To Say Nothing of the Dog! & Three Men on the Bummel" after "Three Men in a Boat": two works.
        if let and = words.lastIndex(of: "and"), and > 0, head.words.count > 2,
            Self.naming(words[and...]).starts(with: Self.naming(head.words).prefix(2))
        {
            return .names
        }
        if last == "novel" || last == "mystery" || last == "memoir" { return .nothing }
        if last == "edition", !words.contains("complete") || words.contains("uncut") { return .nothing }
        if words.contains("bestseller") || words.contains("bestselling") { return .nothing }
        if words.count == 3, first == "in", ["volumes", "parts", "books", "vols"].contains(last) { return .nothing }
        // "Essays and Arguments", "The Autobiography of Nelson Mandela"; "Uncollected Short Fiction"
        let noun = first == "the" && words.count > 1 ? words[1] : first
        let namesForm = Vocabulary.forms.contains(noun) || Vocabulary.forms.contains(last)
        if namesForm, !strict, !words.contains("complete"), !words.contains("collected"), !isCollecting(head.words),
            !tail.isList, first != "and"
        {
            return .describes
        }
        if first == "a" || first == "an" { return strict && !isForm(words[...]) ? .names : .describes }
        if first == "and", words.count > 1, words[1] == "other", !words.contains(where: Vocabulary.contents.contains) {
            return .describes
        }
        if tail.isList || first == "and" { return .names }
        if strict && words.count < 10 { return .names }
        if Vocabulary.describing.contains(first) { return .describes }
        // Five words that begin like a title may be one: "The Silence of the Lambs", "On the Campaign Trail '72".
        let enough = Vocabulary.openings.contains(first) ? 6 : 5
        if words.count >= enough && !isCollecting(head.words) { return .describes }
        return .names
    }

    func isCollecting(_ words: [String]) -> Bool {
        words.allSatisfy(Vocabulary.collecting.contains)
    }

    func isSeriesName(_ words: [String]) -> Bool {
        words.last.map(Vocabulary.seriesEnds.contains) ?? false
    }
}
