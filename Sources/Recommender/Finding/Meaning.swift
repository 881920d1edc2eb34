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

    private let vector: [Float]
    private let names: ExactIndex
    private let descriptions: ExactIndex
    private var byName: [Float]
    private var byDescription: [Float]

    /// - Parameter vector: of unit length. O(works * dimension).
    init(of vector: [Float], names: ExactIndex, descriptions: ExactIndex) throws {
        self.vector = vector
        self.names = names
        self.descriptions = descriptions
        byName = try names.scores(of: vector)
        byDescription = try descriptions.scores(of: vector)
    }

    /// Looks at these rows again, more closely: the values of all rows are off by up to about 0.001, which does not matter
    /// but for the order of those that are shown. O(rows * dimension).
    mutating func refine(_ rows: [Int]) throws {
        for (row, score) in try zip(rows, names.scores(of: vector, rows: rows)) { byName[row] = score }
        for (row, score) in try zip(rows, descriptions.scores(of: vector, rows: rows)) { byDescription[row] = score }
    }

    /// The cosine, at most 1.
    func value(_ row: Int) -> Double {
        Double(max(byDescription[row], byName[row] - Self.nameDiscount))
    }

    func source(_ row: Int) -> Source {
        byDescription[row] >= byName[row] - Self.nameDiscount ? .description : .name
    }
}
