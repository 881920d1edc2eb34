extension NormalisationStep {
    /// The longest text, in scalars, that a step keeps whole; of longer ones it keeps the first place that changed.
    static let longestWhole = 200
    private static let lead = 40
    private static let length = 120

    /// Both texts as a report shows them. O(n).
    static func excerpts(_ before: String, _ after: String?) -> (before: String, after: String?) {
        // The number of bytes is known without counting, and never smaller.
        guard before.utf8.count > longestWhole || (after?.utf8.count ?? 0) > longestWhole else {
            return (before, after)
        }
        let same = zip(before.utf8, (after ?? "").utf8).prefix { $0 == $1 }.count
        return (excerpt(of: before, around: same), after.map { excerpt(of: $0, around: same) })
    }

    /// - Parameter place: In bytes.
    private static func excerpt(of text: String, around place: Int) -> String {
        let scalars = text.unicodeScalars
        let place = text.utf8.index(text.startIndex, offsetBy: place, limitedBy: text.endIndex) ?? text.endIndex
        // A place inside a character is rounded down to it.
        let change = scalars.index(place, offsetBy: 0)
        let start = scalars.index(change, offsetBy: -lead, limitedBy: text.startIndex) ?? text.startIndex
        let end = scalars.index(start, offsetBy: length, limitedBy: text.endIndex) ?? text.endIndex
        return (start > text.startIndex ? "…" : "") + String(text[start..<end]) + (end < text.endIndex ? "…" : "")
    }
}
