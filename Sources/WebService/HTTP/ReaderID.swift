import HTTPTypes
import Hummingbird

/// The name of an anonymous reader, at random. Whoever knows it is that reader.
struct ReaderID: Sendable, Hashable {
    let value: String

    private static let lengths = 16...64

    /// - Returns: nil for what is no name: it must be of 16 to 64 letters, digits and hyphens.
    init?(_ text: String) {
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
}
