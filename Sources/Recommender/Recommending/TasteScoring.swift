import Catalog
import CatalogStore
import CollaborativeFiltering
import Foundation
import Ranking
import VectorIndex

/// How well every work suits a reader: its features, and their blend.
///
/// Each feature is 0 or more and rises with what it is named for. What models of readers say is taken as it is, but for a square
/// root that keeps one book that many go on to from drowning all else: their scores are sums over what is known of a reader, so
/// what readers have in common counts the more, the more is known. A score is the sum of each feature times its weight, over the
/// best that any work has: so it is 0...1.
struct TasteScoring {
    let taste: Taste
    /// By feature; nil where it says nothing. [works] each
    let values: [[Float]?]
    /// By feature.
    let proportions: [Double]
    /// Of every row. [works]
    let scores: [Float]

    /// What is at least as near to disliked works as this is as near as can be.
    private static let nearDislikes: Float = 1

    /// O(works * (dimension + features) + weights of what the reader marked).
    /// - Parameter left: features that count for nothing.
    init(
        of taste: Taste, in sources: TasteSources, adventurousness: Double, without left: Set<TasteFeature> = []
    ) throws {
        self.taste = taste
        var values = [[Float]?](repeating: nil, count: TasteFeature.allCases.count)
        func set(_ feature: TasteFeature, _ found: [Float]?) { values[feature.rawValue] = found }
        if !taste.signals.isEmpty {
            set(.readers, Self.raised(sources.readers.scores(for: taste.signals)))
            set(.company, Self.raised(sources.company.scores(for: taste.signals)))
        }
        if !taste.liked.isEmpty {
            let liked = taste.liked.map { ($0.row, Float($0.weight)) }
            set(.meaning, Self.raised(try Self.closeness(to: liked, in: sources)))
            set(.author, Self.shared(liked, sources.columns.authors))
            set(.series, Self.shared(liked, sources.columns.series))
            set(.genre, Self.overlap(liked, sources.traits.bits, mask: Traits.genres))
            set(.mood, Self.overlap(liked, sources.traits.bits, mask: Traits.moods))
        }
        if !taste.disliked.isEmpty,
            let far = Self.raised(try Self.closeness(to: taste.disliked.map { ($0, 1) }, in: sources))
        {
            set(.distance, far.map { max(0, Self.nearDislikes - $0) })
        }
        set(.popularity, sources.popularity)
        set(.standing, sources.standing)
        set(.novelty, sources.popularity.map { 1 - $0 })
        for feature in left { values[feature.rawValue] = nil }
        self.values = values
        let present = Set(TasteFeature.allCases.filter { values[$0.rawValue] != nil })
        let weights = sources.blend.weights(
            known: taste.signals.count, present: present, adventurousness: adventurousness)
        let sums = Self.sums(of: values, weights)
        let scale = sums.max().map { $0 > 0 ? 1 / $0 : 1 } ?? 1
        proportions = weights.map { $0 * Double(scale) }
        scores = sums.map { $0 * scale }
    }

    /// What each feature that counts is weighed with, together 1.
    var shares: [(TasteFeature, Double)] {
        let total = proportions.reduce(0, +)
        return zip(TasteFeature.allCases, proportions).filter { $0.1 > 0 }.map { ($0, $1 / total) }
    }

    /// O(works * features).
    private static func sums(of values: [[Float]?], _ weights: [Double]) -> [Float] {
        var sums = [Float](repeating: 0, count: values.lazy.compactMap { $0?.count }.first ?? 0)
        for (own, weight) in zip(values, weights) {
            guard let own, weight > 0 else { continue }
            let weight = Float(weight)
            sums.withUnsafeMutableBufferPointer { sums in
                own.withUnsafeBufferPointer { own in for row in sums.indices { sums[row] += weight * own[row] } }
            }
        }
        return sums
    }

    func value(_ feature: TasteFeature, _ row: Int) -> Double { Double(values[feature.rawValue]?[row] ?? 0) }

    /// What each feature adds to a row's score, by feature.
    func contributions(_ row: Int) -> [Double] {
        TasteFeature.allCases.map { proportions[$0.rawValue] * value($0, row) }
    }

    /// The square root, with what is below nothing at 0; nil where none is above.
    private static func raised(_ scores: [Float]) -> [Float]? {
        guard let most = scores.max(), most > 0 else { return nil }
        return scores.map { max(0, $0).squareRoot() }
    }

    /// The mean cosine to these, what all works have in common taken away.
    private static func closeness(to rows: [(row: Int, weight: Float)], in sources: TasteSources) throws -> [Float] {
        var query = [Float](repeating: 0, count: sources.middle.count)
        for (row, weight) in rows {
            let vector = TasteSources.unitVector(sources.vectors.vectors.vector(at: row))
            for element in query.indices { query[element] += weight * (vector[element] - sources.middle[element]) }
        }
        return try sources.vectors.scores(of: TasteSources.unitVector(query))
    }

    /// The logarithm of 1 and how many of the liked works have one of a work's names; nil where they have none.
    private static func shared(_ liked: [(row: Int, weight: Float)], _ lists: CodedLists) -> [Float]? {
        var counts: [Int: Float] = [:]
        for (row, weight) in liked { lists.forEachCode(of: row) { counts[$0, default: 0] += weight } }
        guard !counts.isEmpty else { return nil }
        var table = [Float](repeating: 0, count: lists.names.count)
        for (code, count) in counts { table[code] = log(1 + count) }
        return (0..<lists.count).map { row in
            var most: Float = 0
            lists.forEachCode(of: row) { most = max(most, table[$0]) }
            return most
        }
    }

    /// The mean, over what is said of a work, of the share of the liked works that it is said of too.
    private static func overlap(_ liked: [(row: Int, weight: Float)], _ bits: [UInt64], mask: UInt64) -> [Float]? {
        var shares = [Float](repeating: 0, count: 64)
        var total: Float = 0
        for (row, weight) in liked where bits[row] & mask != 0 {
            total += weight
            forEachBit(bits[row] & mask) { shares[$0] += weight }
        }
        guard total > 0 else { return nil }
        return bits.map { own in
            var (sum, count): (Float, Float) = (0, 0)
            forEachBit(own & mask) {
                sum += shares[$0]
                count += 1
            }
            return count > 0 ? sum / (count * total) : 0
        }
    }

    private static func forEachBit(_ bits: UInt64, _ body: (Int) -> Void) {
        var rest = bits
        while rest != 0 {
            body(rest.trailingZeroBitCount)
            rest &= rest - 1
        }
    }
}

extension Traits {
    static let genres = mask(Genre.allCases.map(Trait.genre))
    static let moods = mask(Mood.allCases.map(Trait.mood))
}
