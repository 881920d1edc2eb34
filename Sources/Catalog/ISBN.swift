/// An ISBN-13 whose checksum is right. Thirteen ASCII digits.
///
/// Source of both checksums: ISO 2108:2017.
public struct ISBN13: Hashable, Sendable, Codable, CustomStringConvertible {
    public let digits: String

    /// Reads an ISBN-13, with or without hyphens and spaces. Nil when the length, a character or the checksum is wrong.
    public init?(_ text: String) {
        guard let digits = Self.significant(in: text, count: 13), digits.allSatisfy({ $0 < 10 }) else { return nil }
        // Other prefixes are those of other goods: a shop's own numbers, placeholders of nothing but zeros.
        guard digits.starts(with: [9, 7, 8]) || digits.starts(with: [9, 7, 9]) else { return nil }
        let sum = zip(digits, 0...).reduce(0) { $0 + $1.0 * ($1.1.isMultiple(of: 2) ? 1 : 3) }
        guard sum.isMultiple(of: 10) else { return nil }
        self.digits = Self.text(of: digits)
    }

    /// Converts an ISBN-10, whose check character may be `X`. Nil when the length, a character or the checksum is wrong.
    public init?(isbn10 text: String) {
        guard let digits = Self.significant(in: text, count: 10), digits.dropLast().allSatisfy({ $0 < 10 }) else {
            return nil
        }
        let sum = zip(digits, 0...).reduce(0) { $0 + $1.0 * (10 - $1.1) }
        guard sum.isMultiple(of: 11) else { return nil }
        let body = [9, 7, 8] + digits.dropLast()
        let weighted = zip(body, 0...).reduce(0) { $0 + $1.0 * ($1.1.isMultiple(of: 2) ? 1 : 3) }
        self.digits = Self.text(of: body + [(10 - weighted % 10) % 10])
    }

    /// Reads either form.
    public static func parse(_ text: String) -> ISBN13? {
        ISBN13(text) ?? ISBN13(isbn10: text)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let isbn = ISBN13(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is not an ISBN-13.")
        }
        self = isbn
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(digits)
    }

    public var description: String { digits }

    /// The digit values in order, `X` as 10, separators left out; nil unless there are exactly `count` of them.
    private static func significant(in text: String, count: Int) -> [Int]? {
        var values: [Int] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): values.append(Int(byte - UInt8(ascii: "0")))
            case UInt8(ascii: "X"), UInt8(ascii: "x"): values.append(10)
            case UInt8(ascii: "-"), UInt8(ascii: " "): continue
            default: return nil
            }
            guard values.count <= count else { return nil }
        }
        return values.count == count ? values : nil
    }

    private static func text(of digits: [Int]) -> String {
        digits.map(String.init).joined()
    }
}
