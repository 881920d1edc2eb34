/// What the files of one kind of source hold: which fact stands under which column, and how its values are meant.
///
/// The formats that the program knows are `SourceFormat.all`. Each is recognised by its header; a mapping file changes
/// one, or names another.
public struct SourceFormat: Sendable {
    /// The name for `--format` and mapping files: `goodbooks-ratings`.
    public let name: String
    /// The command that takes such files in.
    public let subject: Subject
    let shape: Shape
    /// The name under which its books and readers go unless the user gives one: files of one dataset share it. Nil: the
    /// user's file names the source.
    public internal(set) var defaultSource: String?
    /// For each fact the columns that can hold it. The outer list goes by priority: the first column with a value is
    /// taken. The inner names are synonyms: a file that has two of them is refused.
    var columns: [Fact: [[ColumnName]]]
    /// At least one fact of each group must have a column.
    var required: [[Fact]]
    /// Columns that the format has and that nothing is made of.
    var unused: Set<ColumnName>
    /// What a header must have to be recognised as this format.
    var signature: Signature
    /// How many stars are full marks in the source. Ours are five.
    public internal(set) var scale: Double = 5
    /// Whether the source writes 0 for "read, not rated".
    var zeroMeansUnrated = false
    /// Where every row of the file stands with its reader, when the rows do not tell.
    var constantShelf: ConstantShelf?
    /// Whether titles end in the series: `A Wizard of Earthsea (Earthsea Cycle, #1)`.
    var seriesInTitle = false
    /// What a comma between the source's authors means.
    var authorCommas = AuthorCommas.judged
    /// Whether the ISBN column may also hold other numbers, which are not wrong ISBNs.
    var otherNumbersAmongISBNs = false
    /// Whether the values are our own, written by `bookrec library export`: taken as they stand.
    var isOwn = false
    /// Why the format may be taken for what it is not: a word of caution that belongs beside its name in a report.
    public internal(set) var caution: String?
    /// The mapping file that changed the format, for messages.
    var mappingFile: String?
    /// The columns that it names, as it writes them.
    var choices: [Fact: [String]] = [:]

    /// What a file tells of. The raw value is the word after `bookrec ingest`.
    public enum Subject: String, Sendable, CaseIterable {
        /// Books, and what describes them: authors, tags.
        case books
        /// Many readers' ratings, and the readers themselves.
        case ratings
        /// One reader's own books.
        case shelf
    }

    /// What a row is made into.
    enum Shape: Sendable {
        case edition, mark, tag, tagging, openLibrary
        /// A reader with personal data: nothing.
        case person
    }

    enum ConstantShelf: Sendable { case read, wantToRead }

    /// What tells the format's headers.
    struct Signature: Sendable {
        /// One name of each group must be there.
        var groups: [[ColumnName]]
        /// Whether no other columns may be there.
        var isWhole = false

        func matches(_ names: Set<ColumnName>) -> Bool {
            guard !isWhole || names.count == groups.count else { return false }
            return groups.allSatisfy { $0.contains { names.contains($0) } }
        }
    }

    init(
        _ name: String, _ subject: Subject, _ shape: Shape, source: String? = nil,
        columns: [Fact: [[ColumnName]]] = [:], required: [[Fact]] = [], unused: Set<ColumnName> = [],
        signature: [ColumnName] = []
    ) {
        self.name = name
        self.subject = subject
        self.shape = shape
        self.columns = columns
        self.required = required
        self.unused = unused
        self.signature = Signature(groups: signature.map { [$0] })
        defaultSource = source
    }

    /// The format with some of its settings changed.
    func with(_ change: (inout SourceFormat) -> Void) -> SourceFormat {
        var copy = self
        change(&copy)
        return copy
    }

    /// The facts that a column of such a file can hold: what a mapping file may name.
    public var facts: [Fact] {
        switch shape {
        case .edition:
            [
                .sourceID, .isbn13, .isbn, .title, .subtitle, .authors, .moreAuthors, .series, .categories, .year,
                .pages, .language, .averageRating, .ratingsCount, .description, .coverURL,
            ]
        case .mark:
            [.reader, .item, .isbn13, .isbn, .title, .authors, .moreAuthors, .stars, .shelf, .day, .readCount]
        case .tag: [.tagID, .tagName]
        case .tagging: [.item, .tagID, .tagCount]
        // These name their columns once and for all.
        case .openLibrary, .person: []
        }
    }
}
