import Crypto
public import Foundation

/// The size and SHA-256 of a file.
public struct FileDigest: Sendable, Hashable, Codable {
    /// In bytes.
    public var size: Int
    /// Lower-case hexadecimal.
    public var sha256: String

    public init(size: Int, sha256: String) {
        self.size = size
        self.sha256 = sha256
    }

    /// Reads the file piece by piece. O(size) time, flat memory.
    /// - Throws: Foundation's error when it cannot be read.
    public init(ofFileAt url: URL) throws {
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        var hash = SHA256()
        size = 0
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
            hash.update(data: piece)
            size += piece.count
        }
        sha256 = hash.finalize().hexadecimal
    }

    /// The SHA-256 of bytes in memory, lower-case hexadecimal.
    public static func sha256(of data: Data) -> String {
        SHA256.hash(data: data).hexadecimal
    }
}

extension Sequence<UInt8> {
    /// Two lower-case digits a byte.
    public var hexadecimal: String {
        map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
