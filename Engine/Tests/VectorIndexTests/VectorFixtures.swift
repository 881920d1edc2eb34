import EngineTestSupport
import Evaluation
import Kernels
import VectorIndex

/// Vectors to search, and the plain search over their floats that every index
/// is held against.
struct VectorFixture {
    let dimension: Int
    /// Row-major [count, dimension].
    let floats: [Float]

    var count: Int { floats.count / dimension }

    func row(_ row: Int) -> [Float] { Array(floats[row * dimension..<(row + 1) * dimension]) }

    func quantized(_ kernels: Kernels = .selected) throws -> QuantizedVectors {
        var vectors = try QuantizedVectors(quantizing: floats, dimension: dimension)
        vectors.kernels = kernels
        return vectors
    }

    /// The best rows by the definition, in double precision.
    func nearest(to query: [Float], count wanted: Int, where filter: RowFilter? = nil) -> [Neighbor] {
        var scores: [Float] = []
        for row in 0..<count {
            // Four sums, so that a test over many rows ends.
            var sums = SIMD4<Double>.zero
            for element in 0..<dimension {
                sums[element % 4] += Double(floats[row * dimension + element]) * Double(query[element])
            }
            scores.append(Float(sums.sum()))
        }
        let rows = scores.indices.filter { filter?.contains($0) ?? true }
        let ordered = rows.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
        return ordered.prefix(max(0, wanted)).map { Neighbor(row: $0, score: scores[$0]) }
    }

    /// Whether `found` is what `nearest` gives, as far as two planes of bytes
    /// tell scores apart: rows that are closer together may change places.
    func agrees(_ found: [Neighbor], with query: [Float], count wanted: Int, where filter: RowFilter? = nil) -> Bool {
        let best = nearest(to: query, count: wanted, where: filter)
        let scores = Dictionary(uniqueKeysWithValues: nearest(to: query, count: count).map { ($0.row, $0.score) })
        return found.count == best.count && Set(found.map(\.row)).count == found.count
            && zip(found, best).allSatisfy { found, best in
                let own = scores[found.row] ?? .nan
                return abs(found.score - best.score) < 2e-5 && abs(found.score - own) < 2e-5
                    && filter?.contains(found.row) ?? true
            }
    }

    /// Unit vectors in all directions.
    static func random(count: Int, dimension: Int, seed: UInt64) -> VectorFixture {
        var random = SeededGenerator(seed: seed)
        let rows = (0..<count).map { _ in unit(gaussians(dimension, &random)) }
        return VectorFixture(dimension: dimension, floats: rows.flatMap { $0 })
    }

    /// Unit vectors around centres, in fewer directions than they have
    /// elements, as those of texts are.
    static func clustered(count: Int, dimension: Int, clusters: Int, seed: UInt64) -> VectorFixture {
        var random = SeededGenerator(seed: seed)
        let directions = (0..<16).map { _ in gaussians(dimension, &random) }
        let centres = (0..<clusters).map { _ in gaussians(16, &random) }
        let rows = (0..<count).map { _ in
            let centre = centres.randomElement(using: &random)!
            let place = zip(centre, gaussians(16, &random)).map { $0 + 0.6 * $1 }
            var vector = gaussians(dimension, &random).map { 0.3 * $0 }
            for (weight, direction) in zip(place, directions) {
                for element in vector.indices { vector[element] += weight * direction[element] }
            }
            return unit(vector)
        }
        return VectorFixture(dimension: dimension, floats: rows.flatMap { $0 })
    }

    static func unit(_ vector: [Float]) -> [Float] {
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return vector.map { $0 / length }
    }

    /// Normally distributed to the eye: sums of four even ones.
    static func gaussians(_ count: Int, _ random: inout SeededGenerator) -> [Float] {
        (0..<count).map { _ in random.floats(4).reduce(0, +) * 0.866 }
    }
}
