/// What a reader says of a book, as a source tells it.
public struct ReaderMark: Hashable, Sendable {
    /// The reader's name within the source; readers of different sources are never the same.
    public var reader: String
    public var item: RatedItem
    /// In (0, 5]; nil when the reader has not rated.
    public var stars: Double?
    public var shelf: Shelf
    /// The day of the rating (or of the latest thing known of it), in days since 1970-01-01; nil when not told.
    public var day: Int?

    /// Where a book stands with a reader.
    public enum Shelf: String, Sendable, Codable, CaseIterable {
        case read, reading, wantToRead, abandoned
    }

    public init(reader: String, item: RatedItem, stars: Double? = nil, shelf: Shelf = .read, day: Int? = nil) {
        self.reader = reader
        self.item = item
        self.stars = stars
        self.shelf = shelf
        self.day = day
    }
}

/// What a source's readers rate: its own name of a book, and what it tells to recognise the book by.
public struct RatedItem: Hashable, Sendable {
    /// Unique within the source: `id:…`, `isbn:…` or `text:…`, as in `EditionKey`.
    public var key: EditionKey
    public var isbn13: ISBN13?
    public var title: String?
    public var authors: [String]

    public init(key: EditionKey, isbn13: ISBN13? = nil, title: String? = nil, authors: [String] = []) {
        self.key = key
        self.isbn13 = isbn13
        self.title = title
        self.authors = authors
    }
}
