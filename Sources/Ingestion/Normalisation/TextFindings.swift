/// What there may be to do about a text, from one look at its bytes: the steps that look at characters take a hundred
/// times as long, and most texts with an accent or a curly quote need none of them.
struct TextFindings {
    /// `<`, `&`
    var less = false
    var ampersand = false
    var nonASCII = false
    /// A control character that Windows-1252 has a sign for.
    var upperControl = false
    /// Something that `InvisibleCharacters` may remove.
    var invisible = false
    /// White space that is not as it should be.
    var whiteSpace = false
    /// Something that may not be in normalisation form C.
    var uncomposed = false

    /// O(n). Each flag may be set without need, and is never missing where it is needed.
    init(in text: String, as shape: TextShape) {
        let bytes = text.utf8Span.span
        let count = bytes.count
        var previous = UInt8(ascii: " ")
        for index in 0..<count {
            let byte = bytes[index]
            if byte < 0x80 {
                switch byte {
                case UInt8(ascii: "<"): less = true
                case UInt8(ascii: "&"): ampersand = true
                case UInt8(ascii: " "):
                    if index == 0 || index == count - 1 || (shape == .line && previous == byte) { whiteSpace = true }
                case 0x09, 0x0A:
                    if shape == .line || index == 0 || index == count - 1 { whiteSpace = true }
                case 0x0B...0x0D: whiteSpace = true
                case 0x00...0x1F, 0x7F: invisible = true
                default: break
                }
            } else if byte >= 0xC0 {
                nonASCII = true
                let next = index + 1 < count ? bytes[index + 1] : 0
                lookAt(byte, next, index + 2 < count ? bytes[index + 2] : 0, as: shape)
            }
            previous = byte
        }
    }

    /// - Parameters: The first three bytes of a character, as far as it has them.
    private mutating func lookAt(_ lead: UInt8, _ second: UInt8, _ third: UInt8, as shape: TextShape) {
        switch (lead, second) {
        case (0xC2, 0x80...0x9F):
            upperControl = true
            invisible = true
            whiteSpace = whiteSpace || second == 0x85
        case (0xC2, 0xA0): whiteSpace = true
        case (0xC2, 0xAD): invisible = true
        // Latin letters and signs, up to U+02FF.
        case (0xC2...0xCB, _): break
        case (0xE2, 0x80):
            switch third {
            case 0x80...0x8A, 0xA8, 0xA9, 0xAF: whiteSpace = true
            default: break
            }
            if third < 0x90 || (0xA8...0xAF).contains(third) { invisible = true }
            // U+2000 and U+2001 are composed to other spaces.
            if third < 0x90 { uncomposed = true }
        case (0xE2, 0x81):
            whiteSpace = true
            invisible = true
            uncomposed = true
        // Signs of currencies, and ™.
        case (0xE2, 0x82) where third >= 0xA0: break
        case (0xE2, 0x84) where third == 0xA2: break
        default:
            uncomposed = true
            if lead == 0xD8 || lead == 0xE1 || lead == 0xEF || lead >= 0xF0 { invisible = true }
            if lead == 0xE1 || lead == 0xE3 { whiteSpace = true }
        }
    }
}
