/// How records and fields stand in a text.
public enum Dialect: Sendable, Hashable, Codable {
    /// CSV and its kin: the first record names the columns.
    case delimited(delimiter: Delimiter, quoting: Quoting)
    /// A JSON object on each line (jsonlines.org).
    case jsonLines
    /// A line of the Open Library dumps: type, key, revision, time of change and a JSON object, parted by tabs.
    case openLibraryDump

    /// What RFC 4180 describes.
    public static let csv = Self.delimited(delimiter: .comma, quoting: .doubled)

    /// How a double quote stands inside a quoted field.
    public enum Quoting: String, Sendable, CaseIterable, Codable {
        /// `""`, as RFC 4180 has it. A backslash is a character like any other.
        case doubled
        /// `\"`, as MySQL and Book-Crossing have it; `\\` is one backslash, and `""` is taken too.
        case backslash
    }

    /// What stands between two fields.
    public struct Delimiter: Sendable, Hashable {
        let byte: UInt8

        public static let comma = Self(byte: 0x2C)
        public static let semicolon = Self(byte: 0x3B)
        public static let tab = Self(byte: 0x09)
        public static let pipe = Self(byte: 0x7C)

        private init(byte: UInt8) {
            self.byte = byte
        }

        /// - Returns: nil for what cannot part fields: letters, digits, quotes, backslashes, line ends, and anything
        ///   that is not ASCII.
        public init?(_ character: Character) {
            guard let byte = character.asciiValue, byte != 0, !character.isNewline, !character.isLetter,
                !character.isNumber, character != "\"", character != "\\"
            else { return nil }
            self.byte = byte
        }

        public var character: Character { Character(Unicode.Scalar(byte)) }
    }
}

extension Dialect.Delimiter: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard text.count == 1, let delimiter = text.first.flatMap(Self.init) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "“\(text)” cannot part fields: give one character such as , or ;")
        }
        self = delimiter
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(String(character))
    }
}

extension Dialect: CustomStringConvertible {
    /// In words, for reports.
    public var description: String {
        switch self {
        case .jsonLines: return "JSON Lines"
        case .openLibraryDump: return "Open Library dump"
        case .delimited(let delimiter, let quoting):
            let name =
                switch delimiter {
                case .comma: "comma"
                case .semicolon: "semicolon"
                case .tab: "tab"
                case .pipe: "pipe"
                default: "“\(delimiter.character)”"
                }
            return "delimited by \(name), quotes \(quoting == .doubled ? "doubled" : "after a backslash")"
        }
    }
}
