import Artifacts
import Catalog
import CatalogStore
import CollaborativeFiltering
import Enrichment
import Foundation
import VectorIndex

/// All that recommendations are made from, by row: the same whether a bundle serves or is judged.
public struct TasteSources: Sendable {
    /// What readers went on to.
    var readers: any CollaborativeModel
    /// What has readers in common.
    var company: ItemWeights
    /// How many readers here marked each work, on a logarithmic scale, 0...1.
    var popularity: [Float]
    var blend: TasteBlend
    let vectors: ExactIndex
    /// The mean of works' vectors: what all descriptions have in common tells nothing. [dimension]
    let middle: [Float]
    let columns: CatalogColumns
    let traits: Traits
    let standing: [Float]

    /// From a logarithm of how many readers marked each work.
    static func popularity(_ counts: [Int]) -> [Float] {
        let most = log(1 + Float(counts.max() ?? 0))
        return counts.map { most > 0 ? log(1 + Float($0)) / most : 0 }
    }

    /// Of some thousands, evenly spread: a mean that is as good as that of all. O(rows looked at * dimension).
    static func middle(of vectors: QuantizedVectors) -> [Float] {
        var sum = [Float](repeating: 0, count: vectors.dimension)
        let step = max(1, vectors.count / 4_096)
        var count: Float = 0
        for row in stride(from: 0, to: vectors.count, by: step) {
            let vector = unitVector(vectors.vector(at: row))
            for element in sum.indices { sum[element] += vector[element] }
            count += 1
        }
        return count > 0 ? sum.map { $0 / count } : sum
    }

    /// What a work means, without what all have in common: of unit length. [dimension]
    func distinctVector(_ row: Int) -> [Float] {
        let vector = Self.unitVector(vectors.vectors.vector(at: row))
        return Self.unitVector(zip(vector, middle).map { $0 - $1 })
    }

    static func unitVector(_ vector: [Float]) -> [Float] {
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? vector.map { $0 / length } : vector
    }
}
