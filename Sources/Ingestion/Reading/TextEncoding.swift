/// How a part's bytes stand for text.
public enum TextEncoding: String, Sendable, CaseIterable, Codable {
    case utf8 = "UTF-8"
    /// Also for ISO 8859-1, whose control characters from 0x80 to 0x9F no table of books has. The five bytes that
    /// Windows-1252 leaves undefined are read as those controls, as browsers do.
    case windows1252 = "Windows-1252"
    /// With a byte-order mark only.
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"

    var isUTF16: Bool { self == .utf16LittleEndian || self == .utf16BigEndian }
}

/// Makes UTF-8 of a part's bytes, piece by piece. A character may be cut by a piece's end.
///
/// What is not valid comes out as bytes that no valid UTF-8 has, so that the record with it gets its flaw.
struct Transcoder {
    private let encoding: TextEncoding
    /// The first byte of a UTF-16 unit whose second is in the next piece.
    private var oddByte: UInt8?
    private var highSurrogate: UInt16?

    init(_ encoding: TextEncoding) {
        self.encoding = encoding
    }

    /// O(n).
    mutating func utf8(of piece: [UInt8]) -> [UInt8] {
        switch encoding {
        case .utf8: piece
        case .windows1252: Self.fromWindows1252(piece)
        case .utf16LittleEndian, .utf16BigEndian: fromUTF16(piece)
        }
    }

    /// What is left at the part's end: half a character.
    mutating func finish() -> [UInt8] {
        var rest: [UInt8] = []
        if let high = highSurrogate { Self.append(UInt32(high), to: &rest) }
        if oddByte != nil { rest.append(0xFF) }
        (highSurrogate, oddByte) = (nil, nil)
        return rest
    }

    private static func fromWindows1252(_ piece: [UInt8]) -> [UInt8] {
        piece.withUnsafeBufferPointer { bytes in
            var text: [UInt8] = []
            text.reserveCapacity(bytes.count + bytes.count / 16)
            var at = 0
            while at < bytes.count {
                let end = bytes.firstIndexBeyondASCII(from: at)
                text.append(contentsOf: bytes[at..<end])
                if end < bytes.count {
                    let byte = bytes[end]
                    append(byte < 0xA0 ? UInt32(windows1252[Int(byte) - 0x80]) : UInt32(byte), to: &text)
                }
                at = end + 1
            }
            return text
        }
    }

    private mutating func fromUTF16(_ piece: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(piece.count)
        for byte in piece {
            guard let first = oddByte else {
                oddByte = byte
                continue
            }
            oddByte = nil
            let (low, high) = encoding == .utf16LittleEndian ? (first, byte) : (byte, first)
            take(UInt16(high) << 8 | UInt16(low), &text)
        }
        return text
    }

    private mutating func take(_ unit: UInt16, _ text: inout [UInt8]) {
        if let high = highSurrogate {
            highSurrogate = nil
            if unit & 0xFC00 == 0xDC00 {
                Self.append(0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF)), to: &text)
                return
            }
            Self.append(UInt32(high), to: &text)
        }
        if unit & 0xFC00 == 0xD800 {
            highSurrogate = unit
        } else {
            Self.append(UInt32(unit), to: &text)
        }
    }

    /// Surrogates too are given three bytes, which no decoder of UTF-8 takes.
    private static func append(_ scalar: UInt32, to text: inout [UInt8]) {
        func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(scalar >> shift & 0x3F) }
        switch scalar {
        case ..<0x80: text.append(UInt8(scalar))
        case ..<0x800: text += [0xC0 | UInt8(scalar >> 6), tail(0)]
        case ..<0x10000: text += [0xE0 | UInt8(scalar >> 12), tail(6), tail(0)]
        default: text += [0xF0 | UInt8(scalar >> 18 & 7), tail(12), tail(6), tail(0)]
        }
    }

    /// What Windows-1252 has from 0x80 to 0x9F: unicode.org, CP1252.TXT.
    private static let windows1252: [UInt16] = [
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D,
        0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x009D, 0x017E, 0x0178,
    ]
}
