/// What the commas between names mean.
enum AuthorComma {
    /// A part between commas, with what belongs to it: `Martin Luther` and `Jr.`.
    struct Part {
        var name: String
        /// With the comma before it.
        var suffix = ""

        var text: String { name + suffix }
    }

    /// The parts of a text, suffixes and titles joined to the names they belong to, roles and dates left out.
    static func parts(of text: String) -> [Part] {
        withoutSuffixes(AuthorSplitting.parts(of: text, at: ",")).filter { part in
            !AuthorRoles.isRole(part.name) && !AuthorRoles.isLifetime(part.name)
        }
    }

    static func withoutSuffixes(_ texts: [String]) -> [Part] {
        var parts: [Part] = []
        for text in texts {
            if !parts.isEmpty, AuthorWords.isSuffix(text) || isEpithet(text) {
                parts[parts.count - 1].suffix += ", " + text
            } else {
                parts.append(Part(name: text))
            }
        }
        return parts
    }

    /// `Bishop of Hippo`, `Sir`, `Inc. Staff`: no name by itself.
    private static func isEpithet(_ text: String) -> Bool {
        let words = text.lowercased().split(separator: " ")
        guard let first = words.first else { return false }
        let bare = first.filter(\.isLetter)
        if words.count == 1 { return AuthorWords.titles.contains(bare) }
        return AuthorWords.firmSuffixes.contains(bare) || (AuthorWords.titles.contains(bare) && words[1] == "of")
            || (text.hasPrefix("the ") && words.count == 2)
    }

    /// Whether the first two of the parts are a surname and the given names that belong to it.
    ///
    /// One word that is no known single name, then given names: initials, one name, names of which all are known as
    /// given names. `Plato, Desmond Lee` are two people, `Poe, Edgar Allan` is one; where neither is plain, two.
    static func isInverted(
        _ two: [Part], _ commas: AuthorCommas, followedBy rest: ArraySlice<Part> = [], precededBy before: Int = 0
    ) -> Bool {
        guard two.count == 2 else { return false }
        let surname = PersonName(two[0].name)
        let given = PersonName(two[1].name)
        switch commas {
        case .separate: return false
        case .inverted: return true
        case .judged: break
        }
        guard !surname.isSingleName, !given.isSingleName, !surname.hasInitials else { return false }
        // `Saint-Exupéry, Antoine de`, `Goethe, Johann Wolfgang von`
        if given.endsWithParticle { return true }
        if given.isInitials { return surname.words.count <= 3 }
        guard surname.isSurname, before.isMultiple(of: 2) || surname.words.count == 1 else { return false }
        let isAlone = rest.isEmpty && before == 0
        if isAlone {
            return given.words.count == 1 || given.isGivenWithInitials || given.areKnownGivenNames
                || given.words.last?.lowercased() == surname.words.last?.lowercased()
        }
        // In a list of several, one word and one word may be two people: only known given names tell.
        guard given.areKnownGivenNames, !surname.areKnownGivenNames else { return false }
        return true
    }

    /// `Tolkien`, `J.R.R.` turned to `J.R.R. Tolkien`.
    static func turned(_ surname: Part, _ given: Part) -> String {
        // Libraries add in brackets what the initials stand for.
        var name = given.name
        if name.hasSuffix(")"), let bracket = name.firstIndex(of: "("), bracket > name.startIndex {
            name = WhiteSpace.trimmed(name[..<bracket])
        }
        // `Hobsbawm, E. J. Hobsbawm`
        if name.lowercased().hasSuffix(" " + surname.name.lowercased()) { return name + surname.suffix + given.suffix }
        let joint = name.hasSuffix("'") || name.hasSuffix("’") ? "" : " "
        return name + joint + surname.name + surname.suffix + given.suffix
    }
}
