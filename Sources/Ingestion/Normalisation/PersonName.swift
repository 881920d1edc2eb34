/// What can be seen of a name.
struct PersonName {
    let words: [Substring]

    /// - Parameter text: A name or a part of one; what is in brackets is not looked at.
    init(_ text: String) {
        let bare = text.utf8.contains(UInt8(ascii: "(")) ? Self.withoutBrackets(text) : text
        words = bare.split(separator: " ").map { word in word.utf8.last == UInt8(ascii: ",") ? word.dropLast() : word }
    }

    private static func withoutBrackets(_ text: String) -> String {
        var depth = 0
        return text.filter { character in
            if character == "(" { depth += 1 }
            defer { if character == ")" { depth -= 1 } }
            return depth == 0
        }
    }

    /// `J.R.R.`, `J. R. R.`, `JRR`, `C.-S.`
    var isInitials: Bool { !words.isEmpty && words.allSatisfy(Self.isInitial) }

    var hasInitials: Bool { words.contains(where: Self.isInitial) }

    /// Known to be all of a name (`Plato`, `CLAMP`), or no person's (`Anonymous`).
    var isSingleName: Bool {
        guard words.count == 1, let word = words.first else { return false }
        return AuthorWords.singleNames.contains(word.lowercased())
    }

    /// One word, or several that particles hold together: `Tolkien`, `Le Guin`, `van der Post`, `King Jr.`.
    var isSurname: Bool {
        var core = words[...]
        while core.count > 1, let first = core.first, Self.isParticle(first) { core.removeFirst() }
        while core.count > 1, let last = core.last, AuthorWords.isSuffix(String(last)) { core.removeLast() }
        guard core.count == 1, let word = core.first else { return false }
        return word.contains(where: \.isLetter) && !word.contains(where: \.isNumber) && !Self.isInitial(word)
    }

    var endsWithParticle: Bool {
        guard words.count > 1, let last = words.last else { return false }
        // Capitals begin surnames: `Robert De`.
        return Self.isParticle(last) && last.first?.isLowercase == true
    }

    /// `Joe W`, `Philip K.`, `F. Scott`.
    var isGivenWithInitials: Bool {
        hasInitials && words.count { !Self.isInitial($0) } <= 1 && (words.count <= 2 || !Self.isInitial(words[0]))
    }

    var areKnownGivenNames: Bool {
        !words.isEmpty
            && words.allSatisfy { word in
                Self.isInitial(word)
                    || word.lowercased().split(separator: "-").allSatisfy {
                        AuthorWords.givenNames.contains(String($0))
                    }
            }
    }

    /// Whether a text is a person's whole name: two to six words, capitals or particles or initials, no word of a firm or
    /// an office.
    static func isFull(_ text: String) -> Bool {
        let name = PersonName(text)
        guard (2...6).contains(name.words.count), let last = name.words.last, !isParticle(last) else { return false }
        let isNamed = name.words.allSatisfy { word in
            let bare = word.lowercased().filter { $0.isLetter || $0 == "'" }
            guard !AuthorWords.ofFirms.contains(bare), !word.contains(where: \.isNumber) else { return false }
            return isParticle(word) || word.first?.isUppercase == true
        }
        return isNamed && name.words.count { !isInitial($0) && !isParticle($0) } >= 1
            && !AuthorWords.titles.contains(last.lowercased())
    }

    private static func isParticle(_ word: Substring) -> Bool { AuthorWords.particles.contains(word.lowercased()) }

    /// One letter, letters with points, or two or three capitals without a vowel to speak them by.
    private static func isInitial(_ word: Substring) -> Bool {
        // Four letters of two bytes with a point behind each.
        guard word.utf8.count <= 12, word.first?.isUppercase == true else { return false }
        let letters = word.filter(\.isLetter)
        guard !letters.isEmpty, letters.count <= 4, letters.allSatisfy(\.isUppercase) else { return false }
        if word.count == 1 { return true }
        let pieces = word.split { ".-".contains($0) }
        if word.contains("."), pieces.allSatisfy({ $0.count == 1 }) { return true }
        return word == letters && (2...3).contains(word.count) && !word.contains { "AEIOUYÄÖÜÉ".contains($0) }
    }
}
