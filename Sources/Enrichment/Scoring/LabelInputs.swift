public import Catalog
public import VectorIndex

/// What works are labelled by: their vectors and filings, in the same order.
public struct LabelInputs: Sendable {
    /// [works, dimension]; zeros for a work without a description.
    public var descriptions: QuantizedVectors
    /// [works, dimension].
    public var names: QuantizedVectors
    /// [sentences of all works, dimension].
    public var sentences: QuantizedVectors
    /// Of each work, how many sentences there are before its own; and their number in all.
    public var sentenceOffsets: [Int]
    public var catalogue: [Filing]
    /// Nil for works that no reader has shelved.
    public var shelves: [Filing?]
    /// The words in name and description that speak for content notes.
    public var cues: [ContentCues.Found]
    /// By work, what its readers say of its labels: from -1 for each who says that one does not fit, to 1.
    public var readers: [Int: [BookLabel: Float]]
    /// What works without a description are taken to be about: the mean of the others, [dimension].
    private let meanDescription: [Float]

    public init(
        descriptions: QuantizedVectors, names: QuantizedVectors, sentences: QuantizedVectors, sentenceOffsets: [Int],
        catalogue: [Filing], shelves: [Filing?], cues: [ContentCues.Found],
        readers: [Int: [BookLabel: Float]] = [:]
    ) {
        self.descriptions = descriptions
        self.names = names
        self.sentences = sentences
        self.sentenceOffsets = sentenceOffsets
        self.catalogue = catalogue
        self.shelves = shelves
        self.cues = cues
        self.readers = readers
        meanDescription = descriptions.mean
    }

    /// Of one of the two vectors of a work.
    var dimension: Int { names.dimension }

    /// The features of works, [works, 2 * dimension]: the description's vector and the name's.
    func features(of rows: some Collection<Int>) -> [Float] {
        var features: [Float] = []
        features.reserveCapacity(rows.count * 2 * dimension)
        for row in rows {
            let description = descriptions.vector(at: row)
            features += description.contains { $0 != 0 } ? description : meanDescription
            features += names.vector(at: row)
        }
        return features
    }
}

extension QuantizedVectors {
    /// The mean of the rows that are not all zeros, [dimension]. O(count * dimension).
    var mean: [Float] {
        var sums = [Double](repeating: 0, count: dimension)
        var count = 0.0
        for row in 0..<self.count {
            let vector = vector(at: row)
            guard vector.contains(where: { $0 != 0 }) else { continue }
            for (column, value) in vector.enumerated() { sums[column] += Double(value) }
            count += 1
        }
        return sums.map { Float($0 / max(1, count)) }
    }
}
