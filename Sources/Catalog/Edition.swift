/// One published edition of a work, as a source describes it, after the contract and normalisation.
public struct Edition: Hashable, Sendable, Codable {
    public var isbn13: ISBN13?
    public var title: String
    public var subtitle: String?
    public var authors: [String]
    public var categories: [String]
    /// Negative before our era.
    public var year: Int?
    public var pages: Int?
    /// 1...5
    public var averageRating: Double?
    public var ratingsCount: Int
    public var description: String?
    public var coverURL: String?

    public init(
        isbn13: ISBN13? = nil, title: String, subtitle: String? = nil, authors: [String] = [],
        categories: [String] = [], year: Int? = nil, pages: Int? = nil, averageRating: Double? = nil,
        ratingsCount: Int = 0, description: String? = nil, coverURL: String? = nil
    ) {
        self.isbn13 = isbn13
        self.title = title
        self.subtitle = subtitle
        self.authors = authors
        self.categories = categories
        self.year = year
        self.pages = pages
        self.averageRating = averageRating
        self.ratingsCount = ratingsCount
        self.description = description
        self.coverURL = coverURL
    }

    /// What tells this edition from every other one: its ISBN, or, where it has none, its title, authors and year.
    public var key: EditionKey {
        if let isbn13 { return EditionKey(rawValue: "isbn:\(isbn13)") }
        let authors = authors.map(FoldedText.fold).joined(separator: ";")
        return EditionKey(
            rawValue:
                "text:\(FoldedText.fold(title))|\(FoldedText.fold(subtitle ?? ""))|\(authors)|\(year.map(String.init) ?? "")"
        )
    }
}

/// The identity of an edition within a library.
public struct EditionKey: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}
