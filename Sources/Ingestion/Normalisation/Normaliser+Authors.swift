/// What a comma between names means.
public enum AuthorCommas: Sendable {
    /// Judged from the names: `Tolkien, J.R.R.` is one, `Terry Pratchett, Neil Gaiman` are two.
    case judged
    /// Always the next author, as in goodbooks-10k: `Plato, Desmond Lee`.
    case separate
    /// Always surname and given names, as in library catalogues: `García Márquez, Gabriel`.
    case inverted
}

extension Normaliser {
    /// The authors that a field names, in their order, none twice; nobody for `Unknown`, `N/A` and the like. O(n).
    ///
    /// Reads `A; B`, `A, B`, `A & B`, `A and B`, `A/B`, lists of Python and JSON, `Last, First`, and takes off roles
    /// (`(Illustrator)`, `, editor`) and `et al.`. What could be read in two ways stays as it is: two half names do less
    /// harm as one author than as two that do not exist.
    public mutating func authors(
        _ raw: String, field: String, commas: AuthorCommas = .judged
    ) -> [String] {
        var parsing = AuthorParsing(commas: commas)
        if let items = ListText.items(of: raw) {
            for item in items { if let item = line(item, field: field) { parsing.read(item) } }
            note(.listUnpacked, field: field, before: raw, after: parsing.joined)
        } else if let text = line(raw, field: field) {
            parsing.read(text)
        }
        for kind in parsing.steps { note(kind, field: field, before: raw, after: parsing.joined) }
        return parsing.names
    }
}
