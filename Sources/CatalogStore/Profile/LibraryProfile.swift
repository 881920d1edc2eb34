/// The library in figures: how much there is, how complete it is, how it is spread, how it came together.
///
/// Simulated readers and what only they rate are left out of every figure and counted apart in `totals`. Hidden editions
/// count in `totals.editions` only.
public struct LibraryProfile: Sendable, Hashable, Codable {
    public struct Totals: Sendable, Hashable, Codable {
        public var works = 0
        public var editions = 0
        /// Of the editions, those that are hidden.
        public var hiddenEditions = 0
        /// Readers, simulated ones left out.
        public var readers = 0
        /// Their marks with stars.
        public var ratings = 0
        /// Their marks without stars: books on their shelves.
        public var unratedMarks = 0
        public var simulatedReaders = 0
        /// All marks of simulated readers, with and without stars.
        public var simulatedMarks = 0
        /// Names of books that carry a reader's mark.
        public var ratedItems = 0
        /// Names of books that carry tags only, or marks of simulated readers only.
        public var otherItems = 0
        public var tags = 0
        public var taggings = 0
        public var quarantined = 0
        public var runs = 0
    }

    /// How many of the editions that are shown have a fact.
    public struct Completeness: Sendable, Hashable, Codable {
        /// As `Edition` calls it.
        public var field: String
        public var known: Int
        /// 0...1; 0 when there are no editions.
        public var share: Double
    }

    public struct Source: Sendable, Hashable, Codable {
        public var name: String
        public var editions = 0
        public var readers = 0
        public var ratings = 0

        init(name: String) { self.name = name }

        var size: Int { editions + readers + ratings }
    }

    /// How editions came to their works.
    public struct EditionJoins: Sendable, Hashable, Codable {
        /// `first`, `isbn`, `titleAuthor`, `byHand`; what is none of them is `other`.
        public var method: String
        public var editions: Int
        /// 0...1
        public var share: Double
    }

    /// How what readers rate came to be known as works.
    public struct ItemJoins: Sendable, Hashable, Codable {
        /// `edition`, `isbn`, `titleAuthor`, `unmatched`; what is none of them is `other`.
        public var method: String
        public var items = 0
        /// 0...1
        public var shareOfItems = 0.0
        /// Marks with stars.
        public var ratings = 0
        /// 0...1
        public var shareOfRatings = 0.0
        /// 0...1, over the items; nil without one.
        public var meanConfidence: Double?
        /// 0...1, over the ratings; nil without one.
        public var meanConfidenceOfRatings: Double?

        init(method: String) { self.method = method }
    }

    /// The last run of a file.
    public struct LastRun: Sendable, Hashable, Codable {
        public var kind: String
        public var source: String
        public var file: String
        /// ISO 8601, UTC.
        public var finishedAt: String
        public var codeVersion: String
        public var counts: Counts

        /// What became of the rows; nil is what the run's report does not tell.
        public struct Counts: Sendable, Hashable, Codable {
            public var rows: Int?
            public var accepted: Int?
            public var merged: Int?
            public var updated: Int?
            public var unchanged: Int?
            public var quarantined: Int?
            public var unmatched: Int?
            public var ignored: Int?
        }
    }

    public var totals = Totals()
    public var completeness: [Completeness] = []
    public var years = Distribution()
    /// In characters.
    public var descriptionLengths = Distribution()
    public var pages = Distribution()
    /// What sources tell of the average, in stars.
    public var averageRatings = Distribution()
    /// Of the editions.
    public var categories = Ranking()
    /// What readers gave, to the half star; quarter stars and the like count with the half star above.
    public var stars = Distribution()
    /// Of readers; `unknown` are those who have rated nothing.
    public var ratingsPerReader = Distribution()
    /// Of books that are rated at all: works, and items that no work is known for; `unknown` is 0.
    public var ratingsPerBook = Distribution()
    /// The works that somebody has rated.
    public var ratedWorks = 0
    /// The largest first, at most `limit`.
    public var sources: [Source] = []
    public var moreSources = 0
    /// Of works; `unknown` are those without an edition that is shown.
    public var editionsPerWork = Distribution()
    public var editionJoins: [EditionJoins] = []
    public var itemJoins: [ItemJoins] = []
    public var quarantineByRule = Ranking()
    /// The names are `file (source)`.
    public var quarantineByFile = Ranking()
    /// The last run of each file, the latest first, at most 20.
    public var lastRuns: [LastRun] = []
    /// How many files more there are that something was taken in from.
    public var moreFiles = 0

    /// How many entries a ranking has at the most.
    public static let limit = 25
    static let runLimit = 20

    init() {}
}

/// The most frequent names, the most frequent first; those that are as frequent by name.
public struct Ranking: Sendable, Hashable, Codable {
    public struct Entry: Sendable, Hashable, Codable {
        public var name: String
        public var count: Int
    }

    public var top: [Entry] = []
    /// How many names more there are.
    public var more = 0

    init() {}

    /// O(n log n)
    init(_ counts: [String: Int], limit: Int = LibraryProfile.limit) {
        let entries = counts.map(Entry.init).sorted { ($1.count, $0.name) < ($0.count, $1.name) }
        top = Array(entries.prefix(limit))
        more = entries.count - top.count
    }
}
