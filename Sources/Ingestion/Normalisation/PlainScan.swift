/// The one look at the bytes that most values need: they are plain and returned as they are.
enum PlainScan {
    enum Verdict: Equatable {
        /// Nothing to do.
        case clean
        /// Empty, or nothing but spaces.
        case blank
        /// Something to trim, or something that is not plain ASCII.
        case work
    }

    /// Plain is printable ASCII without `<` and `&`; in a text also the line feed, in a line no two spaces in a row.
    /// O(n), without allocation.
    static func look(at raw: String, as shape: TextShape) -> Verdict {
        let bytes = raw.utf8Span.span
        guard !bytes.isEmpty else { return .blank }
        var onlySpaces = true
        // A value that begins with a space is not clean: the start counts as one.
        var previous = UInt8(ascii: " ")
        var isClean = true
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == UInt8(ascii: " ") {
                if index == 0 || (shape == .line && previous == byte) { isClean = false }
            } else {
                onlySpaces = false
                if byte &- 0x21 > 0x7E - 0x21 || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") {
                    guard byte == UInt8(ascii: "\n"), shape == .text, index > 0 else { return .work }
                }
            }
            previous = byte
        }
        if onlySpaces { return .blank }
        let endsPlain = previous != UInt8(ascii: " ") && previous != UInt8(ascii: "\n")
        return isClean && endsPlain ? .clean : .work
    }
}
