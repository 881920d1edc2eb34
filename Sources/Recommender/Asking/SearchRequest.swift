/// What a reader asks for: words, examples, moods and filters, in one question. At least one of them must be there.
public struct SearchRequest: Sendable, Hashable {
    /// The longest query taken, in UTF-8 bytes: far beyond what the text model reads, short of what could be abuse.
    public static let longestQuery = 2_000
    public static let limits = 1...100
    /// The most values of a list of books or names.
    public static let mostValues = 100
    /// Chosen by measurement; see `docs/search.md`.
    public static let standardSemanticRatio = 0.5

    public var query: String
    /// Ids or ISBNs of books to come close to. They are not among the hits.
    public var like: [String]
    /// Ids or ISBNs of books to keep away from. They are not among the hits.
    public var unlike: [String]
    public var preferences: Preferences
    public var sort: Sort
    /// How much meaning counts beside the words as they are spelt: 0 finds only books that have one of the words, 1 looks at
    /// meaning alone.
    public var semanticRatio: Double
    /// How many hits to return, 1...100.
    public var limit: Int
    /// How many hits to pass over first, 0 or more.
    public var offset: Int
    /// Whether each hit says how every leg ranked it.
    public var explain: Bool
    /// Whether to count the works of each kind.
    public var facets: Bool

    public init(
        query: String, limit: Int = 10, offset: Int = 0, preferences: Preferences = Preferences(), like: [String] = [],
        unlike: [String] = [], sort: Sort = .relevance, semanticRatio: Double = standardSemanticRatio,
        explain: Bool = false, facets: Bool = false
    ) {
        self.query = query
        self.limit = limit
        self.offset = offset
        self.preferences = preferences
        self.like = like
        self.unlike = unlike
        self.sort = sort
        self.semanticRatio = semanticRatio
        self.explain = explain
        self.facets = facets
    }

    /// The order of the hits.
    public enum Sort: String, Sendable, CaseIterable {
        /// What fits best comes first.
        case relevance
        /// By what readers think, small samples pulled towards the mean.
        case rating
        /// By how many readers have rated.
        case popularity
        case newest, oldest
    }

    /// Whether there is nothing to answer to.
    var isEmpty: Bool {
        !hasWords && like.isEmpty && unlike.isEmpty && preferences.isEmpty && sort == .relevance
    }

    var hasWords: Bool { query.contains { !$0.isWhitespace } }
}

/// "More like this".
public struct SimilarRequest: Sendable, Hashable {
    /// The work's id, or an ISBN of one of its editions.
    public var book: String
    public var limit: Int
    public var preferences: Preferences
    /// Leaves out books by one of its authors.
    public var otherAuthors: Bool
    /// Leaves out books of its series.
    public var otherSeries: Bool
    /// What readers like counts so much beside what the books say, 0...1; nothing where readers say nothing of the book.
    public var alpha: Double

    /// `docs/search.md` has what was measured.
    public static let standardAlpha = 0.5

    public init(
        book: String, limit: Int = 10, preferences: Preferences = Preferences(), otherAuthors: Bool = false,
        otherSeries: Bool = false, alpha: Double = standardAlpha
    ) {
        self.book = book
        self.limit = limit
        self.preferences = preferences
        self.otherAuthors = otherAuthors
        self.otherSeries = otherSeries
        self.alpha = alpha
    }
}
