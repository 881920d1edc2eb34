/// How byte-level vocabularies write bytes: each is one character that can be
/// seen, so that every token is text.
///
/// Printable Latin-1 stands for itself; the other 68 bytes, in order, are
/// U+0100 to U+0143. So a space is "Ġ". This is `bytes_to_unicode` of GPT-2.
enum ByteAlphabet {
    /// The character of each byte.
    static let characters: [Unicode.Scalar] = {
        var next: UInt32 = 0x100
        return (UInt8.min...UInt8.max).map { byte in
            switch byte {
            case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF:
                return Unicode.Scalar(byte)
            default:
                defer { next += 1 }
                // No surrogates are near U+0100.
                return Unicode.Scalar(next)!
            }
        }
    }()
}
