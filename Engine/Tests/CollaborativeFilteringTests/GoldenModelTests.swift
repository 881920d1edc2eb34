import CollaborativeFiltering
import EngineTestSupport
import Testing

/// Against dense matrices in double precision; see Tests/Golden/make_collaborative.py.
@Suite struct GoldenModelTests {
    struct Golden: Decodable {
        struct Ease: Decodable {
            var regularization: Float
            var dropout: Float
            var weights: [[Float]]
        }
        struct Cosine: Decodable {
            var shrinkage: Float
            var share: Float
            var weights: [[Float]]
        }
        struct ShortHistory: Decodable {
            var length: Float
            var regularization: Float
            var weights: [[Float]]
            var base: [Float]
        }
        struct BM25: Decodable {
            var k1: Float
            var b: Float
            var weights: [[Float]]
        }
        struct ALS: Decodable {
            var rank: Int
            var iterations: Int
            var strength: Float
            var exponent: Float
            var unobserved: Float
            var seed: UInt64
            var users: [[Float]]
            var items: [[Float]]
            var foldedIn: [[Float]]
        }
        var itemCount: Int
        var histories: [[[Float]]]
        var ease: [Ease]
        var cosine: [Cosine]
        var shortHistory: ShortHistory
        var bm25: BM25
        var ials: ALS

        var interactions: Interactions {
            Interactions(histories.map { $0.map { Signal(item: Int($0[0]), value: $0[1]) } }, itemCount: itemCount)
        }
    }

    let golden: [Golden]

    init() throws { golden = try GoldenFile.value(of: "collaborative.json", as: [Golden].self) }

    private func expect(_ model: ItemWeights, _ weights: [[Float]], within tolerance: Float, _ what: String) {
        for (source, row) in weights.enumerated() {
            for (target, weight) in row.enumerated() {
                let own = model.weight(from: source, to: target)
                #expect(abs(own - weight) <= tolerance * max(1, abs(weight)), "\(what): \(source) to \(target)")
            }
        }
    }

    @Test func easeIsTheInverse() throws {
        for golden in golden {
            for ease in golden.ease {
                let model = try EASE(regularization: ease.regularization, dropout: ease.dropout)
                    .train(on: golden.interactions)
                expect(model, ease.weights, within: 2e-5, "EASE")
            }
        }
    }

    @Test func similaritiesAreThoseOfDenseMatrices() throws {
        for golden in golden {
            for cosine in golden.cosine {
                let model = try ItemSimilarity(weighting: .cosine(share: cosine.share), shrinkage: cosine.shrinkage)
                    .train(on: golden.interactions)
                expect(model, cosine.weights, within: 1e-5, "cosine")
            }
            let bm25 = try ItemSimilarity(weighting: .bm25(k1: golden.bm25.k1, b: golden.bm25.b))
                .train(on: golden.interactions)
            expect(bm25, golden.bm25.weights, within: 1e-5, "BM25")
        }
    }

    @Test func shortHistoriesAreRegressedOnWithoutTheItemItself() throws {
        for golden in golden {
            let (short, interactions) = (golden.shortHistory, golden.interactions)
            let liked = Interactions(
                (0..<interactions.userCount).map { user in
                    interactions.history(ofUser: user).filter { $0.value > 0.7 }.map { Signal(item: $0.item) }
                }, itemCount: golden.itemCount)
            let model = try ShortHistoryRegression(
                historyLength: short.length, regularization: short.regularization
            ).train(on: interactions, liked: liked)
            expect(model, short.weights, within: 2e-5, "short histories")
            for (own, base) in zip(model.scores(for: []), short.base) { #expect(abs(own - base) < 2e-5) }
        }
    }

    /// As many steps of conjugate gradients as a vector has elements solve exactly.
    @Test func alternatingLeastSquaresSolvesTheSameEquations() throws {
        for golden in golden {
            let ials = golden.ials
            let result = try ImplicitALS(
                rank: ials.rank, iterations: ials.iterations, regularization: ials.strength,
                regularizationExponent: ials.exponent, unobservedWeight: ials.unobserved, steps: 2 * ials.rank,
                seed: ials.seed
            ).train(on: golden.interactions)
            for (item, vector) in ials.items.enumerated() {
                #expect(distance(result.model.vector(of: item), vector) < 2e-4, "item \(item)")
            }
            for (user, vector) in ials.users.enumerated() {
                #expect(distance(Array(result.users[user * ials.rank..<(user + 1) * ials.rank]), vector) < 2e-4)
                let foldedIn = result.model.foldIn(golden.interactions.history(ofUser: user))
                #expect(distance(foldedIn, ials.foldedIn[user]) < 2e-4, "user \(user)")
            }
        }
    }

    private func distance(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).map { abs($0 - $1) }.max() ?? 0 }
}
