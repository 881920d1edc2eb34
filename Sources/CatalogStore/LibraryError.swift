import GRDB

/// Why the library cannot be used, and what to do about it.
public enum LibraryError: Error, Sendable, CustomStringConvertible {
    case missing(path: String)
    case newer(path: String)
    case unusable(path: String, reason: String)
    case busy(path: String)

    init(_ error: DatabaseError, path: String) {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self = .busy(path: path)
        default:
            self = .unusable(path: path, reason: error.message ?? error.description)
        }
    }

    public var description: String {
        switch self {
        case .missing(let path):
            "There is no library at \(path). Run `bookrec ingest books FILE` first, or name the right folder with --home."
        case .newer(let path):
            "The library at \(path) was written by a newer version of bookrec. Use that version, or restore a backup."
        case .unusable(let path, let reason):
            "The library at \(path) cannot be used: \(reason). "
                + "Check that the folder is writable and the disk is not full, or restore a backup."
        case .busy(let path):
            "The library at \(path) is being written by another process. Wait for it to finish and try again."
        }
    }
}
