import Ranking

/// How the legs of a score are weighed.
///
/// The proportions of meaning, keywords, name and rating were fitted on one half of `data/queries/search.jsonl` (a conditional
/// logit over all works) and judged on the other; see `docs/search.md`.
enum Blend {
    private static let words: [Leg: Double] = [.meaning: 0.38, .keywords: 0.415, .name: 0.1, .rating: 0.105]

    /// - Parameters:
    ///   - semanticRatio: at a half the proportions are as fitted; towards 1 the words' spelling fades out, towards 0 their
    ///     meaning.
    ///   - hasExactTitle: the words are the title of a work: then that is worth more than all else together.
    ///   - moods: the share of the moods beside the rest.
    static func search(
        hasWords: Bool, semanticRatio: Double, hasExactTitle: Bool, hasExamples: Bool, moods strength: Double,
        without left: Set<Leg> = []
    ) -> LinearBlend<8> {
        var proportions: [Leg: Double] = [.rating: 0.085]
        if hasWords {
            proportions = words
            proportions[.meaning]! *= min(1, 2 * semanticRatio)
            for leg in [Leg.keywords, .name] { proportions[leg]! *= min(1, 2 * (1 - semanticRatio)) }
        }
        if hasExamples { proportions[.examples] = 0.5 }
        proportions = proportions.filter { !left.contains($0.key) }
        proportions = withMood(proportions, strength)
        // More than half: whatever else a work has, it does not come before one with that title.
        if hasExactTitle { proportions[.exactTitle] = 1.05 * sum(proportions) }
        return LinearBlend(proportions)
    }

    /// - Parameter alpha: the share of what readers like beside what the books say.
    static func similar(alpha: Double, moods strength: Double) -> LinearBlend<8> {
        LinearBlend(withMood([.meaning: 0.90 * (1 - alpha), .readers: 0.90 * alpha, .rating: 0.10], strength))
    }

    /// In the order of the legs: a dictionary has another in every process, and a sum then other last bits.
    private static func sum(_ proportions: [Leg: Double]) -> Double {
        Leg.allCases.reduce(0) { $0 + (proportions[$1] ?? 0) }
    }

    /// The mood has `strength` beside the others, which have the rest. What is not asked for counts for nothing, and leaves
    /// the rest of the score to what is.
    private static func withMood(_ others: [Leg: Double], _ strength: Double) -> [Leg: Double] {
        let total = sum(others)
        guard total > 0, strength > 0 else { return others }
        var all = others.mapValues { $0 / total * (1 - strength) }
        all[.mood] = strength
        return all
    }
}
