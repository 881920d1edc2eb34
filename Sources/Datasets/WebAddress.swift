import Foundation

/// Which addresses are asked.
enum WebAddress {
    /// Checks what a person gave as the base, and takes a slash at its end away.
    ///
    /// Plain http is allowed here: what comes is compared with a checksum.
    /// - Throws: `DatasetError.wrongAddress`.
    static func base(_ text: String) throws(DatasetError) -> String {
        func wrong(_ reason: String) -> DatasetError { .wrongAddress(url: text, reason: reason) }
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased() else {
            throw wrong("it cannot be read")
        }
        guard scheme == "https" || scheme == "http" else { throw wrong("it is neither https nor http") }
        guard let host = parts.host, !host.isEmpty else { throw wrong("it names no host") }
        guard parts.user == nil, parts.password == nil else {
            throw wrong("a name and password in it would be stored and shown")
        }
        guard parts.query == nil, parts.fragment == nil else { throw wrong("it has a query or a fragment") }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// Where a redirect leads, if it may be followed: to https, or from this machine to this machine.
    ///
    /// A server elsewhere must not make this machine ask its own services.
    /// - Throws: `DatasetError.wrongRedirect`.
    static func target(of location: String, from url: String) throws(DatasetError) -> String {
        let shown = String(location.prefix(200))
        func wrong(_ reason: String) -> DatasetError { .wrongRedirect(url: url, target: shown, reason: reason) }
        guard let target = URL(string: location, relativeTo: URL(string: url))?.absoluteURL,
            let scheme = target.scheme?.lowercased(), let host = target.host(), !host.isEmpty
        else { throw wrong("it is no address") }
        guard target.user == nil, target.password == nil else { throw wrong("it holds a name or password") }
        if isLoopback(host) {
            let origin = URL(string: url)?.host() ?? ""
            guard isLoopback(origin) else { throw wrong("it is this machine itself") }
            guard scheme == "http" || scheme == "https" else { throw wrong("it is neither https nor http") }
        } else if scheme != "https" {
            throw wrong("it is not https")
        }
        return target.absoluteString
    }

    /// `localhost`, 127.0.0.0/8 or ::1, and no name that only begins so.
    static func isLoopback(_ host: String) -> Bool {
        let host = host.lowercased().trimmingCharacters(in: ["[", "]"])
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
