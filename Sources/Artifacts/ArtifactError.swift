/// Why a model or a bundle cannot be used, and what to do about it.
public enum ArtifactError: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is nothing at the place.
    case missing(what: String, path: String, remedy: String)
    /// It is there and is not what it should be: truncated, altered, of another kind.
    case damaged(what: String, path: String, reason: String, remedy: String)
    /// It was written by a newer version of the program.
    case newerFormat(path: String, format: Int, supported: Int)
    /// A program or a file system did not do what it was asked for.
    case failed(what: String, reason: String, remedy: String)
    /// Another process is at it.
    case busy(what: String, path: String)

    public var description: String {
        switch self {
        case .missing(let what, let path, let remedy):
            "There is no \(what) at \(path). \(remedy)"
        case .damaged(let what, let path, let reason, let remedy):
            "The \(what) at \(path) cannot be used: \(Self.clause(reason)). \(remedy)"
        case .newerFormat(let path, let format, let supported):
            "The bundle at \(path) has format \(format); this version of bookrec reads format \(supported). "
                + "Use a newer bookrec, or train a new bundle with this one."
        case .failed(let what, let reason, let remedy):
            "\(what) failed: \(Self.clause(reason)). \(remedy)"
        case .busy(let what, let path):
            "Another process is \(what) in \(path). Wait for it to finish and try again."
        }
    }

    /// Reasons come from many sources, some with a full stop.
    private static func clause(_ reason: String) -> String {
        reason.hasSuffix(".") ? String(reason.dropLast()) : reason
    }
}
