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
