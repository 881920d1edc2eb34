/// Why a file cannot be taken in at all. Nothing of it is in the library then.
public enum IngestionError: Error, Sendable, Equatable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case empty(source: String)
    case brokenHeader(source: String, reason: String)
    case noRows(source: String)
    case nothingUsable(source: String, rows: Int, first: String)
    case tooFewRows(source: String, rows: Int, minimum: Int)
    /// More rows were refused than the contract allows.
    case tooManyRefused(source: String, refused: Int, rows: Int, share: Double, first: String)
    /// The file was written to, or replaced, while it was being read.
    case changed(path: String)
    /// Not text in rows at all; `found` says what it is instead.
    case unsupportedFormat(source: String, found: String, remedy: String)
    case tooManyColumns(source: String, line: Int, limit: Int)
    case damagedArchive(source: String, reason: String)
    /// An archive's entry that cannot or must not be read.
    case refusedEntry(archive: String, entry: String, reason: String)
    case tooManyEntries(source: String, count: Int, limit: Int)
    /// An archive without a file in it.
    case noFiles(source: String)
    case expandsTooFar(source: String, reason: String)

    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            return "\(path) cannot be read: \(reason). Check the name and the permissions."
        case .empty(let source):
            return "\(source) is empty. Its first line must name the columns."
        case .brokenHeader(let source, let reason):
            return "\(source), line 1: the header cannot be read: \(reason). "
                + "Save the file as comma-separated UTF-8 with the columns' names in its first line."
        case .noRows(let source):
            return "\(source) has a header and no rows. Add them below it."
        case .nothingUsable(let source, let rows, let first):
            return "\(source): none of its \(rows) rows can be used, so the library was left as it was. "
                + "The first: \(first)"
        case .tooFewRows(let source, let rows, let minimum):
            return
                "\(source): \(rows) rows, and the contract asks for at least \(minimum). The library was left as it was."
        case .tooManyRefused(let source, let refused, let rows, let share, let first):
            return "\(source): \(refused) of its \(rows) rows were refused, and the contract allows "
                + "\(Int((share * 100).rounded())) %: the library was left as it was. `--report FILE` lists them all. "
                + "The first: \(first)"
        case .changed(let path):
            return "\(path) was changed while it was being read. Let whatever writes it finish, then try again."
        case .unsupportedFormat(let source, let found, let remedy):
            return "\(source) is \(found), not CSV or JSON Lines. \(remedy)"
        case .tooManyColumns(let source, let line, let limit):
            return "\(source), line \(line): there are more than \(limit) columns. "
                + "Check that the delimiter is right and that line ends are not lost."
        case .damagedArchive(let source, let reason):
            return "\(source) cannot be unpacked: \(reason). Fetch or make it again."
        case .refusedEntry(let archive, let entry, let reason):
            return "\(archive): the entry \(entry) is not taken: \(reason). "
                + "Unpack the archive yourself, look at it, and give the files in it."
        case .tooManyEntries(let source, let count, let limit):
            return "\(source) has \(count) entries or more; at most \(limit) are taken. "
                + "Unpack it, and give the files that you want."
        case .noFiles(let source):
            return "\(source) holds no file. Look into it, and make it again."
        case .expandsTooFar(let source, let reason):
            return "\(source) was not unpacked to its end: \(reason), as bombs do. "
                + "If it is sound, unpack it yourself and give the files in it."
        }
    }
}
