/// Parts of the search that an evaluation can leave out to see what they are worth.
public struct SearchParts: OptionSet, Sendable, Hashable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// How close works are in meaning.
    public static let meaning = SearchParts(rawValue: 1)
    /// Within meaning: the closest sentence beside the whole description.
    public static let sentences = SearchParts(rawValue: 2)
    /// The words as they are spelt.
    public static let keywords = SearchParts(rawValue: 4)
    /// Within keywords: words that are close in meaning.
    public static let relatedWords = SearchParts(rawValue: 8)
    /// What works are called.
    public static let names = SearchParts(rawValue: 16)
    /// Within names: other spellings, and words read as corrected.
    public static let spelling = SearchParts(rawValue: 32)
    /// How well known and well liked works are.
    public static let standing = SearchParts(rawValue: 64)
    /// Titles that are named in full come first.
    public static let exactTitles = SearchParts(rawValue: 128)

    public static let all = SearchParts(rawValue: 255)
}
