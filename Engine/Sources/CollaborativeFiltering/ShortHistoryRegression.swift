internal import DenseAlgebra
internal import Foundation
internal import Ranking

/// Learns what few items say of all that a user likes, where EASE learns from
/// whole histories and trusts single items too much.
///
/// The regression of what users like on `historyLength` items of theirs, drawn
/// at random and all the ways at once, with a constant for each item that
/// nothing holds back: of a user of whom nothing is known, what most like. In
/// closed form, as no draw need be made: where a user has n items, one is drawn
/// with probability q = m / n and two with q², which are all that the
/// equations ask for. After Steck, "Autoencoders that don't overfit towards
/// the identity", 2020.
public struct ShortHistoryRegression: Sendable {
    /// m, above 0.
    public var historyLength: Float
    /// Of the squares of the weights.
    public var regularization: Float
    /// How many items are kept that speak for or against each: the strongest.
    public var neighbors: Int

    public init(historyLength: Float = 2, regularization: Float = 5, neighbors: Int = 400) {
        self.historyLength = historyLength
        self.regularization = regularization
        self.neighbors = neighbors
    }

    /// How many bytes training takes at most, beside the interactions.
    public static func memory(itemCount: Int, neighbors: Int) -> Int {
        12 * itemCount * (itemCount + 1) + 20 * itemCount * min(neighbors, itemCount) + 40 << 20
    }

    /// O(itemCount³ + sum over users of their items squared) in three matrices
    /// [itemCount, itemCount]; uses all cores.
    /// - Parameters:
    ///   - interactions: what users are known to have.
    ///   - liked: what of that, or beside that, they like: of the same users and items.
    /// - Throws: `CollaborativeFilteringError.noSignals`, `.unsolvable`.
    public func train(
        on interactions: Interactions, liked: Interactions
    ) throws(CollaborativeFilteringError) -> ItemWeights {
        let items = interactions.itemCount
        precondition(liked.userCount == interactions.userCount && liked.itemCount == items)
        guard interactions.count > 0 else {
            throw CollaborativeFilteringError(.noSignals, "no user has any of the \(items) items")
        }
        let chances = (0..<interactions.userCount).map { user in
            min(1, historyLength / Float(max(1, interactions.items(ofUser: user).count)))
        }
        var inverse = unsafe [Float](unsafeUninitializedCapacity: (items + 1) * (items + 1)) { matrix, count in
            unsafe fillLeft(matrix.baseAddress!, interactions, chances)
            count = (items + 1) * (items + 1)
        }
        let right = right(interactions, liked, chances)
        // [items, items + 1]: a row for each item that is spoken for.
        var weights = [Float](repeating: 0, count: items * (items + 1))
        let isSolved = DenseAlgebra.withThreads(Parallel.cores) {
            guard unsafe DenseAlgebra.factor(&inverse, count: items + 1),
                unsafe DenseAlgebra.invert(factor: &inverse, count: items + 1)
            else { return false }
            unsafe GramMatrix.mirror(&inverse, count: items + 1)
            unsafe DenseAlgebra.multiply(
                transposed: right, inverse, into: &weights, rows: items, columns: items + 1, inner: items + 1)
            return true
        }
        guard isSolved else {
            throw CollaborativeFilteringError(.unsolvable, "regularization is \(regularization) over \(items) items")
        }
        let solved = (weights, inverse)
        let columns = Parallel.map(0..<items, scratch: { [Float](repeating: 0, count: items) }) { item, sizes in
            column(item, solved.0, solved.1, &sizes)
        }
        return ItemWeights(columns: columns.map(\.sources), base: columns.map(\.base))
    }

    /// What is known with what is known, and with the constant. [items + 1, items + 1], the upper triangle
    private func fillLeft(_ matrix: UnsafeMutablePointer<Float>, _ interactions: Interactions, _ chances: [Float]) {
        let items = interactions.itemCount
        unsafe GramMatrix.fill(matrix, of: interactions.mapValues { chances[$0] * $2 }, stride: items + 1)
        for item in 0..<items {
            var (squares, sum): (Float, Float) = (0, 0)
            let values = interactions.values(ofItem: item)
            for (place, user) in interactions.users(ofItem: item).enumerated() {
                let value = values.isEmpty ? 1 : values[values.startIndex + place]
                squares += chances[Int(user)] * value * value
                sum += chances[Int(user)] * value
            }
            unsafe matrix[item * (items + 1) + item] = squares + regularization
            unsafe matrix[item * (items + 1) + items] = sum
        }
        let last = unsafe matrix + items * (items + 1)
        unsafe last.initialize(repeating: 0, count: items)
        unsafe last[items] = Float(interactions.userCount)
    }

    /// What is known with what is liked. [items + 1, items]
    private func right(_ interactions: Interactions, _ liked: Interactions, _ chances: [Float]) -> [Float] {
        let items = interactions.itemCount
        var right = [Float](repeating: 0, count: (items + 1) * items)
        for user in 0..<interactions.userCount {
            let likes = liked.history(ofUser: user)
            for signal in interactions.history(ofUser: user) {
                let weight = chances[user] * signal.value
                for like in likes { right[signal.item * items + like.item] += weight * like.value }
            }
            for like in likes { right[items * items + like.item] += like.value }
        }
        return right
    }

    /// Without what an item says of itself: the best solution that has none of it.
    private func column(
        _ item: Int, _ weights: [Float], _ inverse: [Float], _ sizes: inout [Float]
    ) -> (sources: [(source: UInt32, weight: Float)], base: Float) {
        let (items, row) = (sizes.count, item * (sizes.count + 1))
        let own = weights[row + item] / inverse[row + item]
        func weight(_ source: Int) -> Float { weights[row + source] - own * inverse[row + source] }
        for source in 0..<items { sizes[source] = abs(weight(source)) }
        sizes[item] = 0
        var ranking = BoundedRanking(capacity: neighbors)
        ranking.offer(sizes)
        return (
            ranking.kept.filter { $0.score > 0 }.map { (UInt32($0.row), weight($0.row)) }, weight(items)
        )
    }
}
