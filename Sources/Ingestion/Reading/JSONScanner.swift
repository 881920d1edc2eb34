/// Reads one JSON object (RFC 8259, strictly) as a flat list of names and values.
///
/// Numbers keep their notation, arrays their text, `null` is an empty string, members of nested objects are named
/// `outer.inner`. Lone surrogates become U+FFFD. No input makes it crash, or recurse deeper than 64.
struct JSONScanner {
    struct Member: Equatable {
        var name: String
        var value: String
        /// Whether name and value were valid UTF-8; else replacement characters stand in them.
        var isValid: Bool
    }

    struct Fault: Error, Equatable {
        /// In words, for a person who looks at the line.
        var reason: String
    }

    static let greatestDepth = 64
    /// In bytes of UTF-8, the names of the objects around it included.
    static let longestName = 1_000
    static let mostMembers = 10_000

    let bytes: UnsafeBufferPointer<UInt8>
    var at = 0
    private var members: [Member] = []
    /// The name of the member at hand: those of the objects around it, each with a dot after it, then its own.
    private var name: [UInt8] = []
    private var value: [UInt8] = []

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// The members of the object that the bytes are, in their order; names may repeat. O(n).
    static func members(of bytes: UnsafeBufferPointer<UInt8>) throws(Fault) -> [Member] {
        var scanner = Self(bytes)
        scanner.skipSpace()
        guard scanner.peek == UInt8(ascii: "{") else { throw Fault(reason: "it is not an object in { }") }
        try scanner.flattenObject(depth: 1)
        scanner.skipSpace()
        guard scanner.at == bytes.count else { throw scanner.fault("something follows the object") }
        return scanner.members
    }

    private mutating func flattenObject(depth: Int) throws(Fault) {
        let outer = name.count
        try list(closedBy: UInt8(ascii: "}"), depth: depth) { scanner throws(Fault) in
            let start = scanner.at
            let content = try scanner.skipName()
            Self.append(content, of: scanner.bytes, to: &scanner.name)
            guard scanner.name.count <= Self.longestName else {
                throw Fault(reason: "the name at byte \(start + 1) has more than \(Self.longestName) bytes")
            }
            try scanner.flattenMember(depth: depth)
            scanner.name.removeSubrange(outer...)
        }
    }

    private mutating func flattenMember(depth: Int) throws(Fault) {
        let start = at
        switch peek {
        case UInt8(ascii: "{"):
            name.append(UInt8(ascii: "."))
            try flattenObject(depth: depth + 1)
        case UInt8(ascii: "\""):
            let content = try skipString()
            if content.isEscaped {
                value.removeAll(keepingCapacity: true)
                Self.append(content, of: bytes, to: &value)
                try keep(value)
            } else {
                try keep(bytes[rebased: content.range])
            }
        case UInt8(ascii: "n"):
            try skipValue(depth: depth)
            try keep([])
        default:
            try skipValue(depth: depth)
            try keep(bytes[rebased: start..<at])
        }
    }

    private mutating func keep(_ text: some Collection<UInt8>) throws(Fault) {
        guard members.count < Self.mostMembers else {
            throw Fault(reason: "it has more than \(Self.mostMembers) names")
        }
        let valid = (String(validating: name, as: UTF8.self), String(validating: text, as: UTF8.self))
        members.append(
            Member(
                name: valid.0 ?? String(decoding: name, as: UTF8.self),
                value: valid.1 ?? String(decoding: text, as: UTF8.self), isValid: valid.0 != nil && valid.1 != nil))
    }
}
