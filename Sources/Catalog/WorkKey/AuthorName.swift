/// A name of an author, as far as it tells authors of one title apart: the surname and the first initial.
///
/// Sources write the given names in full, in part or as initials; with the title, the surname and one initial have told
/// authors apart everywhere it was measured. Pen names that editions of one work carry in turn are in `PenNames`.
struct AuthorName {
    /// `tolkien j`, or the one word of a single name: `homer`.
    let key: String
    /// Every word of the name, folded, without titles: to know it again within a title.
    let words: [String]
    /// Those words, and the initials as one word, as titles have them: "H.P. Lovecraft".
    let wordsInTitles: [String]

    /// The first author that is the name of somebody, or "anonymous" if the source says so of all; nil without any.
    static func first(of authors: [String]) -> AuthorName? {
        var unnamed = false
        var contributor: AuthorName?
        for author in authors {
            let parts = TitleParts(author)
            let words = nameWords(parts)
            guard !words.isEmpty else { continue }
            if words.count == 1, unnamedAuthors.contains(words[0]) {
                unnamed = unnamed || words[0] != "various"
                continue
            }
            guard parts.brackets.joined().contains(where: roles.contains) else { return AuthorName(words) }
            contributor = contributor ?? AuthorName(words)
        }
        return contributor ?? (unnamed ? AuthorName(["anonymous"]) : nil)
    }

    /// Is one of those named after the first author known for retelling the works of others? O(n).
    static func isRetold(by authors: [String]) -> Bool {
        authors.dropFirst().contains(where: Retellers.names.contains)
    }

    /// - Parameter words: given names first.
    private init(_ words: [String]) {
        let written = PenNames.usual[words.joined(separator: " ")] ?? words
        self.words = words
        wordsInTitles = words + [words.filter { $0.utf8.count == 1 }.joined()]
        let surname = Surnames.usual(written[written.count - 1])
        guard written.count > 1, let initial = GivenNames.usual(written[0]).first else {
            key = surname
            return
        }
        key = "\(surname) \(initial)"
    }

    /// The words of a name, given names first, without titles, "Jr." and what is in brackets. O(n).
    private static func nameWords(_ parts: TitleParts) -> [String] {
        guard let piece = parts.pieces.first else { return [] }
        var sides = piece.words.split(separator: ",").map { side -> [String] in
            var side = Array(side)
            while side.count > 1, titles.contains(side[0]) { side.removeFirst() }
            // The first word may be the initials "J.R.".
            return Array(side.prefix(1)) + side.dropFirst().filter { !suffixes.contains($0) }
        }
        sides.removeAll(where: \.isEmpty)
        guard let first = sides.first else { return [] }
        // Of "Alfred Bester & Roger Zelazny" the first.
        let alone = Array(first.prefix { $0 != "and" })
        guard sides.count > 1, isSurname(first, before: sides[1]) else { return alone }
        return sides[1] + first
    }

    /// Is it "Tolkien, J.R.R." rather than "Neil Gaiman, Terry Pratchett"?
    private static func isSurname(_ side: [String], before next: [String]) -> Bool {
        side.count == 1 || particles.contains(side[0]) || next.count == 1
            || next.contains { $0.utf8.count == 1 || particles.contains($0) }
    }

    /// Before a name: what is left of a name that is nothing else stays.
    private static let titles: Set<String> = [
        "sir", "dr", "doctor", "prof", "professor", "rev", "reverend", "graf", "count", "lord", "lady", "dame",
        "saint", "st", "mr", "mrs", "ms", "lama",
    ]
    private static let suffixes: Set<String> = ["jr", "sr", "ii", "iii", "fils", "pere", "md", "phd", "dmin", "esq"]
    private static let particles: Set<String> = [
        "le", "la", "de", "du", "des", "del", "di", "da", "van", "von", "der", "den", "al", "el", "mac",
    ]
    private static let unnamedAuthors: Set<String> = ["anonymous", "unknown", "various", "anon"]
    /// In brackets after the name of one who is not the author.
    private static let roles: Set<String> = [
        "illustrator", "illustratorin", "translator", "narrator", "editor", "foreword", "introduction", "afterword",
        "contributor", "adapter", "reader",
    ]
}
