import Ranking

/// How the legs of a score are weighed: titles and authors asked for by name come first, and a rating decides only
/// between books that fit about equally well.
enum Blend {
    /// Meaning, title, rating, mood. Without words there is neither meaning nor title.
    static func search(hasWords: Bool, moods strength: Double) -> LinearBlend<4> {
        let words = hasWords ? 1.0 : 0.0
        return blend([0.70 * words, 0.20 * words, 0.10], moods: strength)
    }

    /// Meaning, title (none), rating, mood.
    static func similar(moods strength: Double) -> LinearBlend<4> {
        blend([0.90, 0, 0.10], moods: strength)
    }

    /// The mood has `strength` beside the others, which have the rest. What is not asked for counts for nothing, and leaves
    /// the rest of the score to what is.
    private static func blend(_ others: InlineArray<3, Double>, moods strength: Double) -> LinearBlend<4> {
        let rest = 1 - strength
        return LinearBlend(proportions: [others[0] * rest, others[1] * rest, others[2] * rest, strength])
    }
}
