import GRDB

/// Why the library cannot be used, and what to do about it.
public enum LibraryError: Error, Sendable, CustomStringConvertible {
    case missing(path: String)
    /// It needs a program that knows the schema `needed`; this one knows `known`.
    case newer(path: String, needed: Int, known: Int)
    /// It could be read, but not be brought up to this program's schema. The migration that failed left no trace.
    case unmigrated(path: String, schema: Int, reason: String)
    case unusable(path: String, reason: String)
    case busy(path: String)
    /// The file's pages contradict each other.
    case damaged(path: String, reason: String)
    case notALibrary(path: String)
    case backupExists(path: String)

    init(_ error: DatabaseError, path: String) {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self = .busy(path: path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .damaged(path: path, reason: error.message ?? error.description)
        default:
            self = .unusable(path: path, reason: error.message ?? error.description)
        }
    }

    public var description: String {
        switch self {
        case .missing(let path):
            "There is no library at \(path). Run `bookrec ingest books FILE` first, or name the right folder with --home."
        case .newer(let path, let needed, let known):
            "The library at \(path) was changed by a newer version of bookrec: it needs one that knows schema \(needed), "
                + "and this one knows schema \(known). Use the newer version, or restore a backup from before it."
        case .unmigrated(let path, let schema, let reason):
            "The library at \(path) cannot be brought to schema \(schema): \(reason). "
                + "Make room on the disk, use the version of bookrec from before, or restore a backup."
        case .unusable(let path, let reason):
            "The library at \(path) cannot be used: \(reason). "
                + "Check that the folder is writable and the disk is not full, or restore a backup."
        case .busy(let path):
            "The library at \(path) is being written by another process. Wait for it to finish and try again."
        case .damaged(let path, let reason):
            "The library at \(path) is damaged: \(reason). "
                + "Put a backup in its place with `bookrec library restore FILE`; the damaged file is kept beside it."
        case .notALibrary(let path):
            "\(path) is not a backup of a library, or not a whole one. Name a file that `bookrec library backup` wrote."
        case .backupExists(let path):
            "\(path) exists already and was left as it is. Name a new file, or remove it first."
        }
    }
}
