internal import DenseAlgebra
internal import Foundation
internal import Ranking

/// Learns what each item says of each other one, all at once, in closed form:
/// the weights that give users' histories back from themselves best, with none
/// from an item to itself. Steck, "Embarrassingly shallow autoencoders for
/// sparse data", 2019; with `dropout` as in Steck, "Autoencoders that don't
/// overfit towards the identity", 2020.
public struct EASE: Sendable {
    /// Of the squares of the weights; the larger, the less one user matters.
    public var regularization: Float
    /// In 0..<1: how much of each history is hidden while learning to give it
    /// back, at random and all the ways at once. It holds well-known items
    /// back more than others.
    public var dropout: Float
    /// How many items are kept that speak for or against each: the strongest.
    public var neighbors: Int

    public init(regularization: Float = 200, dropout: Float = 0, neighbors: Int = 400) {
        self.regularization = regularization
        self.dropout = dropout
        self.neighbors = neighbors
    }

    /// How many bytes training takes at most, beside the interactions.
    public static func memory(itemCount: Int, neighbors: Int) -> Int {
        // The matrix, the kept weights as lists and then in one piece, and what OpenBLAS takes for itself.
        4 * itemCount * itemCount + 20 * itemCount * min(neighbors, itemCount) + 40 << 20
    }

    /// O(itemCount³ + sum over users of their items squared) in one matrix
    /// [itemCount, itemCount]; uses all cores.
    /// - Throws: `CollaborativeFilteringError.noSignals`, `.unsolvable`.
    public func train(on interactions: Interactions) throws(CollaborativeFilteringError) -> ItemWeights {
        guard interactions.count > 0 else {
            throw CollaborativeFilteringError(.noSignals, "no user has any of the \(interactions.itemCount) items")
        }
        let items = interactions.itemCount
        // Not an array: it would be filled with zeros by one thread, where its pages can come as they are used.
        let matrix = UnsafeMutablePointer<Float>.allocate(capacity: items * items)
        defer { unsafe matrix.deallocate() }
        // Every row is written by one thread.
        nonisolated(unsafe) let shared = unsafe matrix
        unsafe GramMatrix.fill(matrix, of: interactions, stride: items)
        for item in 0..<items {
            let place = item * items + item
            unsafe matrix[place] += regularization + dropout / (1 - dropout) * matrix[place]
        }
        let isSolved = DenseAlgebra.withThreads(Parallel.cores) {
            unsafe DenseAlgebra.factor(matrix, count: items) && DenseAlgebra.invert(factor: matrix, count: items)
        }
        guard isSolved else {
            throw CollaborativeFilteringError(.unsolvable, "regularization is \(regularization) over \(items) items")
        }
        unsafe GramMatrix.mirror(matrix, count: items)
        let columns = Parallel.map(0..<items, scratch: { [Float](repeating: 0, count: items) }) { item, sizes in
            unsafe strongest(of: shared + item * items, item, &sizes)
        }
        return ItemWeights(columns: columns)
    }

    /// The weights that speak loudest for or against an item, from its column of the inverse.
    private func strongest(
        of inverse: UnsafePointer<Float>, _ item: Int, _ sizes: inout [Float]
    ) -> [(source: UInt32, weight: Float)] {
        let own = unsafe -1 / inverse[item]
        for other in sizes.indices { unsafe sizes[other] = abs(inverse[other] * own) }
        sizes[item] = 0
        var ranking = BoundedRanking(capacity: neighbors)
        ranking.offer(sizes)
        return ranking.kept.filter { $0.score > 0 }.map { (UInt32($0.row), unsafe inverse[$0.row] * own) }
    }
}
