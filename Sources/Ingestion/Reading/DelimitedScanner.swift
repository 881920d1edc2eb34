/// Finds where a delimited record and its fields begin and end. Makes no strings and keeps no bytes.
///
/// Fields are in double quotes or not; inside quotes stand delimiters, line ends, and quotes as `Dialect.Quoting` says.
/// LF, CRLF and CR end a record.
struct DelimitedScanner {
    /// A field's value in the bytes that were scanned.
    struct Field {
        var start: Int
        var end: Int
        /// Whether doubled quotes or backslashes stand in it.
        var isEscaped: Bool
    }

    enum Outcome: Equatable {
        /// The bytes end before the record does.
        case incomplete
        /// The record without its line end has `length` bytes, the next one begins at `next`, and `lineEnds` line ends
        /// stand inside quotes.
        case record(length: Int, next: Int, lineEnds: Int)
    }

    /// More fields are counted and not kept.
    static let mostFields = 10_000

    /// The fields of the last record that was complete, the first 10,000.
    private(set) var fields: [Field] = []
    /// How many fields it has.
    private(set) var fieldCount = 0
    /// What is wrong with its quotes.
    private(set) var flaw: Record.Flaw?

    private let delimiter: UInt8
    private let isBackslashed: Bool
    private let unquotedStops: ByteSet
    private let quotedStops: ByteSet
    private var lineEnds = 0

    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D

    init(delimiter: Dialect.Delimiter, quoting: Dialect.Quoting) {
        self.delimiter = delimiter.byte
        isBackslashed = quoting == .backslash
        unquotedStops = ByteSet(delimiter.byte, Self.lineFeed, Self.carriageReturn)
        quotedStops = ByteSet(
            Self.quote, Self.lineFeed, Self.carriageReturn, quoting == .backslash ? Self.backslash : nil)
    }

    /// Scans the record at the beginning of the bytes. O(n) in its length.
    /// - Parameter isFinal: whether nothing follows the bytes, so that their end is the record's.
    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, isFinal: Bool) -> Outcome {
        fields.removeAll(keepingCapacity: true)
        (fieldCount, flaw, lineEnds) = (0, nil, 0)
        var at = 0
        while true {
            let end: Int?
            if at < bytes.count, bytes[at] == Self.quote {
                end = quotedField(bytes, from: at, isFinal: isFinal)
            } else {
                end = unquotedField(bytes, from: at, start: at)
            }
            guard let end, end < bytes.count || isFinal else { return .incomplete }
            if end == bytes.count { return .record(length: end, next: end, lineEnds: lineEnds) }
            if bytes[end] == delimiter {
                at = end + 1
                continue
            }
            if bytes[end] == Self.lineFeed { return .record(length: end, next: end + 1, lineEnds: lineEnds) }
            // A carriage return, and perhaps a line feed that belongs to it.
            if end + 1 == bytes.count, !isFinal { return .incomplete }
            let hasBoth = end + 1 < bytes.count && bytes[end + 1] == Self.lineFeed
            return .record(length: end, next: end + (hasBoth ? 2 : 1), lineEnds: lineEnds)
        }
    }

    /// - Returns: the index of the delimiter or line end after the field, or the bytes' count.
    @inline(__always)
    private mutating func unquotedField(
        _ bytes: UnsafeBufferPointer<UInt8>, from at: Int, start: Int
    ) -> Int {
        let end = unquotedStops.firstIndex(in: bytes, from: at)
        keep(Field(start: start, end: end, isEscaped: false))
        return end
    }

    /// - Returns: as `unquotedField`; nil when more bytes are needed to tell.
    private mutating func quotedField(_ bytes: UnsafeBufferPointer<UInt8>, from opening: Int, isFinal: Bool) -> Int? {
        var isEscaped = false
        var at = opening + 1
        while true {
            at = quotedStops.firstIndex(in: bytes, from: at)
            if at == bytes.count {
                flaw = flaw ?? .unclosedQuote
                keep(Field(start: opening + 1, end: at, isEscaped: isEscaped))
                return isFinal ? at : nil
            }
            // Where the bytes end, what is found may be wrong; but then the record is not complete.
            let next = at + 1 < bytes.count ? bytes[at + 1] : nil
            switch bytes[at] {
            case Self.lineFeed:
                lineEnds += 1
                at += 1
            case Self.carriageReturn:
                lineEnds += 1
                at += next == Self.lineFeed ? 2 : 1
            case Self.backslash:
                let isPair = next == Self.quote || next == Self.backslash
                isEscaped = isEscaped || isPair
                at += isPair ? 2 : 1
            case _ where next == Self.quote:
                isEscaped = true
                at += 2
            case _ where next == nil || next == delimiter || next == Self.lineFeed || next == Self.carriageReturn:
                keep(Field(start: opening + 1, end: at, isEscaped: isEscaped))
                return at + 1
            default:
                flaw = flaw ?? .textAfterQuote
                // Shown as it stands, quotes and all.
                return unquotedField(bytes, from: at + 1, start: opening)
            }
        }
    }

    @inline(__always)
    private mutating func keep(_ field: Field) {
        fieldCount += 1
        if fieldCount <= Self.mostFields { fields.append(field) }
    }

    /// Appends an escaped field's value to `text`. O(n).
    func unescape(_ field: UnsafeBufferPointer<UInt8>, into text: inout [UInt8]) {
        var at = 0
        while at < field.count {
            let byte = field[at]
            if byte == Self.quote || isBackslashed && byte == Self.backslash, at + 1 < field.count {
                let next = field[at + 1]
                if next == Self.quote || byte == Self.backslash && next == Self.backslash { at += 1 }
            }
            text.append(field[at])
            at += 1
        }
    }
}
