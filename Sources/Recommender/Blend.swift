import Ranking

/// How the legs of a score are weighed: titles and authors asked for by name come first, and a rating decides only
/// between books that fit about equally well.
enum Blend {
    /// Meaning, title, rating.
    static let search = LinearBlend<3>(proportions: [0.70, 0.20, 0.10])
    /// Meaning, rating.
    static let similar = LinearBlend<2>(proportions: [0.90, 0.10])
}
