public import Catalog

/// A completion of what a reader has typed so far.
public struct Suggestion: Sendable, Codable, Hashable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case title, author, series
    }

    public var kind: Kind
    public var text: String
    /// Of a title: who wrote it.
    public var authors: [String]
    /// Of a title: the work.
    public var book: WorkID?
    /// How many readers have rated it, or all books of the author or series.
    public var readers: Int

    public init(kind: Kind, text: String, authors: [String] = [], book: WorkID? = nil, readers: Int) {
        self.kind = kind
        self.text = text
        self.authors = authors
        self.book = book
        self.readers = readers
    }
}
