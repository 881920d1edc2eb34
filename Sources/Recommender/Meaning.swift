import VectorIndex

/// How close each work is in meaning to what was asked for: by its description or by its name, whichever is closer.
///
/// Names are short, so they come close to any query that shares a word with them; a discount keeps a book that is only
/// called so below one that is about it.
struct Meaning {
    enum Source {
        case description, name
    }

    /// In units of cosine. Measured by `bench/known_item.py`.
    static let nameDiscount: Float = 0.04

    private let byName: [Float]
    private let byDescription: [Float]

    /// - Parameter vector: of unit length. O(works * dimension).
    init(of vector: [Float], names: ExactIndex, descriptions: ExactIndex) throws {
        byName = try names.scores(of: vector)
        byDescription = try descriptions.scores(of: vector)
    }

    /// The cosine, at most 1.
    func value(_ row: Int) -> Double {
        Double(max(byDescription[row], byName[row] - Self.nameDiscount))
    }

    func source(_ row: Int) -> Source {
        byDescription[row] >= byName[row] - Self.nameDiscount ? .description : .name
    }
}
