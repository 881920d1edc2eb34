public import Catalog
import CatalogStore
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
