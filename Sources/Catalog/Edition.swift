/// One published edition of a work, as a source describes it, after the contract and normalisation.
public struct Edition: Hashable, Sendable, Codable {
    /// The source's own number of the edition, where it has one: stays when an ISBN is corrected.
    public var sourceID: String?
    public var isbn13: ISBN13?
    public var title: String
    public var subtitle: String?
    public var authors: [String]
    /// The series and the place in it, as the source writes it: "Earthsea Cycle #1".
    public var series: String?
    public var categories: [String]
    /// Negative before our era.
    public var year: Int?
    public var pages: Int?
    /// As the source writes it: `eng`, `en-US`, `French`.
    public var language: String?
    /// 1...5
    public var averageRating: Double?
    public var ratingsCount: Int
    public var description: String?
    public var coverURL: String?

    public init(
        sourceID: String? = nil, isbn13: ISBN13? = nil, title: String, subtitle: String? = nil,
        authors: [String] = [], series: String? = nil, categories: [String] = [], year: Int? = nil, pages: Int? = nil,
        language: String? = nil, averageRating: Double? = nil, ratingsCount: Int = 0, description: String? = nil,
        coverURL: String? = nil
    ) {
        self.sourceID = sourceID
        self.isbn13 = isbn13
        self.title = title
        self.subtitle = subtitle
        self.authors = authors
        self.series = series
        self.categories = categories
        self.year = year
        self.pages = pages
        self.language = language
        self.averageRating = averageRating
        self.ratingsCount = ratingsCount
        self.description = description
        self.coverURL = coverURL
    }

    /// What tells this edition from every other one of its source: the source's own number, else its ISBN, else its
    /// title, authors and year.
    public var key: EditionKey {
        if let sourceID { return .id(sourceID) }
        if let isbn13 { return .isbn(isbn13) }
        return .text(title: title, subtitle: subtitle, authors: authors, year: year)
    }
}

/// The identity of an edition within a source.
public struct EditionKey: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public static func id(_ sourceID: String) -> EditionKey { EditionKey(rawValue: "id:\(sourceID)") }

    public static func isbn(_ isbn: ISBN13) -> EditionKey { EditionKey(rawValue: "isbn:\(isbn)") }

    /// A work of the library itself, for those who rate what is in it.
    public static func work(_ id: WorkID) -> EditionKey { EditionKey(rawValue: "work:\(id)") }

    public static func text(title: String, subtitle: String?, authors: [String], year: Int?) -> EditionKey {
        let authors = authors.map(FoldedText.fold).joined(separator: ";")
        return EditionKey(
            rawValue:
                "text:\(FoldedText.fold(title))|\(FoldedText.fold(subtitle ?? ""))|\(authors)|\(year.map(String.init) ?? "")"
        )
    }
}
