/// A title that ends in its series and the place in it, as Goodreads writes them:
/// `The Color of Magic (Discworld, #1; Rincewind #1)`.
struct TitleWithSeries: Equatable {
    var title: String
    /// `Discworld #1; Rincewind #1`
    var series: String

    /// Nil when the title does not end in parentheses with a `#` and a number in them, or is nothing else. O(n).
    init?(_ text: String) {
        guard text.utf8.last == UInt8(ascii: ")") else { return nil }
        // Back to the parenthesis that the last one closes: `Ranma ½, Vol. 1 (Ranma ½ (US 2nd), #1)`.
        let bytes = Array(text.utf8)
        var depth = 0
        var start = bytes.count
        repeat {
            start -= 1
            if bytes[start] == UInt8(ascii: ")") { depth += 1 }
            if bytes[start] == UInt8(ascii: "(") { depth -= 1 }
        } while depth > 0 && start > 0
        guard depth == 0 else { return nil }
        let title = String(decoding: bytes[..<start], as: UTF8.self)
        guard !title.isBlank, let series = Self.series(bytes[(start + 1)..<(bytes.count - 1)]) else { return nil }
        self.title = Self.withoutSpaceAtEnds(title)
        self.series = series
    }

    /// `Discworld, #1` becomes `Discworld #1`; nil without a number.
    private static func series(_ bytes: ArraySlice<UInt8>) -> String? {
        var isNumbered = false
        var text: [UInt8] = []
        for (index, byte) in zip(bytes.indices, bytes) {
            if byte == UInt8(ascii: "#") {
                while let last = text.last, last == UInt8(ascii: " ") || last == UInt8(ascii: ",") { text.removeLast() }
                text.append(UInt8(ascii: " "))
                let next = bytes[(index + 1)...].first { $0 != UInt8(ascii: " ") } ?? 0
                if next >= 0x30 && next <= 0x39 { isNumbered = true }
            }
            text.append(byte)
        }
        let series = withoutSpaceAtEnds(String(decoding: text, as: UTF8.self))
        return isNumbered && !series.hasPrefix("#") ? series : nil
    }

    private static func withoutSpaceAtEnds(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard let first = bytes.firstIndex(where: { $0 != 0x20 }), let last = bytes.lastIndex(where: { $0 != 0x20 })
        else { return "" }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }
}
