import Foundation

/// How much each feature of a recommendation counts: weights at some numbers of books that are known of a reader, and between these
/// in a straight line by the logarithm. None is below 0, so a book never falls by being closer to what a reader likes.
public struct TasteBlend: Sendable, Hashable {
    public struct Knot: Sendable, Hashable {
        /// How many books are known.
        public var known: Int
        /// By feature; only what they are beside each other has a meaning.
        public var weights: [Double]

        public init(known: Int, _ weights: [TasteFeature: Double]) {
            self.known = known
            self.weights = TasteFeature.allCases.map { weights[$0] ?? 0 }
        }
    }

    /// By rising number of known books; at least one.
    public let knots: [Knot]

    public init(_ knots: [Knot]) {
        precondition(!knots.isEmpty)
        self.knots = knots.sorted { $0.known < $1.known }
    }

    /// For libraries whose readers are too few to learn from: fitted to the readers of `docs/recommendations.md`, and what their
    /// ratings say nothing of set by looking at lists.
    public static let standard = TasteBlend([
        Knot(
            known: 1,
            [
                .readers: 0.9, .company: 0.1, .meaning: 0.1, .author: 0.1, .series: 0.1, .genre: 0.05, .mood: 0.05,
                .popularity: 0.08, .standing: 0.1, .distance: 0.05,
            ]),
        Knot(
            known: 30,
            [
                .readers: 0.8, .company: 0.1, .meaning: 0.1, .author: 0.05, .series: 0.05, .genre: 0.05, .mood: 0.05,
                .popularity: 0.05, .standing: 0.05, .distance: 0.05,
            ]),
    ])

    /// 0 for a reader of whom as little is known as at the first knot, 1 for one of whom as much is as at the last.
    func familiarity(known: Int) -> Double {
        let (first, last) = (log(1 + Double(knots[0].known)), log(1 + Double(knots[knots.count - 1].known)))
        return last > first ? min(1, max(0, (log(1 + Double(known)) - first) / (last - first))) : 1
    }

    /// The weights for a reader.
    /// - Parameters:
    ///   - known: how many books are known of them.
    ///   - present: the features that say something; the others count for nothing.
    ///   - adventurousness: at a half the weights are as learned; below, what is well known and what is by the same authors
    ///     counts for more, above for less, and what few know counts too.
    func weights(known: Int, present: Set<TasteFeature>, adventurousness: Double = 0.5) -> [Double] {
        var own = zip(TasteFeature.allCases, learned(known: known)).map { feature, weight in
            guard present.contains(feature) else { return 0.0 }
            return Self.familiar.contains(feature) ? weight * 2 * (1 - adventurousness) : weight
        }
        if present.contains(.novelty) {
            own[TasteFeature.novelty.rawValue] = max(0, adventurousness - 0.5) * own.reduce(0, +)
        }
        return own
    }

    private func learned(known: Int) -> [Double] {
        guard let above = knots.firstIndex(where: { $0.known > known }) else { return knots[knots.count - 1].weights }
        guard above > 0 else { return knots[0].weights }
        let (low, high) = (knots[above - 1], knots[above])
        let (start, end) = (log(1 + Double(low.known)), log(1 + Double(high.known)))
        let share = (log(1 + Double(known)) - start) / (end - start)
        return zip(low.weights, high.weights).map { $0 + share * ($1 - $0) }
    }

    /// What an adventurous reader does not ask for.
    private static let familiar: Set<TasteFeature> = [.popularity, .standing, .author, .series]
}

extension TasteBlend: Codable {
    // By name: whoever reads the file wants to know what is what.

    private struct Stored: Codable {
        var known: Int
        var weights: [String: Double]
    }

    public init(from decoder: any Decoder) throws {
        let stored = try decoder.singleValueContainer().decode([Stored].self)
        func corrupted(_ reason: String) -> DecodingError {
            .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: reason))
        }
        guard !stored.isEmpty else { throw corrupted("there are no weights") }
        self.init(
            try stored.map { knot in
                var weights: [TasteFeature: Double] = [:]
                for (name, weight) in knot.weights {
                    guard let feature = TasteFeature.allCases.first(where: { $0.name == name }), weight >= 0,
                        weight.isFinite
                    else { throw corrupted("“\(name)” has no such weight") }
                    weights[feature] = weight
                }
                guard knot.known >= 0 else { throw corrupted("\(knot.known) books cannot be known") }
                return Knot(known: knot.known, weights)
            })
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(
            knots.map { knot in
                Stored(
                    known: knot.known,
                    weights: Dictionary(uniqueKeysWithValues: zip(TasteFeature.allCases.map(\.name), knot.weights)))
            })
    }
}
