/// What a reader asks for in words.
public struct SearchRequest: Sendable, Hashable {
    /// The longest query taken, in UTF-8 bytes: far beyond what the text model reads, short of what could be abuse.
    public static let longestQuery = 2_000
    public static let limits = 1...100

    public var query: String
    /// How many hits to return, 1...100.
    public var limit: Int
    /// How many hits to pass over first, 0 or more.
    public var offset: Int
    /// With any of them the query may be empty.
    public var preferences: Preferences

    public init(query: String, limit: Int = 10, offset: Int = 0, preferences: Preferences = Preferences()) {
        self.query = query
        self.limit = limit
        self.offset = offset
        self.preferences = preferences
    }
}

/// The answer to a search.
public struct SearchAnswer: Sendable {
    public var hits: [BookHit]
    /// How many works fit the filter and can be paged through.
    public var estimatedTotalHits: Int

    public init(hits: [BookHit], estimatedTotalHits: Int) {
        self.hits = hits
        self.estimatedTotalHits = estimatedTotalHits
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

/// Why a request cannot be answered: the request is at fault, not the program.
public enum RequestError: Error, Sendable, Hashable, CustomStringConvertible {
    case emptyQuery
    case queryTooLong(bytes: Int)
    case limitOutOfRange(Int)
    case offsetOutOfRange(Int)
    case unknownBook(String)
    case unknownChoice(parameter: String, value: String, choices: [String])
    case outOfRange(parameter: String, value: String, range: String)

    public var description: String {
        switch self {
        case .emptyQuery:
            "The query is empty. Describe what you feel like reading, or name a book."
        case .queryTooLong(let bytes):
            "The query has \(bytes) bytes; at most \(SearchRequest.longestQuery) are read. Shorten it."
        case .limitOutOfRange(let limit):
            "limit is \(limit); it must be from \(SearchRequest.limits.lowerBound) to \(SearchRequest.limits.upperBound)."
        case .offsetOutOfRange(let offset):
            "offset is \(offset); it must be 0 or more."
        case .unknownBook(let name):
            "No book has the id or ISBN “\(name)”. Search for it by title first."
        case .unknownChoice(let parameter, let value, let choices):
            "\(parameter) does not know “\(value)”; it takes \(choices.joined(separator: ", "))."
        case .outOfRange(let parameter, let value, let range):
            "\(parameter) is “\(value)”; it must be from \(range)."
        }
    }
}

/// Answers readers. The one door through which every face of the program asks.
public protocol BookRecommending: Sendable {
    /// Ranks every work that fits the filter for the query and returns one page of them.
    /// - Throws: `RequestError` when the request cannot be answered.
    func search(_ request: SearchRequest) throws -> SearchAnswer

    /// The work with this id, or the work that has an edition with this ISBN.
    /// - Throws: `RequestError.unknownBook`.
    func book(_ idOrISBN: String) throws -> Book

    /// Works close to this one, without itself.
    /// - Throws: `RequestError`.
    func similar(to idOrISBN: String, limit: Int, preferences: Preferences) throws -> SimilarAnswer

    /// Answers the bundle's golden query and compares: true only when the whole path works.
    func isReady() -> Bool

    var version: ServingVersion { get }
}
