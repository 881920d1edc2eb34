public import Catalog

/// How a reader would like books to feel, and what they must be.
///
/// A mood is a preference: it moves books up and down and hides none. A filter hides, and only where it was asked for.
public struct Preferences: Sendable, Hashable {
    /// Moods and emotions, each from -1, as little of it as can be, to 1, as much.
    public var feelings: [BookLabel: Double]
    /// How much the feelings count beside everything else, 0...1.
    public var strength: Double
    public var filter: BookFilter

    /// By looking at lists for many queries: moods lead among books that fit the words, and do not bring in others.
    public static let standardStrength = 0.3

    public init(
        feelings: [BookLabel: Double] = [:], strength: Double = standardStrength, filter: BookFilter = BookFilter()
    ) {
        self.feelings = feelings
        self.strength = strength
        self.filter = filter
    }

    /// Whether nothing was asked for.
    public var isEmpty: Bool { feelings.isEmpty && filter == BookFilter() }
}

/// What books must be to be shown at all. A book has to fit every part that is not empty, and of each part one choice.
public struct BookFilter: Sendable, Hashable {
    public var isFiction: Bool?
    public var genres: Set<Genre>
    /// Moods that must be noticeable.
    public var moods: Set<Mood>
    public var paces: Set<Pace>
    public var lengths: Set<LengthClass>
    /// Books whose description gives reason to think of one of these are left out, also where that is not likely enough to
    /// be said of them. That others are free of it is not known.
    public var avoid: Set<ContentNote>

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
