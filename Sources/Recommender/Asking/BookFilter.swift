public import Catalog

/// What books must be to be shown at all. A book has to fit every part that is not empty, and of each part one choice. What is
/// not known of a book does not fit.
public struct BookFilter: Sendable, Hashable {
    public var isFiction: Bool?
    public var genres: Set<Genre> = []
    /// Moods that must be noticeable.
    public var moods: Set<Mood> = []
    public var paces: Set<Pace> = []
    public var lengths: Set<LengthClass> = []
    /// Books whose description gives reason to think of one of these are left out, also where that is not likely enough to
    /// be said of them. That others are free of it is not known.
    public var avoid: Set<ContentNote> = []
    /// The catalogue's own categories, whatever their case and accents.
    public var categories: [String] = []
    /// Codes of languages.
    public var languages: Set<String> = []
    /// Names of authors, each in full or in part.
    public var authors: [String] = []
    /// Names of authors whose books are left out, each in full or in part.
    public var notBy: [String] = []
    public var minYear: Int?
    public var maxYear: Int?
    public var minPages: Int?
    public var maxPages: Int?
    /// Of the readers' mean, 1...5.
    public var minRating: Double?
    public var maxRating: Double?
    /// Ids or ISBNs of works to leave out; those that are not here do not matter.
    public var excluded: [String] = []

    public static let years = -5_000...3_000
    public static let pages = 0...100_000
    public static let mostExcluded = 2_000

    public init(
        isFiction: Bool? = nil, genres: Set<Genre> = [], moods: Set<Mood> = [], paces: Set<Pace> = [],
        lengths: Set<LengthClass> = [], avoid: Set<ContentNote> = []
    ) {
        self.isFiction = isFiction
        self.genres = genres
        self.moods = moods
        self.paces = paces
        self.lengths = lengths
        self.avoid = avoid
    }
}
