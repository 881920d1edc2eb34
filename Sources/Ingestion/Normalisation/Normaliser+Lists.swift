extension Normaliser {
    /// A list in one field, such as categories: each entry clean, none twice (whatever their case), in their order.
    ///
    /// In brackets it is a list of Python or JSON. Otherwise it is separated by the first of `separators` that it has;
    /// `Fiction / Fantasy` and `Fiction > Fantasy` are one entry, a place in a hierarchy.
    /// - Parameter separators: In order of their strength. Add `","` for a source whose entries have no commas.
    /// - Complexity: O(n)
    public mutating func list(_ raw: String, field: String, separators: [Character] = [";", "|"]) -> [String] {
        guard let entries = entries(of: raw, field: field, separators: separators) else { return [] }
        var seen: Set<String> = []
        return entries.filter { !AbsentWords.areAll(of: $0) && seen.insert($0.lowercased()).inserted }
    }

    private mutating func entries(of raw: String, field: String, separators: [Character]) -> [String]? {
        if let items = ListText.items(of: raw) {
            let clean = items.compactMap { line($0, field: field) }
            note(.listUnpacked, field: field, before: raw, after: clean.joined(separator: "; "))
            return clean
        }
        // Entities end with a semicolon: they are decoded before the text is taken apart.
        guard let text = line(raw, field: field) else { return nil }
        guard let separator = separators.first(where: text.contains) else { return [text] }
        return text.split(separator: separator).map { Self.unquoted(WhiteSpace.trimmed($0)) }
    }

    /// Without the quotes that some sources put around each entry.
    private static func unquoted(_ text: String) -> String {
        guard text.utf8.count > 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
        return WhiteSpace.trimmed(text.dropFirst().dropLast())
    }
}
