/// The stable name of a work: what readers rate and are recommended.
///
/// It is made once, from the work's first edition, and does not change when facts are corrected later.
public struct WorkID: RawRepresentable, Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    public var description: String { rawValue }

    public static func < (lhs: WorkID, rhs: WorkID) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// A work with the facts of all its editions taken together.
public struct Work: Hashable, Sendable {
    public var id: WorkID
    public var title: String
    public var subtitle: String?
    public var authors: [String]
    /// The series and the place in it, as the source writes it: "Earthsea Cycle #1".
    public var series: String?
    /// The code of the language it is read in here; see `LanguageCode`.
    public var language: String?
    /// The ISBNs of all editions, the best-known edition's first.
    public var isbn13s: [ISBN13]
    /// Year of first publication as far as the catalogue knows; negative before our era.
    public var year: Int?
    public var pages: Int?
    public var categories: [String]
    /// Mean of the readers' ratings over all editions, 1...5, weighted by their counts.
    public var averageRating: Double?
    public var ratingsCount: Int
    public var description: String?
    /// The catalogue's own picture of the cover, as text: it is never fetched by us.
    public var coverURL: String?

    public init(
        id: WorkID, title: String, subtitle: String? = nil, authors: [String] = [], series: String? = nil,
        language: String? = nil, isbn13s: [ISBN13] = [], year: Int? = nil, pages: Int? = nil, categories: [String] = [],
        averageRating: Double? = nil, ratingsCount: Int = 0, description: String? = nil, coverURL: String? = nil
    ) {
        self.id = id
        self.title = title
        self.subtitle = subtitle
        self.authors = authors
        self.series = series
        self.language = language
        self.isbn13s = isbn13s
        self.year = year
        self.pages = pages
        self.categories = categories
        self.averageRating = averageRating
        self.ratingsCount = ratingsCount
        self.description = description
        self.coverURL = coverURL
    }
}
