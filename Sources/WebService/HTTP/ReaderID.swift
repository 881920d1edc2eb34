import HTTPTypes
import Hummingbird

/// The name of an anonymous reader: random, kept in a cookie by their browser, or sent by a program in `X-Reader-Id`.
struct ReaderID: Sendable, Hashable {
    let value: String

    static let cookie = "reader"
    static let field = HTTPField.Name("X-Reader-Id")!
    private static let lengths = 16...64

    /// The reader of a request; nil for one who has none yet.
    /// - Throws: `Problem` when a program names its reader in a way that is no name.
    init?(_ request: Request) throws(Problem) {
        if let named = request.headers[Self.field] {
            guard let reader = ReaderID(named) else {
                throw Problem(
                    .invalidReader, "X-Reader-Id must be 16 to 64 letters, digits and hyphens, chosen at random.",
                    path: "X-Reader-Id")
            }
            self = reader
        } else {
            // What a browser sends back was made here; anything else is no reader's.
            guard let own = request.cookies[Self.cookie].flatMap({ ReaderID($0.value) }) else { return nil }
            self = own
        }
    }

    private init?(_ text: String) {
        let isName = text.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isName, Self.lengths.contains(text.utf8.count) else { return nil }
        value = text
    }

    private init(random value: String) {
        self.value = value
    }

    /// A new reader: 128 random bits.
    static func random() -> ReaderID { ReaderID(random: RequestID.random().value) }

    /// Kept for a year, sent to this site only, and not with forms of others.
    func remember(in response: inout Response) {
        response.headers[values: .setCookie].append(
            "\(Self.cookie)=\(value); Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax")
    }
}
