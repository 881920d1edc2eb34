/// The name of one request, told in `X-Request-Id`, in every JSON answer and in the log.
struct RequestID: Hashable, Sendable, Encodable, CustomStringConvertible {
    let value: String

    /// Stands where no request has been read yet.
    static let none = RequestID(unchecked: "none")

    /// Takes over a name that the client or the proxy before us chose: 1 to 64 of `A-Z a-z 0-9 . _ -`. Nil for
    /// anything else, so that nobody writes into our log or headers.
    init?(_ text: String) {
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else { return nil }
        value = text
    }

    /// Makes a new name: 128 random bits in hexadecimal.
    static func random() -> RequestID {
        let bits = UInt128.random(in: 0...UInt128.max)
        let digits = String(bits, radix: 16)
        return RequestID(unchecked: String(repeating: "0", count: 32 - digits.count) + digits)
    }

    private init(unchecked value: String) {
        self.value = value
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    var description: String { value }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
