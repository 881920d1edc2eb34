/// The answer to a search.
public struct SearchAnswer: Sendable {
    public var hits: [BookHit]
    /// How many works there are to page through, exactly.
    public var estimatedTotalHits: Int
    /// How many of them there are of each kind; nil where that was not asked for.
    public var facets: [Facet]?
    /// How the words were understood.
    public var understood: Understanding
    /// Why there is no hit, and what there would be; nil where there are hits, or no works at all.
    public var nothing: NoResult?

    public init(
        hits: [BookHit], estimatedTotalHits: Int, facets: [Facet]? = nil, understood: Understanding = Understanding(),
        nothing: NoResult? = nil
    ) {
        self.hits = hits
        self.estimatedTotalHits = estimatedTotalHits
        self.facets = facets
        self.understood = understood
        self.nothing = nothing
    }
}

/// The answer to "more like this".
public struct SimilarAnswer: Sendable {
    public var book: Book
    public var hits: [BookHit]

    public init(book: Book, hits: [BookHit]) {
        self.book = book
        self.hits = hits
    }
}

/// What serves now.
public struct ServingVersion: Sendable, Codable, Hashable {
    /// The content address of the bundle.
    public var bundle: String
    /// The version of the bundle's format.
    public var schema: Int
    /// Works that can be found.
    public var works: Int

    public init(bundle: String, schema: Int, works: Int) {
        self.bundle = bundle
        self.schema = schema
        self.works = works
    }
}

/// Answers readers. The one door through which every face of the program asks.
public protocol BookRecommending: Sendable {
    /// Ranks every work that fits the request and returns one page of them.
    /// - Throws: `RequestError` when the request cannot be answered.
    func search(_ request: SearchRequest) throws -> SearchAnswer

    /// The work with this id, or the work that has an edition with this ISBN.
    /// - Throws: `RequestError.unknownBook`.
    func book(_ idOrISBN: String) throws -> Book

    /// Works close to one, without itself.
    /// - Throws: `RequestError`.
    func similar(to request: SimilarRequest) throws -> SimilarAnswer

    /// What a reader may like next.
    /// - Throws: `RequestError`.
    func recommendations(for request: RecommendationRequest) throws -> RecommendationAnswer

    /// Titles, authors and series that begin, but for mistakes, as this text does, the most read first.
    /// - Throws: `RequestError`.
    func suggestions(for text: String, limit: Int) throws -> [Suggestion]

    /// Answers the bundle's golden query and compares: true only when the whole path works.
    func isReady() -> Bool

    var version: ServingVersion { get }
}
