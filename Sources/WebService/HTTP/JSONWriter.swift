/// A value that writes itself as JSON, byte for byte as `JSONBody.encode` would.
///
/// `JSONEncoder` first makes a tree of boxed values and looks every type up at run time, which takes longer than finding the
/// books that it writes. What is written less often goes through it all the same.
protocol JSONWritable {
    func write(to json: inout JSONWriter)
}

/// Writes JSON as one run of bytes, without white space.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    /// Whether the next member or element needs a comma before it.
    private var needsComma = false

    init() {
        bytes.reserveCapacity(16 * 1_024)
    }

    /// An object of the members that `body` writes, whose names must come in alphabetical order.
    mutating func object(_ body: (inout JSONWriter) -> Void) {
        enclose("{", "}", body)
    }

    mutating func member(_ name: StaticString, _ value: some JSONWritable) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        // Names are ours: none has anything to escape.
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ":")])
        value.write(to: &self)
        needsComma = true
    }

    fileprivate mutating func array(_ values: some Sequence<some JSONWritable>) {
        enclose("[", "]") { json in
            for value in values {
                json.separate()
                value.write(to: &json)
                json.needsComma = true
            }
        }
    }

    private mutating func enclose(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONWriter) -> Void) {
        bytes.append(UInt8(ascii: open))
        needsComma = false
        body(&self)
        bytes.append(UInt8(ascii: close))
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    fileprivate mutating func literal(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    fileprivate mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for (place, byte) in utf8.enumerated() {
                guard let escape = Self.escape(byte) else { continue }
                bytes.append(contentsOf: utf8[start..<place])
                bytes.append(contentsOf: escape.utf8)
                start = place + 1
            }
            bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// What stands for a byte that may not stand in a string; nil for all others.
    private static func escape(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "\""): "\\\""
        case UInt8(ascii: "\\"): "\\\\"
        case 0x08: "\\b"
        case 0x09: "\\t"
        case 0x0A: "\\n"
        case 0x0C: "\\f"
        case 0x0D: "\\r"
        case 0..<0x10: "\\u000" + String(byte, radix: 16)
        case 0x10..<0x20: "\\u00" + String(byte, radix: 16)
        default: nil
        }
    }
}

extension String: JSONWritable {
    func write(to json: inout JSONWriter) { json.string(self) }
}

extension Int: JSONWritable {
    func write(to json: inout JSONWriter) { json.literal(String(self)) }
}

extension Bool: JSONWritable {
    func write(to json: inout JSONWriter) { json.literal(self ? "true" : "false") }
}

extension Double: JSONWritable {
    /// The shortest digits that give the same number again, `null` for what is no number.
    func write(to json: inout JSONWriter) {
        guard isFinite else { return json.literal("null") }
        let text = description
        json.literal(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
    func write(to json: inout JSONWriter) {
        if let value = self { value.write(to: &json) } else { json.literal("null") }
    }
}

extension Array: JSONWritable where Element: JSONWritable {
    func write(to json: inout JSONWriter) { json.array(self) }
}
