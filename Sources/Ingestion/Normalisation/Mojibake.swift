/// UTF-8 that was read as Windows-1252 or Latin-1: `â€™` for ’, `Ã©` for é.
///
/// It is read back only when that is proved: every run of characters beyond ASCII must be, byte for byte, valid UTF-8,
/// and at least one of them must be what nobody writes. The second condition is there for capitals: in `CAFÉ®` the
/// letter and the sign are, by chance, one valid sequence of two bytes.
enum Mojibake {
    /// Texts have been seen that were read wrongly three times over.
    private static let mostLayers = 4

    /// - Returns: nil when nothing is proved. O(n).
    static func repaired(_ text: String) -> String? {
        var result: String?
        for _ in 0..<mostLayers {
            guard let better = peeled(result ?? text) else { break }
            result = better
        }
        return result
    }

    /// The text with one layer read back.
    private static func peeled(_ text: String) -> String? {
        guard mayBeMojibake(text) else { return nil }
        let scalars = Array(text.unicodeScalars)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(scalars.count)
        var isProved = false
        var ideographs = 0
        var index = 0
        while index < scalars.count {
            guard scalars[index].value >= 0x80 else {
                bytes.append(UInt8(scalars[index].value))
                index += 1
                continue
            }
            guard let sequence = Sequence(in: scalars, at: index) else { return nil }
            bytes += sequence.bytes
            switch sequence.proof(in: scalars) {
            case .strong: isProved = true
            case .onlyInCompany: ideographs += 1
            case .none: break
            }
            index += sequence.bytes.count
        }
        // One Chinese character may be an é with two signs after it; two side by side in Latin clothes are not.
        guard isProved || ideographs > 1 else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the first two characters beyond ASCII can begin a sequence: most texts end here.
    private static func mayBeMojibake(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let start = bytes.firstIndex(where: { $0 >= 0x80 }) else { return false }
        let scalars = text.unicodeScalars
        let next = scalars.index(after: start)
        guard next < scalars.endIndex, scalars[next].value >= 0x80, let lead = Windows1252.byte(of: scalars[start]),
            let second = Windows1252.byte(of: scalars[next])
        else { return false }
        return (0xC2...0xF4).contains(lead) && second & 0xC0 == 0x80
    }

    /// Two to four characters that are one character in UTF-8.
    private struct Sequence {
        enum Proof { case none, onlyInCompany, strong }

        let start: Int
        let bytes: [UInt8]
        let decoded: Unicode.Scalar

        /// Nil unless the bytes are valid (RFC 3629).
        init?(in scalars: [Unicode.Scalar], at start: Int) {
            guard let lead = Windows1252.byte(of: scalars[start]) else { return nil }
            let count: Int
            switch lead {
            case 0xC2...0xDF: count = 2
            case 0xE0...0xEF: count = 3
            case 0xF0...0xF4: count = 4
            default: return nil
            }
            guard start + count <= scalars.count else { return nil }
            var bytes = [lead]
            var value = UInt32(lead) & (0x7F >> UInt32(count))
            for scalar in scalars[(start + 1)..<(start + count)] {
                guard scalar.value >= 0x80, let byte = Windows1252.byte(of: scalar), byte & 0xC0 == 0x80 else {
                    return nil
                }
                bytes.append(byte)
                value = value << 6 | UInt32(byte & 0x3F)
            }
            let least: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
            guard value >= least[count], let decoded = Unicode.Scalar(value) else { return nil }
            self.start = start
            self.bytes = bytes
            self.decoded = decoded
        }

        /// Whether anyone could have meant the characters as they stand.
        func proof(in scalars: [Unicode.Scalar]) -> Proof {
            let end = start + bytes.count
            let tail = scalars[(start + 1)..<end]
            let previous = start > 0 ? scalars[start - 1] : nil
            let next = end < scalars.count ? scalars[end] : nil
            let tailIsNatural = tail.allSatisfy { Mojibake.afterWords.contains($0) }
            switch bytes[0] {
            case 0xC2, 0xC3:
                return tailIsNatural && endsCapitals(after: previous, before: next) ? .none : .strong
            case 0xC4...0xDF:
                // Letters of another alphabet stand in words.
                guard decoded.properties.isAlphabetic else { return .none }
                if tailIsNatural {
                    let isInsideWord = previous?.properties.isLowercase == true && next?.properties.isAlphabetic == true
                    return isInsideWord && bytes[1] != 0xA0 ? .strong : .none
                }
                return previous?.properties.isAlphabetic == true || next?.properties.isAlphabetic == true
                    ? .strong : .none
            case 0xE1 where (0x1E00...0x1EFF).contains(decoded.value):
                // Vietnamese, and letters with a dot: `Nguyá»…n`.
                let isInsideWord = previous?.properties.isLowercase == true && next?.properties.isLowercase == true
                return !tailIsNatural || isInsideWord ? .strong : .none
            case 0xE3...0xEE:
                return tailIsNatural ? .none : .onlyInCompany
            default:
                return tailIsNatural ? .none : .strong
            }
        }

        /// `IRMÃ”`: the lead may be the last letter of a word in capitals. Â and Ã alone are no words.
        private func endsCapitals(after previous: Unicode.Scalar?, before next: Unicode.Scalar?) -> Bool {
            previous?.properties.isUppercase == true && next?.properties.isLowercase != true
        }
    }

    /// What is found right after a word: quotes, dashes, signs, a footnote's number, a fixed space.
    private static let afterWords: Set<Unicode.Scalar> = [
        "’", "‘", "”", "“", "…", "–", "—", "™", "®", "©", "»", "«", "›", "‹", "\u{A0}", "·", "•", "º", "°", "ª", "¹",
        "²",
        "³", "´", "¨",
    ]
}
