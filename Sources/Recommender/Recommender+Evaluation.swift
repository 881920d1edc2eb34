import Artifacts
public import Catalog
import CatalogStore
public import CollaborativeFiltering
import Ranking
import TextEmbedding
import VectorIndex

extension Recommender {
    /// The works that answer words best by some parts of the search alone, best first: for evaluations. An ISBN finds its work
    /// where names are looked at.
    public func ranking(of query: String, using parts: SearchParts, limit: Int) throws -> [WorkID] {
        let request = SearchRequest(query: query, limit: limit)
        if parts.contains(.names), let isbn = request.isbn {
            return try snapshot.row(of: isbn).map { [try work(atRow: $0).id] } ?? []
        }
        var scoring = try scoring(of: request, FoldedText.words(of: query), using: parts)
        return try snapshot.works(atRows: ranked(nil, 0..<limit, by: &scoring)).map(\.id)
    }

    /// What each leg of `Leg.fitted` says of every work, [works, legs], in the order of the rows: what blends are fitted to.
    public func legs(of query: String) throws -> [Float] {
        var scoring = try scoring(of: SearchRequest(query: query), FoldedText.words(of: query))
        try scoring.refine(Array(ratings.indices))
        return ratings.indices.flatMap { row in
            let legs = scoring.legs(row)
            return Leg.fitted.map { Float(min(1, max(0, legs[$0.rawValue]))) }
        }
    }

    /// The cosine of every work's description to words, in the order of the rows.
    public func descriptionCosines(to query: String) throws -> [Float] {
        try vectors.descriptions.scores(of: encoder.embed(query))
    }

    /// The row of the work that has an edition with this ISBN.
    public func rowForEvaluation(of isbn: ISBN13) throws -> Int? { try snapshot.row(of: isbn) }

    /// The works in the order of their rows.
    public func allWorks() throws -> [Work] { try snapshot.works(atRows: Array(ratings.indices)) }
}

extension Leg {
    /// Those whose weights are fitted.
    public static let fitted: [Leg] = [.meaning, .keywords, .name, .rating]
}

extension Recommender {
    /// What recommendations are made from, so that parts of it can be replaced by others that did not see whom one judges by.
    public var tasteSources: TasteSources { tastes }

    /// The titles of all works, in the order of their rows.
    public func allTitles() throws -> [String] { try snapshot.titles(atRows: Array(ratings.indices)) }

    /// The vector of each work's description, in the order of the rows, for text alone. O(works * dimension).
    public func descriptionCosines(toWorksAt rows: [Int]) throws -> [Float] {
        var sum = [Float](repeating: 0, count: manifest.dimension)
        for row in rows {
            let vector = vectors.works.vectors.vector(at: row)
            for element in sum.indices { sum[element] += vector[element] }
        }
        return try vectors.works.scores(of: TasteSources.unitVector(sum))
    }
}

extension TasteSources {
    /// The same with other models of readers.
    /// - Parameter counts: how many readers marked each work.
    public func learning(
        readers: any CollaborativeModel, company: ItemWeights, counts: [Int], blend: TasteBlend
    ) -> TasteSources {
        var other = self
        (other.readers, other.company, other.blend) = (readers, company, blend)
        other.popularity = Self.popularity(counts)
        return other
    }

    /// The score of every row for a reader who marked these, as `Recommender.recommendations` has it.
    public func scores(
        for marks: [(row: Int, stars: Double?)],
        adventurousness: Double = RecommendationRequest.standardAdventurousness, without left: Set<TasteFeature> = []
    ) throws -> [Float] {
        try TasteScoring(of: Taste(marks), in: self, adventurousness: adventurousness, without: left).scores
    }

    /// What every feature says of every row, by feature: nil where it says nothing.
    public func features(for marks: [(row: Int, stars: Double?)]) throws -> [[Float]?] {
        try TasteScoring(
            of: Taste(marks), in: self, adventurousness: RecommendationRequest.standardAdventurousness
        ).values
    }

    /// The rows of works that readers marked.
    public var markedRows: [Int] { popularity.indices.filter { popularity[$0] > 0 } }

    /// How much each feature counts.
    public var learnedBlend: TasteBlend { blend }

    /// The vectors that lists are spread by: what works mean, without what all have in common. [dimension] each
    public func vectors(ofWorksAt rows: [Int]) throws -> [[Float]] { rows.map(distinctVector) }

    /// The list as it is served: of these scores, without what the reader marked.
    /// - Parameter titles: of all works.
    public func list(
        _ scores: [Float], without marked: Set<Int>, count: Int, diversity: Double, mostOfOneAuthor: Int,
        titles: [String]
    ) -> [Int] {
        var scores = scores
        for row in marked { scores[row] = -.infinity }
        var ranking = BoundedRanking(capacity: Self.candidates(for: count))
        ranking.offer(scores)
        let candidates = ranking.sorted().filter { $0.score > -.infinity }
        return spread(
            candidates, count, diversity: diversity, mostOfOneAuthor: mostOfOneAuthor,
            titles: candidates.map { titles[$0.row] })
    }
}
