/// The way from a clean line to the names in it.
struct AuthorParsing {
    let commas: AuthorCommas
    private(set) var names: [String] = []
    /// What was done, each kind once.
    private(set) var steps: [NormalisationStep.Kind] = []
    private var seen: Set<String> = []

    init(commas: AuthorCommas) {
        self.commas = commas
    }

    var joined: String { names.joined(separator: "; ") }

    /// Reads one line, which may name several people. O(n).
    mutating func read(_ line: String) {
        var text = line
        if let rest = AuthorRoles.withoutEtAl(text) { take(&text, rest) }
        for segment in AuthorSplitting.parts(of: text, at: ";|") {
            let people = AuthorSplitting.atSlashes(segment)
            if people.count > 1 { did(.authorsSeparated) }
            for person in people { readSegment(person) }
        }
    }

    /// Between two semicolons.
    private mutating func readSegment(_ segment: String) {
        var text = segment
        if let rest = AuthorRoles.withoutRoles(text) { take(&text, rest) }
        // `Gaiman, Neil & Pratchett, Terry`: the words part before the commas do.
        let sides = AuthorSplitting.atWords(text)
        if sides.count > 1, sides.allSatisfy({ isOneInverted($0) }) {
            did(.authorsSeparated)
            for side in sides { readCommas(side) }
        } else {
            readCommas(text)
        }
    }

    private func isOneInverted(_ text: String) -> Bool {
        let parts = AuthorComma.parts(of: text)
        return parts.count == 2 && AuthorComma.isInverted(parts, commas)
    }

    private mutating func readCommas(_ text: String) {
        let all = AuthorSplitting.parts(of: text, at: ",")
        let parts = AuthorComma.parts(of: text)
        if parts.count < AuthorComma.withoutSuffixes(all).count { did(.authorRoleRemoved) }
        guard parts.count > 1 else {
            if let only = parts.first { readWords(only.text, inList: false) }
            return
        }
        var rest = parts[...]
        while !rest.isEmpty {
            let two = Array(rest.prefix(2))
            if AuthorComma.isInverted(two, commas, followedBy: rest.dropFirst(2), precededBy: parts.count - rest.count)
            {
                did(.authorInverted)
                add(AuthorComma.turned(two[0], two[1]))
                rest = rest.dropFirst(2)
            } else {
                if parts.count > 1 { did(.authorsSeparated) }
                readWords(rest.removeFirst().text, inList: true)
            }
        }
    }

    /// A text without commas that part people: `A & B`, `A and B`, or one name.
    private mutating func readWords(_ text: String, inList: Bool) {
        var text = text
        // `A, B, and C`
        for word in ["and ", "& ", "with "] where inList && text.hasPrefix(word) {
            text = String(text.dropFirst(word.count))
            break
        }
        let people = AuthorSplitting.atWords(text)
        if people.count > 1, people.allSatisfy(PersonName.isFull) {
            did(.authorsSeparated)
            for person in people { add(person) }
        } else {
            add(text)
        }
    }

    private mutating func add(_ name: String) {
        var name = WhiteSpace.trimmed(name)
        if let rest = AuthorRoles.withoutByline(name) { take(&name, rest) }
        while let last = name.utf8.last, last == UInt8(ascii: ",") || last == UInt8(ascii: ":") {
            name = WhiteSpace.trimmed(name.dropLast())
        }
        guard name.unicodeScalars.contains(where: Self.isOfWord), !AbsentWords.areAll(of: name),
            !AuthorRoles.nobody.contains(name.lowercased()), seen.insert(name.lowercased()).inserted
        else { return }
        names.append(name)
    }

    private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case "\0"..."\u{7F}": false
        default: scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }
    }

    private mutating func take(_ text: inout String, _ rest: String) {
        text = rest
        did(.authorRoleRemoved)
    }

    private mutating func did(_ kind: NormalisationStep.Kind) {
        if !steps.contains(kind) { steps.append(kind) }
    }
}
