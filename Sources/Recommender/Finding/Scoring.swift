import Catalog
import Ranking
import VectorIndex

/// How well each work answers one request: its legs, and their blend.
struct Scoring {
    /// Nil when the request has no words, or none whose meaning counts.
    private(set) var meaning: Meaning?
    let keywords: Keywords?
    let names: [Int: NameMatch]
    /// What those like besides who like the book that is asked about, by row.
    let neighbors: [Int: ReaderNeighbors.Neighbor]
    let feelings: [(label: BookLabel, weight: Double)]
    let examples: Examples?
    /// Words that were read as others.
    let corrections: [Understanding.Correction]
    private let blend: LinearBlend<8>
    private let standing: [Float]
    /// How well works answer the feelings; empty without any.
    private let moods: [Double]

    /// O(works * dimension).
    init(
        meaning: Meaning?, keywords: Keywords? = nil, names: [Int: NameMatch] = [:], examples: Examples? = nil,
        neighbors: [ReaderNeighbors.Neighbor] = [],
        corrections: [Understanding.Correction] = [], feelings: [BookLabel: Double], blend: LinearBlend<8>,
        in recommender: Recommender
    ) {
        self.meaning = meaning
        self.keywords = keywords
        self.names = names
        self.examples = examples
        self.neighbors = Dictionary(neighbors.map { ($0.row, $0) }) { first, _ in first }
        self.corrections = corrections
        self.blend = blend
        self.feelings = feelings.map { ($0.key, $0.value) }.sorted { $0.label.column < $1.label.column }
        standing = recommender.standing
        moods = recommender.labels.answers(to: self.feelings)
    }

    /// The score of every row at a first look: as `score` would have it but for rounding. O(works).
    func firstLook() -> [Float] {
        var scores = [Float](repeating: 0, count: standing.count)
        func add(_ leg: Leg, _ values: [Float]) {
            let weight = Float(blend.weights[leg.rawValue])
            guard weight > 0 else { return }
            scores.withUnsafeMutableBufferPointer { scores in
                values.withUnsafeBufferPointer { values in
                    for row in scores.indices { scores[row] += weight * min(max(values[row], 0), 1) }
                }
            }
        }
        if let meaning { add(.meaning, meaning.values) }
        if let keywords { add(.keywords, keywords.values) }
        add(.rating, standing)
        if !moods.isEmpty { add(.mood, moods.map(Float.init)) }
        if let examples { add(.examples, examples.values.map(Float.init)) }
        for (row, match) in names {
            scores[row] += Float(blend.weights[Leg.name.rawValue] * match.value)
            scores[row] += Float(blend.weights[Leg.exactTitle.rawValue] * match.certainty)
        }
        for row in neighbors.keys { scores[row] += Float(blend.weights[Leg.readers.rawValue] * likeness(row)) }
        return scores
    }

    /// How much each leg counts.
    var weights: Legs { blend.weights }

    func legs(_ row: Int) -> Legs {
        let match = names.isEmpty ? nil : names[row]
        return [
            meaning?.value(row) ?? 0, Double(keywords?.values[row] ?? 0), match?.value ?? 0, Double(standing[row]),
            moods.isEmpty ? 0 : moods[row], examples?.values[row] ?? 0, match?.certainty ?? 0, likeness(row),
        ]
    }

    /// Similarities of readers are small: of a tenth, much is in common.
    private func likeness(_ row: Int) -> Double {
        neighbors.isEmpty ? 0 : neighbors[row].map { Double($0.similarity).squareRoot() } ?? 0
    }

    func score(_ row: Int) -> Double { blend.score(of: legs(row)) }

    func contributions(_ row: Int) -> Legs { blend.contributions(of: legs(row)) }

    /// Looks at these rows again, more closely.
    mutating func refine(_ rows: [Int]) throws { try meaning?.refine(rows) }

    /// The works that have one of the words, by spelling or by name.
    func literalMatches(of works: Int) -> RowFilter {
        var rows = RowFilter(count: works)
        if let keywords { for (row, value) in keywords.values.enumerated() where value > 0 { rows.insert(row) } }
        for row in names.keys { rows.insert(row) }
        return rows
    }
}
