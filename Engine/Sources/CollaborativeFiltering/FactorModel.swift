internal import DenseAlgebra
internal import Foundation
internal import MemoryMapping
internal import Ranking
internal import Synchronization

/// A vector for each item; a user's vector is the one that explains their
/// history best, and a score is the product of both. What `ImplicitALS`
/// learns.
public struct FactorModel: CollaborativeModel {
    public let itemCount: Int
    /// The number of elements of a vector.
    public let rank: Int
    /// Of what users have not, beside 1 of what they have.
    let unobservedWeight: Float
    let regularization: Regularization
    // [itemCount, rank]
    let items: StoredArray<Float>
    // [rank, rank]: the sum of all items' outer products, times `unobservedWeight`.
    let gram: [Float]

    init(
        items: StoredArray<Float>, itemCount: Int, rank: Int, unobservedWeight: Float, regularization: Regularization
    ) {
        (self.items, self.itemCount, self.rank) = (items, itemCount, rank)
        (self.unobservedWeight, self.regularization) = (unobservedWeight, regularization)
        gram = unsafe items.withUnsafeBufferPointer {
            unsafe Self.gram(of: $0.baseAddress!, rows: itemCount, rank: rank, scale: unobservedWeight)
        }
    }

    static func gram(of rows: UnsafePointer<Float>, rows count: Int, rank: Int, scale: Float) -> [Float] {
        unsafe [Float](unsafeUninitializedCapacity: rank * rank) { sum, filled in
            unsafe DenseAlgebra.multiply(
                transposed: rows, rows, scale: scale, into: sum.baseAddress!, rows: rank, columns: rank, inner: count)
            filled = rank * rank
        }
    }

    /// The vector of a user who was not there when the model was trained:
    /// what training would give them with the items as they are. [rank]
    /// O(history * rank² + rank³).
    public func foldIn(_ history: [Signal]) -> [Float] {
        let history = history.filter { (0..<itemCount).contains($0.item) && $0.value != 0 }
        guard !history.isEmpty else { return [Float](repeating: 0, count: rank) }
        var factor = equations(of: history)
        var solution = [Float](repeating: 0, count: rank)
        unsafe items.withUnsafeBufferPointer { items in
            for signal in history where signal.value > 0 {
                for element in 0..<rank {
                    unsafe solution[element] += signal.value * items[signal.item * rank + element]
                }
            }
        }
        return solve(&factor, solution)
    }

    /// O(history * rank² + rank³ + itemCount * rank).
    public func scores(for history: [Signal]) -> [Float] {
        let user = foldIn(history)
        return unsafe [Float](unsafeUninitializedCapacity: itemCount) { scores, count in
            unsafe items.withUnsafeBufferPointer { items in
                unsafe DenseAlgebra.multiply(
                    items.baseAddress!, vector: user, into: scores.baseAddress!, rows: itemCount, columns: rank)
            }
            count = itemCount
        }
    }

    /// The score falls apart into what each item of the history adds: Hu, Koren
    /// and Volinsky, "Collaborative filtering for implicit feedback datasets",
    /// 2008, section 5. O(history * rank² + rank³).
    public func contributions(of history: [Signal], to item: Int) -> [Float] {
        let known = history.filter { (0..<itemCount).contains($0.item) && $0.value != 0 }
        guard (0..<itemCount).contains(item), !known.isEmpty else {
            return [Float](repeating: 0, count: history.count)
        }
        var factor = equations(of: known)
        let direction = solve(&factor, vector(of: item))
        return history.map { signal in
            guard (0..<itemCount).contains(signal.item), signal.value > 0 else { return 0 }
            return signal.value * zip(vector(of: signal.item), direction).reduce(0) { $0 + $1.0 * $1.1 }
        }
    }

    /// The same vectors of items with other numbers; those that get none have zeros.
    /// - Parameter numbers: the new number of each item, all different and below `itemCount`.
    public func renumbered(_ numbers: [Int], itemCount: Int) -> FactorModel {
        precondition(numbers.count == self.itemCount)
        var vectors = [Float](repeating: 0, count: itemCount * rank)
        for (item, number) in numbers.enumerated() {
            vectors.replaceSubrange(number * rank..<(number + 1) * rank, with: vector(of: item))
        }
        return FactorModel(
            items: StoredArray(vectors), itemCount: itemCount, rank: rank, unobservedWeight: unobservedWeight,
            regularization: regularization)
    }

