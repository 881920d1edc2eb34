import VectorIndex

/// How close each work is to books that a reader likes, and how far from those they do not.
struct Examples {
    /// 0...1, by row, of those that fit.
    let values: [Double]
    let liked: [Int]

    /// O(works * dimension * examples).
    /// - Parameter fitting: the rows whose values are asked for; nil for all.
    init(liked: [Int], disliked: [Int], in vectors: MeaningVectors, among fitting: RowFilter?) throws {
        self.liked = liked
        func closeness(to rows: [Int]) throws -> [[Float]] {
            try rows.map { row in
                let described = vectors.descriptions.vectors.vector(at: row)
                let isKnown = described.contains { $0 != 0 }
                return try vectors.descriptions.scores(
                    of: isKnown ? described : vectors.names.vectors.vector(at: row), where: fitting)
            }
        }
        let (near, far) = (try closeness(to: liked), try closeness(to: disliked))
        values = (0..<vectors.descriptions.count).map { row in
            // The mean of what is liked, so that a work in the middle of several comes first; the closest of what is not.
            let pull = near.isEmpty ? nil : Double(near.reduce(0) { $0 + $1[row] }) / Double(near.count)
            let push = far.map { Double($0[row]) }.max()
            switch (pull, push) {
            case (let pull?, let push?): return 0.7 * pull + 0.3 * (1 - max(0, push))
            case (let pull?, nil): return pull
            case (nil, let push?): return 1 - max(0, push)
            case (nil, nil): return 0
            }
        }
    }
}
