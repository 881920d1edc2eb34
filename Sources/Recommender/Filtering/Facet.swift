/// How many of the works that a request finds are of each kind.
///
/// What the request itself asks for of this facet is left out of the count: so a number is what one would get by asking for
/// that value in its place.
public struct Facet: Sendable, Codable, Hashable {
    public enum Name: String, Sendable, Codable, CaseIterable {
        case fiction, genre, mood, pace, length, decade, language, category
    }

    public struct Value: Sendable, Codable, Hashable {
        /// As the parameter takes it; of a decade its first year.
        public var value: String
        /// As readers call it.
        public var name: String
        public var count: Int
    }

    public var name: Name
    /// Those that occur, the most frequent first; decades and lengths in their order.
    public var values: [Value]

    /// Categories beyond so many are left out: catalogues have thousands, of one book each.
    static let mostCategories = 100
}

extension Facet.Name {
    /// The parameters that ask for its values.
    public var parameters: Set<Preferences.Parameter> {
        switch self {
        case .fiction: [.fiction]
        case .genre: [.genre]
        case .mood: [.feels]
        case .pace: [.pace]
        case .length: [.length]
        case .decade: [.minYear, .maxYear]
        case .language: [.language]
        case .category: [.category]
        }
    }
}
