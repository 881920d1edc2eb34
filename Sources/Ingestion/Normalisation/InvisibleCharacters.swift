/// Characters that show nothing: control characters, byte order marks, zero-width and direction marks, soft hyphens.
enum InvisibleCharacters {
    /// - Returns: nil when there are none. O(n).
    static func removed(from text: String) -> String? {
        var result = TextBytes(capacity: text.utf8.count)
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars where !isInvisible(scalar, after: previous) {
            result.append(scalar)
            previous = scalar
        }
        return result.text(unlessSameAs: text)
    }

    private static func isInvisible(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Bool {
        switch scalar.value {
        // What is white space is left to `WhiteSpace`.
        case 0x09...0x0D, 0x20...0x7E: false
        case 0x00...0x1F, 0x7F...0x9F, 0xAD: true
        // Joiners are part of the spelling in Persian and in Indian scripts, and hold emoji together.
        case 0x200C, 0x200D: !joins(previous)
        case 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F: true
        case 0xFEFF, 0xFFF9...0xFFFC, 0xE0001: true
        case let value: value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
        }
    }

    private static func joins(_ scalar: Unicode.Scalar?) -> Bool {
        switch scalar?.value {
        case .some(0x0600...0x1FFF), .some(0x2600...0x27BF), .some(0xA000...): true
        default: false
        }
    }
}
