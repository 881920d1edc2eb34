/// Why the columns of a file cannot be used. Nothing of the file is in the library then.
public enum FormatError: Error, Sendable, Equatable, CustomStringConvertible {
    case unknownFormat(name: String, known: [String])
    case unrecognised(file: String, found: [String])
    case otherSubject(file: String, format: String, is: SourceFormat.Subject, asked: SourceFormat.Subject)
    case missingColumn(file: String, format: String, facts: [String], found: [String])
    /// A mapping file names a column that the file does not have.
    case unknownColumn(file: String, mapping: String, fact: String, column: String, found: [String])
    case ambiguousColumns(file: String, fact: String, columns: [String])
    /// A reader's own shelf needs the reader's name.
    case readerMissing(file: String)

    public var description: String {
        switch self {
        case .unknownFormat(let name, let known):
            return "There is no format “\(name.prefix(60))”. Known: \(known.joined(separator: ", "))."
        case .unrecognised(let file, let found):
            return "\(file), line 1: no columns of books, ratings or a shelf are recognised, only \(Self.list(found)). "
                + "Rename the columns (books need `title`; ratings need `user_id`, `rating` and `isbn13`, `book_id` or "
                + "`title`), or name them in a mapping file, and check that the delimiter is right."
        case .otherSubject(let file, let format, let subject, let asked):
            let what = subject == .shelf ? "a reader's own shelf" : subject.rawValue
            return "\(file): this looks like \(what) (format \(format)), not \(asked.rawValue). "
                + "Use `bookrec ingest \(subject.rawValue) \(file)`, or name another format with `--format`."
        case .missingColumn(let file, let format, let facts, let found):
            let names = facts.map { "`\($0)`" }.joined(separator: " or ")
            return "\(file), line 1: format \(format) needs a column for \(names), and there is only "
                + "\(Self.list(found)). Rename the column that holds it, or name it in a mapping file, and check that "
                + "the delimiter is right."
        case .unknownColumn(let file, let mapping, let fact, let column, let found):
            return "\(mapping), `columns.\(fact)`: \(file) has no column `\(column.prefix(60))`, only "
                + "\(Self.list(found)). Write the column's name as it stands in the file."
        case .ambiguousColumns(let file, let fact, let columns):
            let names = columns.map { "`\($0.prefix(60))`" }.joined(separator: " and ")
            return "\(file), line 1: \(names) both name the \(fact). Remove or rename one of them, or choose one in a "
                + "mapping file."
        case .readerMissing(let file):
            return "\(file) is one reader's own shelf, and does not say whose. Give `--reader NAME`."
        }
    }

    /// Not more of a header than fits into a message.
    private static func list(_ names: [String]) -> String {
        names.prefix(20).map { "`\($0.prefix(40))`" }.joined(separator: ", ") + (names.count > 20 ? ", …" : "")
    }
}
