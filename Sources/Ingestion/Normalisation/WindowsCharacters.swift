/// Windows-1252 that was read as Latin-1: its quotes and dashes are control characters then, which no text has.
///
/// There is no checksum here, and other code pages use the same bytes for letters (0x96 is an ñ on old Macintoshes). So
/// all of them are read, or none: each must make sense where it stands.
enum WindowsCharacters {
    /// - Returns: nil when there are none, or when one makes no sense. O(n).
    static func read(_ text: String) -> String? {
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var found = false
        for (index, scalar) in scalars.enumerated() {
            guard (0x80...0x9F).contains(scalar.value) else {
                result.append(scalar)
                continue
            }
            let character = Windows1252.upper[Int(scalar.value) - 0x80]
            let before = index > 0 && scalars[index - 1].properties.isAlphabetic
            let after = index + 1 < scalars.count && scalars[index + 1].properties.isAlphabetic
            guard makesSense(character, afterLetter: before, beforeLetter: after) else { return nil }
            result.append(character)
            found = true
        }
        return found ? String(result) : nil
    }

    private static func makesSense(_ character: Unicode.Scalar, afterLetter: Bool, beforeLetter: Bool) -> Bool {
        switch character {
        case "’", "—", "…": true
        case "Š", "š", "Œ", "œ", "Ž", "ž", "Ÿ": afterLetter || beforeLetter
        case "‘", "“", "”", "–", "•", "™", "€", "‚", "„", "‹", "›", "†", "‡", "‰": !(afterLetter && beforeLetter)
        default: false
        }
    }
}
