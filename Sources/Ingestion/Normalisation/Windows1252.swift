/// The code page Windows-1252, as the WHATWG Encoding Standard has it: the five bytes that it leaves undefined stand for
/// the control characters of the same number.
enum Windows1252 {
    /// The characters of the bytes 0x80 to 0x9F.
    static let upper: [Unicode.Scalar] = [
        "€", "\u{81}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{8D}", "Ž", "\u{8F}",
        "\u{90}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{9D}", "ž", "Ÿ",
    ]

    /// The byte that was read as this character, whether as Windows-1252 or as Latin-1.
    static func byte(of scalar: Unicode.Scalar) -> UInt8? {
        if scalar.value < 0x100 { return UInt8(scalar.value) }
        return bytes[scalar.value]
    }

    private static let bytes = Dictionary(
        uniqueKeysWithValues: zip(upper, UInt8(0x80)...0x9F).compactMap { $0.value < 0x100 ? nil : ($0.value, $1) })
}
