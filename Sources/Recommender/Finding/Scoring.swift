import Catalog
import Ranking

/// How well each work answers one request: its legs, and their blend.
struct Scoring {
    /// Nil when the request has no words.
    private(set) var meaning: Meaning?
    let feelings: [(label: BookLabel, weight: Double)]
    private let titles: [Int: TitleMatch]
    private let blend: LinearBlend<4>
    private let ratings: [Float]
    /// How well works answer the feelings; empty without any.
    private let moods: [Double]

    /// O(works * dimension).
    init(
        of vector: [Float]?, titles: [Int: TitleMatch], preferences: Preferences, blend: LinearBlend<4>,
        in recommender: Recommender
    ) throws {
        meaning = try vector.map {
            try Meaning(of: $0, names: recommender.names, descriptions: recommender.descriptions)
        }
        feelings = preferences.feelings.map { ($0.key, $0.value) }.sorted { $0.label.column < $1.label.column }
        self.titles = titles
        self.blend = blend
        ratings = recommender.ratings
        moods = recommender.labels.answers(to: feelings)
    }

    /// Meaning, title, rating, mood.
    private func legs(_ row: Int) -> LinearBlend<4>.Legs {
        [
            meaning?.value(row) ?? 0, titles.isEmpty ? 0 : titles[row]?.value ?? 0, Double(ratings[row]),
            moods.isEmpty ? 0 : moods[row],
        ]
    }

    func score(_ row: Int) -> Double { blend.score(of: legs(row)) }

    func contributions(_ row: Int) -> LinearBlend<4>.Legs { blend.contributions(of: legs(row)) }

    /// Looks at these rows again, more closely.
    mutating func refine(_ rows: [Int]) throws { try meaning?.refine(rows) }
}
