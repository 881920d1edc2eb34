/// Reads the records of a part one by one, with flat memory.
///
/// Line ends are LF, CRLF or CR. Blank lines are passed over. Nothing that is wrong with one record keeps the next from
/// being read:
///
/// * A record whose quotes do not fit ends with its first line, and reading goes on with the line after it. That is so
///   when a quote is not closed before the part's end or within 4 MiB, and when text follows a closing quote on a
///   later line. Else one stray quote would swallow rows up to the next quote, however far that is.
/// * A line of more than 4 MiB is handed over as its first 64 KiB, without fields, and passed over.
///
/// A copy shares its place in the part with what it was copied from: use one of them.
public struct RecordReader {
    /// Longer records (in bytes of UTF-8, without their line end) are refused.
    public static let longestRecord = 4 << 20
    /// How much of a refused record is kept to show.
    public static let longestExcerpt = 64 << 10
    /// The most columns of a delimited text.
    public static let mostColumns = DelimitedScanner.mostFields
    /// The most different names of JSON members in a whole part.
    public static let mostNames = 1_000

    /// The columns' names as they stand, equal ones too. The names of JSON members are added as they first appear.
    public internal(set) var header: [String]
    /// The part's name.
    public let source: String
    /// Packed bytes taken so far.
    public var bytesRead: Int { window.bytesRead }

    let dialect: Dialect
    let window: RecordWindow
    var scanner: DelimitedScanner
    /// The number of the line at the window's beginning.
    var line = 1
    /// Where each JSON name stands in the header.
    var places: [String: Int] = [:]
    /// A field's value without its doubled quotes.
    var unescaped: [UInt8] = []

    /// Opens a part. Of delimited text the header is read.
    /// - Throws: `IngestionError` when the part cannot be read, is empty, or its header is broken.
    public init(part: SourcePart, dialect: Dialect, encoding: TextEncoding) throws(IngestionError) {
        self.init(RecordWindow(try part.openSource(), encoding: encoding), source: part.name, dialect: dialect)
        switch dialect {
        case .delimited: try readHeader()
        case .jsonLines: break
        case .openLibraryDump: name(["type", "key", "revision", "lastModified"])
        }
    }

    /// Reads records that stand by themselves, under a header that is known: rows kept from an earlier run.
    /// - Parameter line: the number of the text's first line.
    public init(text: String, header: [String], dialect: Dialect, line: Int = 1) {
        let window = RecordWindow(MemoryPieces([Array(text.utf8)]), encoding: .utf8)
        self.init(window, source: "text", dialect: dialect)
        self.line = line
        name(header)
    }

    /// The records of a text under a header that is known; `init(text:header:dialect:line:)` also tells new JSON names.
    public static func records(
        in text: String, header: [String], dialect: Dialect
    ) throws(IngestionError) -> [Record] {
        var reader = Self(text: text, header: header, dialect: dialect)
        var records: [Record] = []
        while let record = try reader.next() { records.append(record) }
        return records
    }

    private init(_ window: RecordWindow, source: String, dialect: Dialect) {
        self.window = window
        self.source = source
        self.dialect = dialect
        header = []
        if case .delimited(let delimiter, let quoting) = dialect {
            scanner = DelimitedScanner(delimiter: delimiter, quoting: quoting)
        } else {
            scanner = DelimitedScanner(delimiter: .comma, quoting: .doubled)
        }
    }

    /// The next record; nil at the part's end.
    /// - Throws: `IngestionError` when the part cannot be read on, or has too many JSON names.
    public mutating func next() throws(IngestionError) -> Record? {
        guard let place = try nextPlace() else { return nil }
        return try record(at: place)
    }

    private mutating func name(_ names: [String]) {
        header = names
        for (index, name) in names.enumerated() where places[name] == nil { places[name] = index }
    }

    private mutating func readHeader() throws(IngestionError) {
        guard let place = try nextPlace() else { throw .empty(source: source) }
        guard scanner.fieldCount <= Self.mostColumns else {
            throw .tooManyColumns(source: source, line: place.line, limit: Self.mostColumns)
        }
        let record = delimitedRecord(at: place, columns: nil)
        let reason: String? =
            switch record.flaw {
            case .unclosedQuote, .textAfterQuote: "its quotes do not match"
            case .tooLong: "it is longer than \(Self.longestRecord >> 20) MiB"
            case .nulByte: "it has NUL bytes (UTF-16?)"
            case .notUTF8: "it is not valid text in the encoding it is read in"
            case nil, .fieldCount, .notJSON: nil
            }
        if let reason { throw .brokenHeader(source: source, reason: reason) }
        header = record.fields
    }
}
