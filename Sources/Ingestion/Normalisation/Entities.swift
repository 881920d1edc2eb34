/// Character references of HTML: `&eacute;`, `&#233;`, `&#xE9;`.
enum Entities {
    /// How often an ampersand may have been escaped before the text is left as it is.
    private static let mostLayers = 8

    /// Decodes them, also where they were escaped again (`&amp;eacute;`). A reference ends with a semicolon; a name that
    /// HTML 4 does not know is text.
    /// - Returns: nil when there is none. O(n) per layer.
    static func decoded(in text: String) -> String? {
        var result: String?
        for _ in 0..<mostLayers {
            guard let next = decodedOnce(in: result ?? text) else { break }
            result = next
        }
        return result
    }

    private static func decodedOnce(in text: String) -> String? {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var found = false
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "&"), let (scalar, end) = reference(in: bytes, at: index) else {
                output.append(bytes[index])
                index += 1
                continue
            }
            found = true
            output.append(contentsOf: String(scalar).utf8)
            index = end
            // Escaped over and over: one ampersand, however many layers.
            while scalar == "&", bytes[index...].starts(with: "amp;".utf8) { index += 4 }
        }
        return found ? String(decoding: output, as: UTF8.self) : nil
    }

    private static func reference(in bytes: [UInt8], at start: Int) -> (Unicode.Scalar, end: Int)? {
        let limit = min(start + 12, bytes.count)
        guard let semicolon = bytes[(start + 1)..<limit].firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = String(decoding: bytes[(start + 1)..<semicolon], as: UTF8.self)
        let scalar = name.hasPrefix("#") ? numbered(name.dropFirst()) : EntityNames.scalar(named: name)
        return scalar.map { ($0, semicolon + 1) }
    }

    /// By the rules of HTML 5 (section 13.2.5.80): numbers of control characters mean Windows-1252.
    private static func numbered(_ digits: Substring) -> Unicode.Scalar? {
        let isHexadecimal = digits.first == "x" || digits.first == "X"
        let number = isHexadecimal ? digits.dropFirst() : digits
        // UInt32 would take a sign.
        guard let first = number.utf8.first, first != UInt8(ascii: "+"),
            let value = UInt32(number, radix: isHexadecimal ? 16 : 10)
        else { return nil }
        if (0x80...0x9F).contains(value) { return Windows1252.upper[Int(value) - 0x80] }
        return value == 0 ? nil : Unicode.Scalar(value)
    }
}
