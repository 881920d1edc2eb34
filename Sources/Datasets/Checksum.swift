import Crypto
public import Foundation

/// What a file's bytes must give. Lower-case hexadecimal.
public enum Checksum: Sendable, Hashable, CustomStringConvertible {
    /// SHA-256 of the bytes.
    case sha256(String)
    /// The id of the bytes as an object of git: SHA-1 over `blob SIZE`, a zero byte and the bytes (git's own
    /// documentation, "Git Internals: Git Objects").
    case gitBlob(String)

    /// As in messages and in the record beside an unfinished file: `sha256:…`.
    public var description: String {
        switch self {
        case .sha256(let digits): "sha256:\(digits)"
        case .gitBlob(let digits): "gitBlob:\(digits)"
        }
    }

    /// The checksum of the same kind that a file really has. O(size) time, flat memory.
    ///
    /// Made after the download rather than along with it: the size stands before the bytes in git's form, and a resumed
    /// file has to be read again anyway.
    /// - Throws: Foundation's error when the file cannot be read.
    public func found(in url: URL) throws -> Checksum {
        switch self {
        case .sha256: .sha256(try Self.digest(SHA256(), of: url))
        case .gitBlob: .gitBlob(try Self.digest(Insecure.SHA1(), of: url) { "blob \($0)\0" })
        }
    }

    /// - Parameter prefix: what to hash before the bytes, made from their count.
    private static func digest(
        _ start: some HashFunction, of url: URL, prefix: (Int) -> String = { _ in "" }
    ) throws -> String {
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: 0)
        var hash = start
        hash.update(data: Data(prefix(Int(size)).utf8))
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
        return hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
