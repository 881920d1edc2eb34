/// Counts what speaks for UTF-8 and against it, piece by piece.
struct EncodingEvidence {
    /// Characters of two bytes and more.
    private(set) var validSequences = 0
    /// Bytes, or beginnings of characters, that cannot be UTF-8.
    private(set) var invalidSequences = 0
    /// How many bytes the character at hand still needs.
    private var missing = 0
    /// What its next byte must be: not only 0x80...0xBF after E0, ED, F0 and F4 (the Unicode Standard, table 3-7).
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    /// Takes note of the next bytes. O(n).
    mutating func feed(_ piece: [UInt8]) {
        piece.withUnsafeBufferPointer { bytes in
            var at = 0
            while at < bytes.count {
                if missing == 0 { at = bytes.firstIndexBeyondASCII(from: at) }
                if at < bytes.count { take(bytes[at]) }
                at += 1
            }
        }
    }

    /// The part ends: half a character is none.
    mutating func finish() {
        if missing > 0 { invalidSequences += 1 }
        missing = 0
    }

    /// UTF-8 when nothing speaks against it, and when it has more characters of several bytes than faults, or as many:
    /// then the faulty rows are shown as faulty, where another reading would garble the sound ones in silence.
    var verdict: TextEncoding { invalidSequences == 0 || validSequences >= invalidSequences ? .utf8 : .windows1252 }

    private mutating func take(_ byte: UInt8) {
        if missing > 0 {
            if (lowest...highest).contains(byte) {
                missing -= 1
                (lowest, highest) = (0x80, 0xBF)
                if missing == 0 { validSequences += 1 }
                return
            }
            // It may well begin a character of its own.
            invalidSequences += 1
            missing = 0
        }
        (lowest, highest) = (0x80, 0xBF)
        switch byte {
        case ..<0x80: break
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, lowest) = (2, 0xA0)
        case 0xED: (missing, highest) = (2, 0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, lowest) = (3, 0x90)
        case 0xF1...0xF3: missing = 3
        case 0xF4: (missing, highest) = (3, 0x8F)
        default: invalidSequences += 1
        }
    }
}
