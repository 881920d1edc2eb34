import Ranking

/// What a score is made of.
public enum Leg: Int, Sendable, CaseIterable, Codable {
    /// How close the work is in meaning to the words.
    case meaning
    /// How well the words, as they are spelt, and their relatives stand in what is told of it.
    case keywords
    /// How well the words name it.
    case name
    /// How many readers have rated it and what they think.
    case rating
    /// How well it answers the moods.
    case mood
    /// How close it is to the examples.
    case examples
    /// How sure it is that the words are its title and nothing else.
    case exactTitle
    /// How alike the readers are who like it and who like the book that is asked about.
    case readers

    /// As answers call it.
    public var name: String {
        switch self {
        case .meaning: "meaning"
        case .keywords: "keywords"
        case .name: "name"
        case .rating: "rating"
        case .mood: "mood"
        case .examples: "examples"
        case .exactTitle: "exactTitle"
        case .readers: "readers"
        }
    }
}

extension Leg {
    // The number is a place in the blend; whoever reads an answer wants the name.

    public init(from decoder: any Decoder) throws {
        let name = try decoder.singleValueContainer().decode(String.self)
        guard let leg = Leg.allCases.first(where: { $0.name == name }) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "“\(name)” is no leg of a score"))
        }
        self = leg
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}

/// One value a leg, in the order of `Leg`.
typealias Legs = LinearBlend<8>.Legs

extension LinearBlend where legCount == 8 {
    /// The blend of these proportions; of legs that are not named, none.
    init(_ proportions: [Leg: Double]) {
        self.init(proportions: Legs { proportions[Leg.allCases[$0]] ?? 0 })
    }
}
