/// One record of a file, before anything is made of it: a CSV record, a JSON line, a line of a dump.
public struct Record: Sendable, Equatable {
    /// What keeps a record from being read, apart from what its fields say.
    public enum Flaw: Sendable, Equatable {
        /// A quote was opened and the file ended before it was closed.
        case unclosedQuote
        /// Something other than a delimiter or a line's end follows a closing quote.
        case textAfterQuote
        /// The record is longer than the parser takes; only its beginning was kept.
        case tooLong
        /// The field with this number (from 0) is not valid in the file's encoding.
        case notUTF8(field: Int)
        /// The field with this number (from 0) has a NUL byte.
        case nulByte(field: Int)
        /// The record has another number of fields than the header.
        case fieldCount(found: Int, expected: Int)
        /// The line is not a JSON object; with what is wrong, in words.
        case notJSON(reason: String)
    }

    /// The line that the record begins on, from 1.
    public var line: Int
    /// `fields[i]` is the value under the reader's `header[i]`; what is not valid text is shown with replacement
    /// characters. JSON lines may have fewer fields than the header when later lines brought new names.
    public var fields: [String]
    public var flaw: Flaw?
    /// The record as it stands in the file, whole up to the longest record that is taken; after that, its beginning.
    public var text: String

    public init(line: Int, fields: [String], flaw: Flaw? = nil, text: String) {
        self.line = line
        self.fields = fields
        self.flaw = flaw
        self.text = text
    }
}
