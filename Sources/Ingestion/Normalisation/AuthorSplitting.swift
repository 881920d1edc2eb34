/// Where a text with several names is cut.
enum AuthorSplitting {
    /// The trimmed parts between separators outside brackets, without empty ones. Where brackets do not close, they are
    /// like any other character. O(n).
    /// - Parameter separators: In ASCII.
    static func parts(of text: String, at separators: String) -> [String] {
        let bytes = text.utf8
        let marks = Array(separators.utf8)
        guard bytes.contains(where: marks.contains) else {
            let only = WhiteSpace.trimmed(text)
            return only.isEmpty ? [] : [only]
        }
        let isBracketed = areBracketsClosed(bytes)
        var parts: [String] = []
        var depth = 0
        var start = bytes.startIndex
        func endPart(at end: String.Index) {
            let part = WhiteSpace.trimmed(text[start..<end])
            if !part.isEmpty { parts.append(part) }
        }
        for index in bytes.indices {
            let byte = bytes[index]
            if isBracketed { depth += bracket(byte) }
            if depth == 0, marks.contains(byte) {
                endPart(at: index)
                start = bytes.index(after: index)
            }
        }
        endPart(at: bytes.endIndex)
        return parts
    }

    /// 1 for an opening bracket, -1 for a closing one.
    private static func bracket(_ byte: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["): 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"): -1
        default: 0
        }
    }

    private static func areBracketsClosed(_ bytes: some Sequence<UInt8>) -> Bool {
        var depth = 0
        for byte in bytes {
            depth += bracket(byte)
            if depth < 0 { return false }
        }
        return depth == 0
    }

    /// `J.K. Rowling/Mary GrandPré`; `AC/DC` and `N/A` stay whole: one side at least is a name of several words.
    static func atSlashes(_ text: String) -> [String] {
        guard text.utf8.contains(UInt8(ascii: "/")) else { return [text] }
        let parts = parts(of: text, at: "/")
        guard parts.count > 1, parts.contains(where: { $0.contains(" ") }), parts.allSatisfy({ $0.count > 2 }) else {
            return [text]
        }
        return parts
    }

    /// Cut at `&`, `and`, `with`, `und`, `et` and `y` between spaces, outside brackets; whether the parts are people is
    /// for the caller to see.
    static func atWords(_ text: String) -> [String] {
        guard areBracketsClosed(text.utf8) else { return [text] }
        var parts: [String] = []
        var start = text.startIndex
        var depth = 0
        for word in text.utf8.split(separator: UInt8(ascii: " ")) {
            if depth == 0, word.count <= 4, AuthorWords.between.contains(Substring(word).lowercased()) {
                parts.append(WhiteSpace.trimmed(text[start..<word.startIndex]))
                start = word.endIndex
            }
            depth += word.reduce(0) { $0 + bracket($1) }
        }
        guard !parts.isEmpty else { return [text] }
        parts.append(WhiteSpace.trimmed(text[start...]))
        return parts.contains("") ? [text] : parts
    }
}
