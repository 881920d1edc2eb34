public import Catalog

/// A row of a file after contract and normalisation, on its way into the library.
public struct StagedRow: Sendable {
    public enum Content: Sendable {
        /// `place` and `isHidden` are what an export of a library tells; `alias` is another name that files of the same
        /// source call the book by.
        case edition(Edition, place: EditionPlace? = nil, isHidden: Bool = false, alias: EditionKey? = nil)
        case mark(ReaderMark)
        /// A name that a source gives apart from the books.
        case author(id: String, name: String)
        case tag(id: String, name: String)
        case tagging(item: EditionKey, tag: String, name: String? = nil, count: Int)
        /// A row that says nothing of books or readers, with the reason.
        case ignored(reason: String)
        case refused(QuarantinedRow)
    }

    /// The row's first line in its file, from 1.
    public var line: Int
    public var source: String
    public var content: Content
    /// The row as it stands in the file, for the quarantine should it turn out to be a duplicate.
    public var text: String
    /// What normalisation did, as JSON; nil when it did nothing.
    public var steps: String?
    /// The row comes from the model of demonstration readers.
    public var isSimulated: Bool

    public init(
        line: Int, source: String, content: Content, text: String = "", steps: String? = nil, isSimulated: Bool = false
    ) {
        self.line = line
        self.source = source
        self.content = content
        self.text = text
        self.steps = steps
        self.isSimulated = isSimulated
    }
}

/// A row that was refused, kept whole.
public struct QuarantinedRow: Sendable, Hashable, Codable {
    /// The first line of the row in its file, from 1.
    public var line: Int
    public var rule: String
    public var field: String?
    public var value: String?
    public var remedy: String
    /// The row as it stands in the file.
    public var row: String

    public init(line: Int, rule: String, field: String? = nil, value: String? = nil, remedy: String, row: String) {
        self.line = line
        self.rule = rule
        self.field = field
        self.value = value
        self.remedy = remedy
        self.row = row
    }
}
