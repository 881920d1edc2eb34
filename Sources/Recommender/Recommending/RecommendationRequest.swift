public import Catalog

/// "What should I read next?": what a reader is known to like, and what they feel like now.
public struct RecommendationRequest: Sendable {
    /// What the service remembers of them. What the request itself says of a book counts for more; books that are not here count
    /// for nothing.
    public var reader: ReaderTaste?
    /// Ids or ISBNs of books that they like.
    public var positive: [String]
    /// Ids or ISBNs of books that they do not like.
    public var negative: [String]
    /// Stars by id or ISBN, 0.5...5.
    public var ratings: [String: Double]
    /// Ids or ISBNs of books that they have read, without saying how they liked them.
    public var read: [String]
    /// Ids or ISBNs of books that shall not be among the hits.
    public var exclude: [String]
    /// What they feel like, in words; empty for nothing in particular.
    public var query: String
    /// Moods, and filters.
    public var preferences: Preferences
    /// How many hits to return, 1...100.
    public var count: Int
    /// How much books shall differ from each other, 0...1.
    public var diversity: Double
    /// From what is well known and close to what they like, 0, to what few know, 1.
    public var adventurousness: Double
    /// The most books of one author or one series.
    public var mostOfOneAuthor: Int
    /// Whether each hit says what every feature adds.
    public var explain: Bool

    /// `docs/recommendations.md` has what was measured.
    public static let standardDiversity = 0.2
    /// The weights as they were learned.
    public static let standardAdventurousness = 0.5
    /// The most books that a request tells of.
    public static let mostMarks = 2_000
    public static let stars = 0.5...5.0

    public init(
        positive: [String] = [], negative: [String] = [], ratings: [String: Double] = [:], read: [String] = [],
        exclude: [String] = [], query: String = "", preferences: Preferences = Preferences(), count: Int = 10,
        diversity: Double = standardDiversity, adventurousness: Double = standardAdventurousness,
        mostOfOneAuthor: Int = 2, explain: Bool = false
    ) {
        (self.positive, self.negative, self.ratings) = (positive, negative, ratings)
        (self.read, self.exclude, self.query) = (read, exclude, query)
        (self.preferences, self.count, self.diversity) = (preferences, count, diversity)
        (self.adventurousness, self.mostOfOneAuthor, self.explain) = (adventurousness, mostOfOneAuthor, explain)
    }

    /// - Throws: `RequestError` where it cannot be answered as it stands.
    func check() throws(RequestError) {
        let bytes = query.utf8.count
        guard bytes <= SearchRequest.longestQuery else { throw .queryTooLong(bytes: bytes) }
        guard SearchRequest.limits.contains(count) else {
            throw .outOfRange(parameter: "count", value: "\(count)", range: "1 to 100")
        }
        for (name, value) in [("diversity", diversity), ("adventurousness", adventurousness)] {
            guard (0...1).contains(value) else {
                throw .outOfRange(parameter: name, value: "\(value)", range: "0 to 1")
            }
        }
        guard mostOfOneAuthor >= 1 else {
            throw .outOfRange(parameter: "mostOfOneAuthor", value: "\(mostOfOneAuthor)", range: "1 upwards")
        }
        let marks = positive.count + negative.count + ratings.count + read.count + exclude.count
        guard marks <= Self.mostMarks else {
            throw .tooMany(
                parameter: "positive, negative, ratings, read and exclude", count: marks, most: Self.mostMarks)
        }
        for (book, stars) in ratings where !Self.stars.contains(stars) {
            throw .outOfRange(parameter: "ratings.\(book.prefix(40))", value: "\(stars)", range: "0.5 to 5 stars")
        }
    }
}

/// The answer to "what should I read next?".
public struct RecommendationAnswer: Sendable {
    public var hits: [BookHit]
    /// What the list rests on.
    public var basis: RecommendationBasis
    /// Why there is no hit, and what there would be.
    public var nothing: NoResult?
}

/// What is known of the reader whom a list is for.
public struct RecommendationBasis: Sendable, Hashable, Codable {
    /// How many books here they are known to have an opinion of.
    public var knownBooks: Int
    /// 0...1: how much what other readers did counts.
    public var familiarity: Double
    /// What every feature counts for this reader, the most weighty first; together 1.
    public var weights: [FeatureWeight]
}

/// What a feature counts for.
public struct FeatureWeight: Sendable, Hashable, Codable {
    /// As `TasteFeature` names it.
    public var feature: String
    public var weight: Double
}
