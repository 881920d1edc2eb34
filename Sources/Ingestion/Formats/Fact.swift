/// Something that a column can tell of a book, of a reader's mark or of a tag. Its `name` is the one that error
/// messages, mapping files, normalisation steps and the contract use.
public enum Fact: Int, Sendable, CaseIterable, CustomStringConvertible {
    // Of an edition.
    case sourceID, isbn13, isbn, title, subtitle, authors
    /// Further people of the book, after `authors`.
    case moreAuthors
    case series, categories, year, pages, language, averageRating, ratingsCount, description, coverURL
    // Of a reader's mark; the book is told by `item`, the ISBNs, `title` and `authors`.
    case reader, item, stars, shelf, day
    /// How often the reader has read the book: tells whether a reader's own shelf means "read".
    case readCount
    // Of a tag.
    case tagID, tagName, tagCount
    // Of a line of an Open Library dump: `/type/edition` and `/books/OL1M`; the name of a person; the article before a
    // title; the people as the title page has them; the works that an edition is of.
    case type, key, personName, titlePrefix, byStatement, works
    // Of our own export: besides the source, where an edition stands in the library.
    case source, simulated, work, joinedBy, leads, hidden, alias

    /// `isbn13`, `averageRating`, …
    public var name: String { Self.names[rawValue] }

    public var description: String { name }

    /// The fact of this name; nil for any other text.
    public init?(named name: String) {
        guard let index = Self.names.firstIndex(of: name) else { return nil }
        self.init(rawValue: index)
    }

    private static let names: [String] = [
        "sourceID", "isbn13", "isbn", "title", "subtitle", "authors", "moreAuthors", "series", "categories", "year",
        "pages", "language", "averageRating", "ratingsCount", "description", "coverURL", "reader", "item", "stars",
        "shelf", "day", "readCount", "tagID", "tagName", "tagCount", "type", "key", "personName", "titlePrefix",
        "byStatement", "works", "source", "simulated", "work", "joinedBy", "leads", "hidden", "alias",
    ]

    /// How the contract calls what the fact's values are; nil for what the contract does not rule.
    var valueType: ValueType? {
        switch self {
        case .sourceID, .title, .subtitle, .series, .language, .coverURL, .reader, .item, .tagID, .tagName: .line
        case .isbn13, .isbn: .isbn
        case .authors: .names
        case .categories: .list
        case .year: .year
        case .pages, .ratingsCount, .tagCount: .whole
        case .averageRating: .decimal
        case .description: .text
        case .stars: .stars
        case .shelf: .shelf
        case .day: .day
        case .moreAuthors, .readCount, .type, .key, .personName, .titlePrefix, .byStatement, .works, .source,
            .simulated,
            .work, .joinedBy, .leads, .hidden, .alias:
            nil
        }
    }

    /// What the values of a fact are. The raw value is the word for it in a contract.
    enum ValueType: String, Sendable, CaseIterable {
        /// Text on one line; text of many lines.
        case line, text
        /// An ISBN-10 or ISBN-13.
        case isbn
        /// A list of people; a list of anything else.
        case names, list
        case whole, decimal, year, day, stars, shelf
    }
}
