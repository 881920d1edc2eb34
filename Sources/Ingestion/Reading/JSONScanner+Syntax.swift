/// The grammar. Each function begins at what it names, and leaves `at` behind it.
extension JSONScanner {
    /// A string without its quotes.
    struct Content {
        var range: Range<Int>
        var isEscaped: Bool
    }

    var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

    func fault(_ reason: String) -> Fault {
        Fault(reason: at < bytes.count ? "\(reason) (byte \(at + 1))" : "it ends too early: \(reason)")
    }

    mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    /// The items of an array or object, which `item` reads one by one.
    mutating func list(
        closedBy closing: UInt8, depth: Int, item: (inout Self) throws(Fault) -> Void
    ) throws(Fault) {
        guard depth <= Self.greatestDepth else { throw fault("it is nested deeper than \(Self.greatestDepth)") }
        at += 1
        skipSpace()
        if peek == closing {
            at += 1
            return
        }
        while true {
            try item(&self)
            skipSpace()
            let byte = peek
            guard byte == closing || byte == UInt8(ascii: ",") else {
                throw fault("there should be a comma or \(Character(Unicode.Scalar(closing)))")
            }
            at += 1
            if byte == closing { return }
            skipSpace()
        }
    }

    /// A member's name, the colon after it, and the space around that.
    mutating func skipName() throws(Fault) -> Content {
        guard peek == UInt8(ascii: "\"") else { throw fault("there should be a name in double quotes") }
        let name = try skipString()
        skipSpace()
        guard peek == UInt8(ascii: ":") else { throw fault("there should be a colon") }
        at += 1
        skipSpace()
        return name
    }

    /// Any value.
    mutating func skipValue(depth: Int) throws(Fault) {
        switch peek {
        case UInt8(ascii: "{"):
            try list(closedBy: UInt8(ascii: "}"), depth: depth + 1) { scanner throws(Fault) in
                _ = try scanner.skipName()
                try scanner.skipValue(depth: depth + 1)
            }
        case UInt8(ascii: "["):
            try list(closedBy: UInt8(ascii: "]"), depth: depth + 1) { scanner throws(Fault) in
                try scanner.skipValue(depth: depth + 1)
            }
        case UInt8(ascii: "\""): _ = try skipString()
        case UInt8(ascii: "t"): try skipWord("true")
        case UInt8(ascii: "f"): try skipWord("false")
        case UInt8(ascii: "n"): try skipWord("null")
        default: try skipNumber()
        }
    }

    private mutating func skipWord(_ word: StaticString) throws(Fault) {
        for offset in 0..<word.utf8CodeUnitCount {
            guard peek == word.utf8Start[offset] else { throw fault("there should be a value") }
            at += 1
        }
    }

    private mutating func skipNumber() throws(Fault) {
        if peek == UInt8(ascii: "-") { at += 1 }
        if peek == UInt8(ascii: "0") {
            // No digit may follow; whoever goes on from here will say so.
            at += 1
        } else {
            try skipDigits("there should be a value")
        }
        if peek == UInt8(ascii: ".") {
            at += 1
            try skipDigits("there should be a digit")
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            at += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { at += 1 }
            try skipDigits("there should be a digit")
        }
    }

    private var isAtDigit: Bool { peek.map { (0x30...0x39).contains($0) } ?? false }

    private mutating func skipDigits(_ reason: String) throws(Fault) {
        guard isAtDigit else { throw fault(reason) }
        while isAtDigit { at += 1 }
    }

    /// A string, its quotes among it.
    mutating func skipString() throws(Fault) -> Content {
        let start = at + 1
        var isEscaped = false
        at = start
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                at += 1
                return Content(range: start..<at - 1, isEscaped: isEscaped)
            case UInt8(ascii: "\\"):
                isEscaped = true
                at += 1
                try skipEscape()
            case ..<0x20:
                throw fault("a control character stands in a string")
            default:
                at += 1
            }
        }
        throw fault("a string is not closed")
    }

    private mutating func skipEscape() throws(Fault) {
        switch peek {
        case UInt8(ascii: "u"):
            at += 1
            for _ in 0..<4 {
                guard let byte = peek, Unicode.Scalar(byte).properties.isASCIIHexDigit else {
                    throw fault("there should be four hexadecimal digits after \\u")
                }
                at += 1
            }
        case let byte? where Self.escapes(byte) != nil: at += 1
        default: throw fault("there is no such escape")
        }
    }
}

/// The values of strings.
extension JSONScanner {
    /// What a letter after a backslash stands for.
    fileprivate static func escapes(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// Appends the value of a string that `skipString` has found to be right. O(n).
    static func append(_ content: Content, of bytes: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
        let string = bytes[rebased: content.range]
        guard content.isEscaped else {
            text.append(contentsOf: string)
            return
        }
        var at = 0
        while at < string.count {
            guard string[at] == UInt8(ascii: "\\"), at + 1 < string.count else {
                text.append(string[at])
                at += 1
                continue
            }
            if let value = escapes(string[at + 1]) {
                text.append(value)
                at += 2
                continue
            }
            var unit = unit(in: string, at: at)
            at += 6
            let low = Self.unit(in: string, at: at)
            if let high = unit, high & 0xFC00 == 0xD800, let low, low & 0xFC00 == 0xDC00 {
                unit = 0x10000 + ((high & 0x3FF) << 10 | low & 0x3FF)
                at += 6
            }
            // Half a pair is no character, and Unicode.Scalar says so.
            text.append(contentsOf: String(unit.flatMap(Unicode.Scalar.init) ?? "\u{FFFD}").utf8)
        }
    }

    /// The UTF-16 unit of the `\uXXXX` at this place; nil when there is none.
    private static func unit(in string: UnsafeBufferPointer<UInt8>, at: Int) -> UInt32? {
        guard at + 6 <= string.count, string[at] == UInt8(ascii: "\\"), string[at + 1] == UInt8(ascii: "u") else {
            return nil
        }
        return UInt32(String(decoding: string[at + 2..<at + 6], as: UTF8.self), radix: 16)
    }
}
