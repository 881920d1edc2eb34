import Catalog
import Recommender

/// The method of the Python project that this one succeeds, for comparison: of the 70 % of books that fell in its training
/// split the 250 closest by the cosine of their description, ordered by cosine plus a fifth of the mean rating's share of five.
struct ReferenceSearch {
    private static let candidates = 250
    private static let ratingWeight = 0.2

    private let recommender: Recommender
    private let ids: [WorkID]
    private let ratings: [Double]
    private let isInSplit: [Bool]

    init(_ recommender: Recommender) throws {
        self.recommender = recommender
        let works = try recommender.allWorks()
        ids = works.map(\.id)
        ratings = works.map { $0.averageRating ?? 0 }
        isInSplit = works.map { work in
            // FNV-1a (Fowler, Noll and Vo): the same split on every machine.
            work.id.rawValue.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 } % 10
                < 7
        }
    }

    func ranking(of query: String, limit: Int) throws -> [WorkID] {
        let cosines = try recommender.descriptionCosines(to: query)
        let closest = cosines.indices.filter { isInSplit[$0] }.sorted { (cosines[$0], $1) > (cosines[$1], $0) }
            .prefix(Self.candidates)
        let scores = closest.map { (row: $0, score: Double(cosines[$0]) + Self.ratingWeight * ratings[$0] / 5) }
        return scores.sorted { ($0.score, $1.row) > ($1.score, $0.row) }.prefix(limit).map { ids[$0.row] }
    }
}