    /// An item's vector. [rank]
    public func vector(of item: Int) -> [Float] {
        unsafe items.withUnsafeBufferPointer { unsafe Array($0[item * rank..<(item + 1) * rank]) }
    }

    /// The best items for many users at once, without those that they have;
    /// the users' vectors are [users, rank]. Uses all cores.
    /// O(users * itemCount * rank).
    public func best(_ count: Int, forUsers users: [Float], without had: Interactions) -> [[ScoredItem]] {
        let (userCount, atOnce) = (users.count / rank, 64)
        precondition(users.count == userCount * rank && had.userCount == userCount && had.itemCount == itemCount)
        let results = Mutex([[ScoredItem]](repeating: [], count: userCount))
        DenseAlgebra.withThreads(1) {
            Parallel.forEach(
                0..<userCount, atOnce: atOnce, scratch: { [Float](repeating: 0, count: atOnce * itemCount) }
            ) { part, scores in
                let own = unsafe scores.withUnsafeMutableBufferPointer { scores in
                    unsafe multiply(users, part, into: scores.baseAddress!)
                    return part.map { user in
                        let first = (user - part.lowerBound) * itemCount
                        let row = unsafe UnsafeMutableBufferPointer(rebasing: scores[first..<first + itemCount])
                        for item in had.items(ofUser: user) { unsafe row[Int(item)] = -.infinity }
                        var ranking = BoundedRanking(capacity: count)
                        unsafe ranking.offer(UnsafeBufferPointer(row))
                        return ranking.sorted().filter { $0.score > -.infinity }
                            .map { ScoredItem(item: $0.row, score: Float($0.score)) }
                    }
                }
                results.withLock { all in for (user, best) in zip(part, own) { all[user] = best } }
            }
        }
        return results.withLock { $0 }
    }

    private func multiply(_ users: [Float], _ part: Range<Int>, into scores: UnsafeMutablePointer<Float>) {
        unsafe users.withUnsafeBufferPointer { users in
            unsafe items.withUnsafeBufferPointer { items in
                unsafe DenseAlgebra.multiply(
                    users.baseAddress! + part.lowerBound * rank, transposed: items.baseAddress!, into: scores,
                    rows: part.count, columns: itemCount, inner: rank)
            }
        }
    }

    /// The left side of a user's equations. [rank, rank], the upper triangle
    private func equations(of history: [Signal]) -> [Float] {
        var sum = gram
        let penalty = regularization.penalty(count: history.count, others: itemCount, unobservedWeight)
        unsafe items.withUnsafeBufferPointer { items in
            // One product of matrices in place of many small ones.
            var rows = [Float](repeating: 0, count: history.count * rank)
            for (place, signal) in history.enumerated() {
                let scale = abs(signal.value).squareRoot()
                for element in 0..<rank {
                    unsafe rows[place * rank + element] = scale * items[signal.item * rank + element]
                }
            }
            unsafe DenseAlgebra.addGramMatrix(of: rows, rows: history.count, columns: rank, scale: 1, to: &sum)
        }
        for element in 0..<rank { sum[element * rank + element] += penalty }
        return sum
    }

    private func solve(_ matrix: inout [Float], _ side: [Float]) -> [Float] {
        var solution = side
        guard unsafe DenseAlgebra.factor(&matrix, count: rank) else { return [Float](repeating: 0, count: rank) }
        unsafe DenseAlgebra.solve(factor: matrix, count: rank, sides: &solution)
        return solution
    }
}

/// How far vectors are held towards nothing: the more is known of somebody or
/// something, the more, as one user's loss also grows with that. Rendle et
/// al., "Revisiting the performance of iALS on item recommendation
/// benchmarks", 2021.
struct Regularization: Sendable, Hashable {
    /// λ
    var strength: Float
    /// ν: 1 as the loss grows, 0 the same for all.
    var exponent: Float

    /// - Parameters:
    ///   - count: how many signals there are.
    ///   - others: how many there could be.
    func penalty(count: Int, others: Int, _ unobservedWeight: Float) -> Float {
        strength * pow(Float(count) + unobservedWeight * Float(others), exponent)
    }
}
