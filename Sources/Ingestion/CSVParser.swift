/// One record of a CSV file.
public struct CSVRecord: Sendable, Equatable {
    /// What is wrong with a record as CSV, apart from what its fields say.
    public enum Flaw: Sendable, Equatable {
        /// A quote was opened and the file ended before it was closed.
        case unclosedQuote
        /// Something other than a comma or a line's end follows a closing quote.
        case textAfterQuote
        /// The record is longer than the parser takes; only its beginning was kept.
        case tooLong
        /// The field with this number (from 0) is not UTF-8.
        case notUTF8(field: Int)
        /// The field with this number (from 0) has a NUL byte.
        case nulByte(field: Int)
    }

    /// The line that the record begins on, from 1.
    public var line: Int
    /// The fields' values; what is not UTF-8 is shown with replacement characters.
    public var fields: [String]
    public var flaw: Flaw?
    /// The record as it stands in the file, cut after `CSVParser.longestExcerpt` bytes.
    public var text: String
}

/// An RFC 4180 parser that is fed the file piece by piece and holds one record at a time.
///
/// Takes LF and CRLF line ends, quoted fields with embedded commas, line ends and doubled quotes, and a byte-order mark
/// at the start. Blank lines are passed over. A broken record is handed over with its flaw; the next is read as usual.
public struct CSVParser {
    /// Longer records (in bytes) are refused, so that a file without line ends cannot take all memory.
    public static let longestRecord = 4 << 20
    /// How much of a refused record is kept to show.
    public static let longestExcerpt = 64 << 10

    private enum State {
        case fieldStart, unquoted, quoted, quoteInQuoted, returnAfterQuote
    }

    private var state = State.fieldStart
    private var line = 1
    private var recordLine = 1
    private var raw: [UInt8] = []
    private var value: [UInt8] = []
    /// Where each finished field ends in `value`.
    private var ends: [Int] = []
    private var flaw: CSVRecord.Flaw?
    private var isAtStartOfFile = true

    public init() {}

    /// Reads the next piece of the file. O(n).
    public mutating func feed(_ bytes: some Sequence<UInt8>, _ body: (CSVRecord) throws -> Void) rethrows {
        for byte in bytes { try take(byte, body) }
    }

    /// Ends the file: a last record without a line end is handed over.
    public mutating func finish(_ body: (CSVRecord) throws -> Void) rethrows {
        if state == .quoted { flaw = flaw ?? .unclosedQuote }
        if !raw.isEmpty { try endRecord(body) }
    }

    private mutating func take(_ byte: UInt8, _ body: (CSVRecord) throws -> Void) rethrows {
        if raw.count < Self.longestRecord {
            raw.append(byte)
        } else if flaw != .tooLong {
            flaw = .tooLong
            raw.removeSubrange(Self.longestExcerpt...)
            value.removeAll()
            ends.removeAll()
            raw.reserveCapacity(Self.longestExcerpt)
        }
        if state == .returnAfterQuote, byte != UInt8(ascii: "\n") {
            flaw = flaw ?? .textAfterQuote
            state = .unquoted
            keep(UInt8(ascii: "\r"))
        }
        switch (state, byte) {
        case (.quoted, UInt8(ascii: "\"")):
            state = .quoteInQuoted
        case (.quoted, _):
            if byte == UInt8(ascii: "\n") { line += 1 }
            keep(byte)
        case (.quoteInQuoted, UInt8(ascii: "\"")):
            keep(byte)
            state = .quoted
        case (_, UInt8(ascii: ",")):
            endField()
        case (_, UInt8(ascii: "\n")):
            line += 1
            try endRecord(body)
        case (.quoteInQuoted, UInt8(ascii: "\r")):
            state = .returnAfterQuote
        case (.quoteInQuoted, _):
            flaw = flaw ?? .textAfterQuote
            state = .unquoted
            keep(byte)
        case (.fieldStart, UInt8(ascii: "\"")):
            state = .quoted
        default:
            state = .unquoted
            keep(byte)
            if isAtStartOfFile, ends.isEmpty, value == [0xEF, 0xBB, 0xBF] {
                value.removeAll()
                raw.removeAll()
                state = .fieldStart
                isAtStartOfFile = false
            }
        }
    }

    private mutating func keep(_ byte: UInt8) {
        if flaw != .tooLong { value.append(byte) }
    }

    private mutating func endField() {
        if flaw != .tooLong { ends.append(value.count) }
        state = .fieldStart
    }

    private mutating func endRecord(_ body: (CSVRecord) throws -> Void) rethrows {
        // A carriage return before the line feed belongs to the line's end, not to the last field.
        if state == .unquoted, value.last == UInt8(ascii: "\r") { value.removeLast() }
        endField()
        defer {
            raw.removeAll(keepingCapacity: raw.count < 1 << 16)
            value.removeAll(keepingCapacity: true)
            ends.removeAll(keepingCapacity: true)
            flaw = nil
            recordLine = line
            isAtStartOfFile = false
        }
        if ends.count == 1, value.isEmpty, flaw == nil,
            raw.allSatisfy({ $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") })
        {
            return
        }
        try body(record())
    }

    private func record() -> CSVRecord {
        var flaw = flaw
        var fields: [String] = []
        fields.reserveCapacity(ends.count)
        var start = 0
        for end in ends {
            let bytes = value[start..<end]
            start = end
            if let text = String(validating: bytes, as: UTF8.self) {
                if flaw == nil, bytes.contains(0) { flaw = .nulByte(field: fields.count) }
                fields.append(text)
            } else {
                flaw = flaw ?? .notUTF8(field: fields.count)
                fields.append(String(decoding: bytes, as: UTF8.self))
            }
        }
        var text = raw.prefix(Self.longestExcerpt)
        while let last = text.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { text.removeLast() }
        return CSVRecord(line: recordLine, fields: fields, flaw: flaw, text: String(decoding: text, as: UTF8.self))
    }
}
