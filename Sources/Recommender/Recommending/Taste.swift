import CollaborativeFiltering

/// What is known of a reader when books are chosen for them, by row.
struct Taste: Sendable {
    struct Liked: Sendable, Hashable {
        var row: Int
        /// 1 for a plain like.
        var weight: Double
    }

    /// Everything they marked: what models are asked with.
    var signals: [Signal] = []
    var liked: [Liked] = []
    var disliked: [Int] = []

    /// From what a reader marked, of each work the last.
    /// - Parameter marks: rows, and in how many stars; nil for what was read without any.
    init(_ marks: [(row: Int, stars: Double?)]) {
        for (row, stars) in marks {
            guard let strength = ReaderSignal.strength(stars: stars) else { continue }
            signals.append(Signal(item: row, value: strength))
            if let stars, stars <= ReaderSignal.dislikingStars {
                disliked.append(row)
            } else if stars ?? ReaderSignal.like >= ReaderSignal.likingStars {
                liked.append(Liked(row: row, weight: (stars ?? ReaderSignal.like) >= 5 ? 1.2 : 1))
            }
        }
    }
}
