/// What sources write where they know nothing.
enum AbsentWords {
    /// Without regard to case, and to white space at the ends. O(1): long texts are not looked at.
    static func areAll(of text: String) -> Bool {
        guard text.utf8.count <= 40 else { return false }
        let trimmed = WhiteSpace.trimmed(text)
        return trimmed.isEmpty || words.contains(trimmed.lowercased())
    }

    private static let words: Set<String> = [
        "-", "--", "---", "–", "—", "?", "??", ".", "n/a", "#n/a", "n.a.", "na", "nan", "<na>", "null", "(null)",
        "none",
        "nil", "\\n", "unknown", "undefined", "missing", "not available", "not known", "unbekannt", "tba", "tbd",
    ]
}
