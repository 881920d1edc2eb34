/// White space, in the sense of Unicode's property White_Space.
enum WhiteSpace {
    /// For a line: every run is one space, none at the ends. For a text: line breaks are line feeds, none at the ends.
    /// - Returns: nil when it is tidy already. O(n).
    static func tidied(_ text: String, as shape: TextShape) -> String? {
        var result = TextBytes(capacity: text.utf8.count)
        // White space that has not been written yet, because the end may follow.
        var pending: [Unicode.Scalar] = []
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            guard contains(scalar) else {
                if !pending.isEmpty {
                    if !result.isEmpty { for space in pending { result.append(space) } }
                    pending.removeAll(keepingCapacity: true)
                }
                result.append(scalar)
                continue
            }
            switch shape {
            case .line:
                if pending.isEmpty { pending.append(" ") }
            case .text:
                switch scalar {
                case "\n" where previous == "\r": break
                case "\r", "\u{B}", "\u{C}", "\u{2028}", "\u{2029}": pending.append("\n")
                default: pending.append(scalar)
                }
            }
        }
        return result.text(unlessSameAs: text)
    }

    /// The text without white space at its ends. O(n).
    static func trimmed(_ text: some StringProtocol) -> String {
        let text = Substring(text)
        guard let start = text.utf8.first, let end = text.utf8.last else { return "" }
        if (0x21...0x7E).contains(start), (0x21...0x7E).contains(end) { return String(text) }
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !contains($0) }),
            let last = scalars.lastIndex(where: { !contains($0) })
        else { return "" }
        return String(text[first...last])
    }

    /// The 25 characters of the property, which will stay as they are, without a look into the tables.
    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20, 0x09...0x0D, 0x85, 0xA0: true
        case 0x00...0x167F: false
        case 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }
}

/// A text that is being written, in UTF-8.
struct TextBytes {
    private var bytes: [UInt8] = []

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    var isEmpty: Bool { bytes.isEmpty }

    mutating func append(_ scalar: Unicode.Scalar) {
        if scalar.value < 0x80 {
            bytes.append(UInt8(scalar.value))
        } else {
            bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }

    /// Nil when it is the other text, byte for byte.
    func text(unlessSameAs other: String) -> String? {
        bytes.elementsEqual(other.utf8) ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
