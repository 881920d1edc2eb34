internal import DenseAlgebra
internal import Foundation

/// Learns a vector for each user and item by alternating least squares, as in
/// Rendle et al., "Revisiting the performance of iALS on item recommendation
/// benchmarks", 2021: every item that a user does not have counts as a little
/// dislike, and vectors are held back by how much is known.
///
/// A signal's value is its weight: above 0 towards 1, below 0 towards 0.
/// Each half of an iteration improves the vectors by a few steps of conjugate
/// gradients from where they were: Takács, Pilászy and Tikk, "Applications of
/// the conjugate gradient method for implicit feedback collaborative
/// filtering", 2011.
public struct ImplicitALS: Sendable {
    /// The number of elements of a vector.
    public var rank: Int
    public var iterations: Int
    /// λ of Rendle et al.
    public var regularization: Float
    /// ν of Rendle et al., in 0...1.
    public var regularizationExponent: Float
    /// α₀ of Rendle et al.: of what users do not have, beside 1 of what they have.
    public var unobservedWeight: Float
    /// Steps of conjugate gradients for each vector and half iteration.
    public var steps: Int
    public var seed: UInt64

    public init(
        rank: Int = 64, iterations: Int = 15, regularization: Float = 0.003, regularizationExponent: Float = 1,
        unobservedWeight: Float = 0.1, steps: Int = 3, seed: UInt64 = 1
    ) {
        precondition(rank > 0 && iterations > 0 && steps > 0)
        (self.rank, self.iterations, self.steps, self.seed) = (rank, iterations, steps, seed)
        (self.regularization, self.regularizationExponent) = (regularization, regularizationExponent)
        self.unobservedWeight = unobservedWeight
    }

    /// The model, and the vectors of the users it was trained on. [users, rank]
    public struct Result: Sendable {
        public let model: FactorModel
        public let users: [Float]
    }

    /// How many bytes training takes at most, beside the interactions.
    public static func memory(userCount: Int, itemCount: Int, rank: Int) -> Int {
        4 * rank * (userCount + itemCount) + 64 << 20
    }

    /// O(iterations * steps * (signals * rank + (users + items) * rank²));
    /// uses all cores, and gives the same for the same seed on one machine
    /// however many there are.
    /// - Throws: `CollaborativeFilteringError.noSignals`.
    public func train(
        on interactions: Interactions, onIteration: (Int) -> Void = { _ in }
    ) throws(CollaborativeFilteringError) -> Result {
        guard interactions.count > 0 else {
            throw CollaborativeFilteringError(.noSignals, "no user has any of the \(interactions.itemCount) items")
        }
        var random = NormalNumbers(seed: seed, deviation: 0.1 / Float(rank).squareRoot())
        var items = random.take(interactions.itemCount * rank)
        var users = random.take(interactions.userCount * rank)
        DenseAlgebra.withThreads(1) {
            interactions.withRows { userRows, itemRows in
                for iteration in 0..<iterations {
                    improve(&users, userRows, beside: items)
                    improve(&items, itemRows, beside: users)
                    onIteration(iteration)
                }
            }
        }
        let model = FactorModel(
            items: StoredArray(items), itemCount: interactions.itemCount, rank: rank,
            unobservedWeight: unobservedWeight,
            regularization: Regularization(strength: regularization, exponent: regularizationExponent))
        return Result(model: model, users: users)
    }

    /// Half an iteration: every vector of one side, with those of the other side as they are.
    private func improve(_ vectors: inout [Float], _ rows: SparseRows, beside others: [Float]) {
        let (count, otherCount) = (vectors.count / rank, others.count / rank)
        let regularization = Regularization(strength: regularization, exponent: regularizationExponent)
        unsafe others.withUnsafeBufferPointer { others in
            unsafe vectors.withUnsafeMutableBufferPointer { vectors in
                let gram = unsafe FactorModel.gram(
                    of: others.baseAddress!, rows: otherCount, rank: rank, scale: unobservedWeight)
                // Each vector is read and written by the one thread that has its row.
                nonisolated(unsafe) let vectors = vectors.baseAddress!
                nonisolated(unsafe) let others = others.baseAddress!
                Parallel.forEach(0..<count, scratch: { ConjugateGradients(rank: rank) }) { part, solver in
                    for row in part {
                        let penalty = regularization.penalty(
                            count: rows.range(row).count, others: otherCount, unobservedWeight)
                        unsafe solver.improve(
                            vectors + row * rank, steps: steps, gram: gram, penalty: penalty, rows, row, others)
                    }
                }
            }
        }
    }
}
