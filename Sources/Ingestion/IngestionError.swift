/// Why a file cannot be taken in at all. Nothing of it is in the library then.
public enum IngestionError: Error, Sendable, Equatable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case empty(source: String)
    case brokenHeader(source: String, reason: String)
    case missingColumn(source: String, fact: String, found: [String])
    case ambiguousColumns(source: String, fact: String, columns: [String])
    case noRows(source: String)
    case nothingUsable(source: String, rows: Int, first: String)

    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            return "\(path) cannot be read: \(reason). Check the name and the permissions."
        case .empty(let source):
            return "\(source) is empty. Its first line must name the columns, `title` among them."
        case .brokenHeader(let source, let reason):
            return "\(source), line 1: the header cannot be read: \(reason). "
                + "Save the file as comma-separated UTF-8 with the columns' names in its first line."
        case .missingColumn(let source, let fact, let found):
            let shown = found.prefix(20).map { "`\($0.prefix(40))`" }.joined(separator: ", ")
            return "\(source), line 1: there is no `\(fact)` column, only \(shown). "
                + "Rename the column that holds it, and check that commas separate the columns."
        case .ambiguousColumns(let source, let fact, let columns):
            let shown = columns.map { "`\($0)`" }.joined(separator: " and ")
            return "\(source), line 1: \(shown) both name the \(fact). Remove or rename one of them."
        case .noRows(let source):
            return "\(source) has a header and no rows. Add the books below it."
        case .nothingUsable(let source, let rows, let first):
            return "\(source): none of its \(rows) rows can be used, so the library was left as it was. "
                + "The first: \(first)"
        }
    }
}
