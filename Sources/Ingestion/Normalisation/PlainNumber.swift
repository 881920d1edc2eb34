/// Numbers as programs write them, read in one pass over the bytes. Nil for anything else, which is then looked at with
/// more patience.
enum PlainNumber {
    /// `1234`, `-750`: up to 18 digits. O(n).
    static func whole(_ text: String) -> Int? {
        let bytes = text.utf8Span.span
        var index = 0
        let isNegative = !bytes.isEmpty && bytes[0] == UInt8(ascii: "-")
        if isNegative { index = 1 }
        guard index < bytes.count, bytes.count - index <= 18 else { return nil }
        var value = 0
        while index < bytes.count {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int(digit)
            index += 1
        }
        return isNegative ? -value : value
    }

    /// `4`, `4.25`: up to 15 digits, which a `Double` holds exactly; the division by a power of ten that it holds
    /// exactly too rounds once, so the result is the nearest `Double` (Clinger, "How to Read Floating Point Numbers
    /// Accurately", 1990). O(n).
    static func decimal(_ text: String) -> Double? {
        let bytes = text.utf8Span.span
        guard !bytes.isEmpty, bytes.count <= 16, bytes[0] != UInt8(ascii: ".") else { return nil }
        var value = 0
        var decimals: Int?
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == UInt8(ascii: "."), decimals == nil {
                decimals = 0
                continue
            }
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int(digit)
            decimals? += 1
        }
        guard let decimals else { return bytes.count <= 15 ? Double(value) : nil }
        guard decimals > 0 else { return nil }
        return Double(value) / powersOfTen[decimals]
    }

    /// A number of `count` digits from `start` on; nil when one of them is none.
    static func digits(_ count: Int, of bytes: Span<UInt8>, from start: Int) -> Int? {
        var value = 0
        for index in start..<(start + count) {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int(digit)
        }
        return value
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    ]
}
