import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// How readers are known again: by a cookie that we signed, or by the name that a program sends in `X-Reader-Id`.
///
/// The signature keeps others from choosing a browser's name (a neighbouring host may set cookies for us), which they would
/// then know. So a cookie without one, as earlier releases gave, is nobody's: signing it now would sign what anybody set.
struct ReaderCookie: Sendable {
    static let name = "reader"
    static let field = HTTPField.Name("X-Reader-Id")!
    /// Bytes of a secret at the least.
    static let shortestSecret = 32

    private let key: SymmetricKey

    /// - Parameter secret: what cookies are signed with; those that were signed with another are nobody's.
    init(secret: [UInt8]) {
        key = SymmetricKey(data: secret)
    }

    /// The reader of a request; nil for one who has no name yet.
    /// - Throws: `Problem` when a program names its reader in a way that is no name.
    func reader(of request: Request) throws(Problem) -> ReaderID? {
        guard let named = request.headers[Self.field] else {
            // What a browser sends back was made here; anything else is no reader's.
            return request.cookies[Self.name].flatMap { reader(in: $0.value) }
        }
        guard let reader = ReaderID(named) else {
            throw Problem(
                .invalidReader, "X-Reader-Id must be 16 to 64 letters, digits and hyphens, chosen at random.",
                path: "X-Reader-Id")
        }
        return reader
    }

    /// The value of a reader's cookie: name, dot, signature.
    func value(for reader: ReaderID) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Self.message(reader), using: key)
        return "\(reader.value).\(Data(code).base64URL)"
    }

    /// Kept for a year, sent to this site only, and not with forms of others.
    func remember(_ reader: ReaderID, in response: inout Response) {
        set(value(for: reader), seconds: 31_536_000, in: &response)
    }

    func forget(in response: inout Response) {
        set("", seconds: 0, in: &response)
    }

    private func set(_ value: String, seconds: Int, in response: inout Response) {
        response.headers[values: .setCookie].append(
            "\(Self.name)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax")
    }

    private func reader(in value: String) -> ReaderID? {
        let parts = value.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let reader = ReaderID(String(parts[0])), let code = Data(base64URL: parts[1]),
            // In constant time, so that no signature can be found piece by piece.
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Self.message(reader), using: key)
        else { return nil }
        return reader
    }

    /// Says what is signed, so that the same secret may sign other things.
    private static func message(_ reader: ReaderID) -> Data { Data("reader:\(reader.value)".utf8) }
}

extension Data {
    /// Base64 as it may stand in a cookie: `-` and `_`, without padding.
    fileprivate var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    fileprivate init?(base64URL text: some StringProtocol) {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        self.init(
            base64Encoded: String(text).replacing("-", with: "+").replacing("_", with: "/") + padding)
    }
}
