/// What stands around an ISBN.
enum ISBNWrapping {
    /// `="0316769487"`, `ISBN-13: 978-…`, `urn:isbn:…`, `0316769487 (pbk.)` without all that. O(n).
    static func removed(from raw: String) -> String {
        var text = WhiteSpace.trimmed(raw)
        if text.hasPrefix("=") { text.removeFirst() }
        text = unquoted(text)
        for prefix in ["urn:", "isbn:"] where text.lowercased().hasPrefix(prefix) { text.removeFirst(prefix.count) }
        text = WhiteSpace.trimmed(withoutName(text))
        // Librarians note the binding, and the price after a colon.
        if let note = text.firstIndex(where: { $0 == "(" || $0 == "[" || $0 == ":" }) {
            text = WhiteSpace.trimmed(text[..<note])
        }
        return unquoted(text)
    }

    private static func unquoted(_ text: String) -> String {
        let quotes: Set<Unicode.Scalar> = ["\"", "'", "“", "”", "‘", "’", "„", "`"]
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !quotes.contains($0) }),
            let last = scalars.lastIndex(where: { !quotes.contains($0) })
        else { return "" }
        return WhiteSpace.trimmed(text[first...last])
    }

    /// Without `ISBN`, `ISBN-13:`, `ISBN 10`, `SBN`, `EAN`. The 10 or 13 belongs to the name when no digit follows.
    private static func withoutName(_ text: String) -> Substring {
        let lower = text.lowercased()
        guard let name = ["isbns", "isbn", "sbn", "ean"].first(where: lower.hasPrefix) else { return text[...] }
        let rest = text.dropFirst(name.count)
        let number = rest.drop { $0 == "-" || $0 == " " || $0 == "_" || $0 == "(" }
        if number.hasPrefix("10") || number.hasPrefix("13") {
            let after = number.dropFirst(2)
            if after.first.map({ !$0.isNumber && $0 != "-" }) ?? true { return after.drop(while: isBetween) }
        }
        return rest.drop(while: isBetween)
    }

    private static func isBetween(_ character: Character) -> Bool { ":#=.-) ".contains(character) }
}
