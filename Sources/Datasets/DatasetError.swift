/// Why a dataset was not fetched, and what to do about it.
public enum DatasetError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The program knows no such dataset.
    case unknown(name: String, known: [String])
    /// `config/datasets.yaml` is wrong.
    case wrongList(reason: String)
    /// What was given as the base of the files' addresses is none.
    case wrongAddress(url: String, reason: String)
    /// No connection, or none that lasted, or the server failed (5xx).
    /// - Parameter kept: bytes that came and stay, at `path`.
    case unreachable(url: String, reason: String, attempts: Int, path: String, kept: Int)
    /// The server answers, and not with the file.
    case refused(url: String, reason: String)
    /// The server sends on to a place that is not gone to.
    case wrongRedirect(url: String, target: String, reason: String)
    /// What the server has is larger or smaller than the file. Nothing of it is kept.
    case wrongSize(url: String, reason: String)
    /// What came is another content. It was removed.
    case wrongContent(path: String, url: String, expected: Checksum, found: Checksum)
    /// A file of that name is there and is another content. It is left alone.
    case inTheWay(path: String, expected: Checksum, found: Checksum)
    /// The disk is full. What came stays.
    case diskFull(path: String, kept: Int)
    /// The file system did not do what it was asked for.
    case failed(what: String, path: String, reason: String)
    /// Another process fetches into the folder.
    case busy(path: String)

    public var description: String {
        switch self {
        case .unknown(let name, let known):
            "There is no dataset “\(name)”. These can be fetched: \(known.joined(separator: ", "))."
        case .wrongList(let reason):
            "config/datasets.yaml, which was built in, is wrong: \(reason). Correct it and build again."
        case .wrongAddress(let url, let reason):
            "\(url) is no address for --base-url: \(reason). Write for example https://example.org/folder."
        case .unreachable(let url, let reason, let attempts, let path, let kept):
            "\(url) could not be fetched in \(attempts) \(attempts == 1 ? "attempt" : "attempts"): \(reason). "
                + Self.again(path, kept, first: "Check the network and give the same command again")
        case .refused(let url, let reason):
            "\(url) could not be fetched: \(reason). Open the address in a browser; if the data is at another one now, "
                + "give that with --base-url."
        case .wrongRedirect(let url, let target, let reason):
            "\(url) sends on to \(target), which is not followed: \(reason). "
                + "If it is right, give its folder with --base-url."
        case .wrongSize(let url, let reason):
            "\(url) is not the file that was published: \(reason). Nothing of it was kept. "
                + "Try over another network, or give another source with --base-url."
        case .wrongContent(let path, let url, let expected, let found):
            "\(path): what came from \(url) is not the file that was published: expected \(expected), found \(found). "
                + "It was removed. Give the same command again; if that does not help, try over another network."
        case .inTheWay(let path, let expected, let found):
            "\(path) is there and is another file: expected \(expected), found \(found). It was left as it is. "
                + "Move it away, or name another folder with --to."
        case .diskFull(let path, let kept):
            "The disk is full: \(path) cannot be written. "
                + Self.again(path, kept, first: "Make room and give the same command again")
        case .failed(let what, let path, let reason):
            "\(what) \(path) failed: \(reason). Check the permissions of the folder, or name another with --to."
        case .busy(let path):
            "Another process is fetching into \(path). Wait for it to finish and try again."
        }
    }

    private static func again(_ path: String, _ kept: Int, first: String) -> String {
        kept > 0 ? "\(first); it goes on after the \(kept) bytes in \(path)." : "\(first)."
    }
}
