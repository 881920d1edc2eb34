public import Foundation

/// How much each feature of a recommendation counts: a weight for readers of whom nothing is known, one for those who are
/// well known, and in a straight line between. None is below 0, so a book never falls by being closer to what a reader likes;
/// and readers' common ways never count less for one who is better known.
public struct TasteBlend: Sendable, Hashable {
    public struct Weight: Sendable, Hashable, Codable {
        public var unknown: Double
        public var known: Double

        public init(unknown: Double, known: Double) {
            (self.unknown, self.known) = (unknown, known)
        }
    }

    /// By feature.
    public var weights: [Weight]

    public init(_ weights: [TasteFeature: Weight]) {
        self.weights = TasteFeature.allCases.map { weights[$0] ?? Weight(unknown: 0, known: 0) }
    }

    /// For libraries whose readers are too few to learn from.
    public static let standard = TasteBlend([
        .readers: Weight(unknown: 0.15, known: 0.55), .company: Weight(unknown: 0.2, known: 0.2),
        .meaning: Weight(unknown: 0.2, known: 0.08), .author: Weight(unknown: 0.08, known: 0.05),
        .series: Weight(unknown: 0.03, known: 0.03), .genre: Weight(unknown: 0.05, known: 0.02),
        .mood: Weight(unknown: 0.02, known: 0.01), .popularity: Weight(unknown: 0.25, known: 0.04),
        .standing: Weight(unknown: 0.1, known: 0.02), .distance: Weight(unknown: 0.03, known: 0.02),
    ])

    /// The weights for a reader, adding up to 1.
    /// - Parameters:
    ///   - familiarity: 0...1
    ///   - present: the features that say something; the others count for nothing.
    ///   - adventurousness: at a half the weights are as learned; below, what is well known and what is by the same authors
    ///     counts for more, above for less, and what few know counts too.
    func proportions(familiarity: Double, present: Set<TasteFeature>, adventurousness: Double = 0.5) -> [Double] {
        var own = zip(TasteFeature.allCases, weights).map { feature, weight in
            guard present.contains(feature) else { return 0.0 }
            let learned = weight.unknown + familiarity * (weight.known - weight.unknown)
            return Self.familiar.contains(feature) ? learned * 2 * (1 - adventurousness) : learned
        }
        if present.contains(.novelty) {
            own[TasteFeature.novelty.rawValue] = max(0, adventurousness - 0.5) * own.reduce(0, +)
        }
        let total = own.reduce(0, +)
        return total > 0 ? own.map { $0 / total } : own
    }

    /// What an adventurous reader does not ask for.
    private static let familiar: Set<TasteFeature> = [.popularity, .standing, .author, .series]
}

extension TasteBlend: Codable {
    // By name: whoever reads the file wants to know what is what.

    public init(from decoder: any Decoder) throws {
        let named = try decoder.singleValueContainer().decode([String: Weight].self)
        for (name, weight) in named {
            guard TasteFeature.allCases.contains(where: { $0.name == name }),
                weight.unknown >= 0, weight.known >= 0, weight.unknown.isFinite, weight.known.isFinite
            else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "“\(name)” has no such weight"))
            }
        }
        weights = TasteFeature.allCases.map { named[$0.name] ?? Weight(unknown: 0, known: 0) }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(
            Dictionary(uniqueKeysWithValues: zip(TasteFeature.allCases.map(\.name), weights)))
    }
}
