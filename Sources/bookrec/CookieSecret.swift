import Foundation
import WebService

/// What readers' cookies are signed with: `BOOKREC_COOKIE_SECRET`, else a file in the home that the first start makes.
enum CookieSecret {
    static let variable = "BOOKREC_COOKIE_SECRET"
    static let fileName = "cookie-secret"
    /// Letters at the least: as many bits as the signature needs, however they are written.
    static let shortest = 32

    /// - Parameters:
    ///   - named: what the environment says; nil when it says nothing.
    ///   - home: where the file lies or shall lie.
    /// - Throws: `CommandError` when there is a secret and it cannot be used. One that cannot be kept is told on stderr and
    ///   used until the server ends.
    static func load(named: String?, home: URL) throws -> [UInt8] {
        if let named {
            guard named.utf8.count >= shortest else {
                throw CommandError(
                    "\(variable) has \(named.utf8.count) letters. Give it \(shortest) or more, chosen at random, as by "
                        + "`openssl rand -hex 32`.", exitCode: usage)
            }
            return Array(named.utf8)
        }
        let file = home.appending(path: fileName)
        if let kept = try read(file) { return kept }
        let new = WebServiceConfiguration.randomSecret().map { byte in
            String(byte, radix: 16).leftPadded(to: 2)
        }.joined()
        do {
            try write(Array(new.utf8), to: file)
        } catch {
            Console.message(
                "\(file.path) cannot be written (\(String(cString: strerror(error.code)))): readers will not be known "
                    + "again after a restart. Make the folder writable, or set \(variable).")
            return Array(new.utf8)
        }
        // Of several servers that start at the same moment, one has made it.
        return try read(file) ?? Array(new.utf8)
    }

    private static func read(_ file: URL) throws -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let text = (try? String(contentsOf: file, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let text, text.utf8.count >= shortest else {
            throw CommandError(
                "\(file.path) cannot be read, or is no secret of \(shortest) letters. Make it readable, or remove it: a new "
                    + "one is made, and readers begin anew.", exitCode: badData)
        }
        return Array(text.utf8)
    }

    private struct Failure: Error {
        let code: Int32
    }

    /// Gives the file its name when it is whole and only its owner may read it, unless another process was faster.
    private static func write(_ secret: [UInt8], to file: URL) throws(Failure) {
        let draft = file.path + ".\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        defer { unlink(draft) }
        let isWritten = secret.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) == $0.count }
        let isSafe = isWritten && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard isSafe else { throw Failure(code: code) }
        guard link(draft, file.path) == 0 || errno == EEXIST else { throw Failure(code: errno) }
    }
}

extension String {
    fileprivate func leftPadded(to count: Int) -> String {
        String(repeating: "0", count: max(0, count - self.count)) + self
    }
}
