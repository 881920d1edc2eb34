public import Catalog

/// A work as every face of the program (command line, REST, web page) shows it.
///
/// Encodes every key always, unknown values as `null`, so that clients see one shape.
public struct Book: Sendable, Codable, Hashable, Identifiable {
    public var id: WorkID
    public var title: String
    public var subtitle: String?
    public var authors: [String]
    public var series: String?
    /// The code of the language; see `LanguageCode`.
    public var language: String?
    public var isbn13s: [ISBN13]
    public var year: Int?
    public var pages: Int?
    public var categories: [String]
    public var averageRating: Double?
    public var ratingsCount: Int
    public var description: String?
    /// The catalogue's own picture of the cover, if it names one.
    public var coverUrl: String?
    /// What it is taken to be and to feel like; nil where nothing has looked at it.
    public var impression: Impression?

    public init(_ work: Work) {
        self.init(work, impression: nil)
    }

    public init(_ work: Work, impression: Impression?) {
        self.impression = impression
        id = work.id
        title = work.title
        subtitle = work.subtitle
        authors = work.authors
        series = work.series
        language = work.language
        isbn13s = work.isbn13s
        year = work.year
        pages = work.pages
        categories = work.categories
        averageRating = work.averageRating
        ratingsCount = work.ratingsCount
        description = work.description
        coverUrl = work.coverURL
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(title, forKey: .title)
        try container.encode(subtitle, forKey: .subtitle)
        try container.encode(authors, forKey: .authors)
        try container.encode(series, forKey: .series)
        try container.encode(language, forKey: .language)
        try container.encode(isbn13s, forKey: .isbn13s)
        try container.encode(year, forKey: .year)
        try container.encode(pages, forKey: .pages)
        try container.encode(categories, forKey: .categories)
        try container.encode(averageRating, forKey: .averageRating)
        try container.encode(ratingsCount, forKey: .ratingsCount)
        try container.encode(description, forKey: .description)
        try container.encode(coverUrl, forKey: .coverUrl)
        try container.encode(impression, forKey: .impression)
    }
}
