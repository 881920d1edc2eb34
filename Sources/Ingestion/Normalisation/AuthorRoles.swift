/// What a person did for a book, written beside the name.
enum AuthorRoles {
    /// The text without roles in brackets and without what stands before `by`; nil when there is none. O(n).
    static func withoutRoles(_ text: String) -> String? {
        var result = text
        if text.utf8.contains(UInt8(ascii: "(")) { result = withoutBrackets(result, "(", ")") }
        if text.utf8.contains(UInt8(ascii: "[")) { result = withoutBrackets(result, "[", "]") }
        if mayHaveByline(result) {
            let parts = AuthorSplitting.parts(of: result, at: ",")
            let bare = parts.map { withoutByline($0) ?? $0 }
            if bare != parts { result = bare.joined(separator: ", ") }
        }
        return result == text ? nil : result
    }

    /// Whether it is worth the look: it has a `by` or a colon.
    private static func mayHaveByline(_ text: String) -> Bool {
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: ":") || (byte | 0x20 == UInt8(ascii: "y") && previous == UInt8(ascii: "b")) {
                return true
            }
            previous = byte | 0x20
        }
        return false
    }

    /// `by`, `translated by`, `Illustrations by`: nil when the text does not begin so.
    static func withoutByline(_ text: String) -> String? {
        guard mayHaveByline(text) else { return nil }
        for label in ["author:", "authors:", "by:"] where text.lowercased().hasPrefix(label) {
            return WhiteSpace.trimmed(text.dropFirst(label.count))
        }
        let words = text.split(separator: " ")
        guard let place = words.firstIndex(where: { $0.lowercased() == "by" }), place < words.count - 1, place <= 4
        else {
            return nil
        }
        let isLabel = words[..<place].allSatisfy { word in
            let bare = word.lowercased().filter(\.isLetter)
            return labels.contains(bare) || isWord(bare) || ["and", "with", "an", "a", ""].contains(bare)
        }
        return isLabel ? words[(place + 1)...].joined(separator: " ") : nil
    }

    /// Without `et al.` and the like at the end; nil when there is none.
    static func withoutEtAl(_ text: String) -> String? {
        guard let last = text.utf8.last, "l.s])".utf8.contains(last) else { return nil }
        for phrase in endings {
            let count = phrase.utf8.count
            guard text.utf8.count > count,
                zip(text.utf8.suffix(count), phrase.utf8).allSatisfy({ $0 == $1 || $0 | 0x20 == $1 })
            else { continue }
            let rest = text[..<text.utf8.index(text.endIndex, offsetBy: -count)]
            // `Amet al` is a name.
            guard rest.utf8.last == UInt8(ascii: " ") || rest.utf8.last == UInt8(ascii: ",") || phrase == "..." else {
                continue
            }
            var name = WhiteSpace.trimmed(rest)
            while name.utf8.last == UInt8(ascii: ",") { name = WhiteSpace.trimmed(name.dropLast()) }
            return name
        }
        return nil
    }

    private static let endings = [
        "et al.", "et al", "et. al.", "and others", "& others", "u.a.", "u. a.", "[et al.]", "(et al.)", "...",
    ]

    /// `editor`, `Ed.`, `illustrator and translator`.
    static func isRole(_ text: String) -> Bool {
        let words = text.lowercased().split { !$0.isLetter && $0 != "'" }.map(String.init)
        return !words.isEmpty && words.allSatisfy { isWord($0) || $0 == "and" || $0 == "und" }
            && words.contains(where: isWord)
    }

    /// `1892-1973`, `1947-`, `b. 1950`, `c. 1340-1400`.
    static func isLifetime(_ text: String) -> Bool {
        text.utf8.count <= 24 && text.utf8.contains { $0 &- 0x30 < 10 }
            && text.lowercased().split { !$0.isLetter }.allSatisfy {
                ["b", "d", "c", "ca", "fl", "born", "bc"].contains($0)
            }
            && text.allSatisfy { $0.isLetter || $0.isNumber || " -–.?".contains($0) }
            && text.split { !$0.isNumber }.allSatisfy { (2...4).contains($0.count) }
    }

    /// Names that say that there is none.
    static let nobody: Set<String> = [
        "unknown author", "author unknown", "unknown authors", "no author", "not available", "none given", "no authors",
        "unknown unknown", "uncredited", "not specified", "n.n.", "no author listed", "author not known",
    ]

    private static func withoutBrackets(_ text: String, _ open: Character, _ close: Character) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: open), let end = rest[start...].firstIndex(of: close) {
            let inside = rest[rest.index(after: start)..<end]
            result += rest[..<start]
            // Libraries write the country after the trade: (Dichter, Grossbritannien).
            if isRole(String(inside.prefix { $0 != "," })) {
                while result.hasSuffix(" ") { result.removeLast() }
            } else {
                result += rest[start...end]
            }
            rest = rest[rest.index(after: end)...]
        }
        return WhiteSpace.trimmed(result + rest)
    }

    private static func isWord(_ word: String) -> Bool { words.contains(word) }

    private static let labels: Set<String> = [
        "written", "edited", "ed", "translated", "trans", "tr", "illustrated", "illus", "ill", "retold", "compiled",
        "selected", "adapted", "created", "narrated", "read", "introduced", "introduction", "foreword", "afterword",
        "preface", "notes", "drawings", "illustrations", "pictures", "photographs", "translation", "text", "story",
        "art",
        "new", "newly",
    ]

    private static let words: Set<String> = [
        "editor", "editors", "ed", "eds", "hrsg", "hg", "herausgeber", "herausgeberin", "translator", "translators",
        "trans", "transl", "übersetzer", "übersetzerin", "traducteur", "traductrice", "traductor", "illustrator",
        "illustrators", "illustratorin", "illustrateur", "illus", "illustrations", "author", "authors", "autor",
        "auteur",
        "goodreads", "contributor", "contributors", "introduction", "intro", "introducer", "foreword", "afterword",
        "preface", "compiler", "comp", "narrator", "reader", "photographer", "adapter", "adaptation", "artist", "inker",
        "letterer", "colorist", "colourist", "penciller", "creator", "designer", "screenplay", "pseudonym", "pseud",
        "annotator", "commentary", "annotations", "annotation", "dichter", "dichterin", "schriftsteller",
        "schriftstellerin", "collaborator", "performer", "co-author", "coauthor", "writer", "cover",
    ]
}
