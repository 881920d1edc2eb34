public import Catalog
public import CatalogStore

/// What a record turned out to be.
public struct RowResult: Sendable, Equatable {
    public var content: Content
    /// What was done to its values on the way, in the order of doing.
    public var steps: [NormalisationStep] = []
    /// The source that the row itself names: only our own export does.
    public var source: String?
    /// Whether the reader is invented: only our own export tells.
    public var isSimulated = false
    /// Another name of the same book, by which other files of the source call it: the Goodreads number of a goodbooks
    /// book (`goodreads:2767052`), the work of an Open Library edition (`id:/works/OL45804W`), or what our own export
    /// tells.
    public var otherKey: EditionKey?
    /// Where an edition stood in the library: only our own export tells.
    public var place: EditionPlace?
    /// Whether an edition was hidden there.
    public var isHidden = false
    /// The name of the tag of a `tagging`, where the row has it: only our own export does.
    public var tagName: String?

    public enum Content: Sendable, Equatable {
        case edition(Edition)
        case mark(ReaderMark)
        /// A person of Open Library. The id is what `OpenLibrary.isAuthorReference` tells among an edition's authors.
        case author(id: String, name: String)
        case tag(id: String, name: String)
        /// How many readers put a tag on a book. `goodreads:…` keys are those of `otherKey`.
        case tagging(item: EditionKey, tag: String, count: Int)
        /// Not a fault: there is nothing in the row that the library takes. With the reason, the same for all such rows.
        case ignored(String)
        case refused(Violation)
    }
}
