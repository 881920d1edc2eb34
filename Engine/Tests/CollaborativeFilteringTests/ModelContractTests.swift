import CollaborativeFiltering
import EngineTestSupport
import Evaluation
import Foundation
import Testing

/// What every collaborative model promises.
@Suite struct ModelContractTests {
    struct Kind: Sendable, CustomTestStringConvertible {
        var name: String
        /// Whether users of different histories get different scores.
        var isPersonal = true
        var train: @Sendable (Interactions) throws -> any CollaborativeModel
        var write: @Sendable (any CollaborativeModel, String) throws -> Void = { _, _ in }
        var open: (@Sendable (String) throws -> any CollaborativeModel)?

        var testDescription: String { name }

        static func weights(_ name: String, _ train: @escaping @Sendable (Interactions) throws -> ItemWeights) -> Kind {
            Kind(
                name: name, train: train, write: { try ($0 as! ItemWeights).write(to: $1) },
                open: { try ItemWeights(path: $0) })
        }

        static func als(_ name: String, _ als: ImplicitALS) -> Kind {
            Kind(
                name: name, train: { try als.train(on: $0).model }, write: { try ($0 as! FactorModel).write(to: $1) },
                open: { try FactorModel(path: $0) })
        }

        static let all = [
            weights("cosine") { try ItemSimilarity().train(on: $0) },
            weights("cosine with shrinkage") { try ItemSimilarity(shrinkage: 3).train(on: $0) },
            weights("cosine that likes the well-known") {
                try ItemSimilarity(weighting: .cosine(share: 0.3)).train(on: $0)
            },
            weights("BM25") { try ItemSimilarity(weighting: .bm25(k1: 50, b: 0.5)).train(on: $0) },
            weights("EASE") { try EASE(regularization: 5).train(on: $0) },
            weights("EASE with dropout") { try EASE(regularization: 2, dropout: 0.3).train(on: $0) },
            als("iALS", ImplicitALS(rank: 8, iterations: 40)),
            als("iALS, one step", ImplicitALS(rank: 8, iterations: 60, steps: 1)),
        ]
        static let everything =
            all + [
                Kind(name: "popularity", isPersonal: false, train: { Popularity($0) })
            ]
    }

    /// User u has the items of the same parity but for item u: that is what they lack.
    private static func checkerboard(_ size: Int) -> Interactions {
        Interactions(
            (0..<size).map { user in
                (0..<size).filter { ($0 + user).isMultiple(of: 2) && $0 != user }.map { Signal(item: $0) }
            }, itemCount: size)
    }

    private static func random(seed: UInt64, isPlain: Bool = false, users: Int = 60, items: Int = 40) -> Interactions {
        var random = SeededGenerator(seed: seed)
        return Interactions(
            (0..<users).map { _ in
                (0..<items).filter { Double.random(in: 0..<1, using: &random) < 0.5 / (1 + Double($0) / 8) }
                    .map { Signal(item: $0, value: isPlain ? 1 : [-1, 0.5, 1, 2].randomElement(using: &random)!) }
            }, itemCount: items)
    }

    @Test(arguments: Kind.all) func whatIsMissingOfACheckerboardIsFound(_ kind: Kind) throws {
        let board = Self.checkerboard(50)
        let model = try kind.train(board)
        for user in 0..<50 {
            #expect(model.best(1, for: board.history(ofUser: user)).map(\.item) == [user], "\(kind.name)")
        }
    }

    @Test(arguments: Kind.everything) func theSameIsLearnedAgain(_ kind: Kind) throws {
        let interactions = Self.random(seed: 3, users: 300, items: 200)
        let history = [Signal(item: 3), Signal(item: 11, value: 0.5), Signal(item: 2, value: -1)]
        let first = try kind.train(interactions).scores(for: history)
        for _ in 0..<3 { #expect(try kind.train(interactions).scores(for: history) == first) }
    }

    @Test(arguments: Kind.all) func whatIsWrittenIsRead(_ kind: Kind) throws {
        let folder = try TemporaryFolder()
        let (model, path) = (try kind.train(Self.random(seed: 4)), folder.path("model"))
        try kind.write(model, path)
        let open = try #require(kind.open)
        let read = try open(path)
        let history = [Signal(item: 1), Signal(item: 5, value: -0.5)]
        #expect(read.itemCount == model.itemCount)
        #expect(read.scores(for: history) == model.scores(for: history))
        #expect(read.contributions(of: history, to: 7) == model.contributions(of: history, to: 7))
        #expect(try folder.names() == ["model"])
    }

    @Test func whatItemsHaveOfThemselvesIsWrittenToo() throws {
        let (folder, interactions) = (try TemporaryFolder(), Self.random(seed: 4))
        let model = try ShortHistoryRegression().train(on: interactions, liked: interactions)
        let numbers = (0..<40).map { 79 - 2 * $0 }
        try model.renumbered(numbers, itemCount: 80).write(to: folder.path("model"))
        let read = try ItemWeights(path: folder.path("model"))
        for history in [[], [3], [5, 2]] {
            let own = model.scores(for: history.map { Signal(item: $0) })
            let renumbered = read.scores(for: history.map { Signal(item: numbers[$0]) })
            #expect(own == numbers.map { renumbered[$0] })
            #expect(stride(from: 0, to: 80, by: 2).allSatisfy { renumbered[$0] == 0 })
        }
    }

    @Test(arguments: Kind.all) func aDamagedFileIsRefused(_ kind: Kind) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("model")
        try kind.write(kind.train(Self.random(seed: 4)), path)
        let bytes = try Array(Data(contentsOf: URL(filePath: path)))
        let open = try #require(kind.open)
        var (kindChanged, shapeChanged) = (bytes, bytes)
        kindChanged[0] ^= 1
        shapeChanged[24] ^= 1
        let files: [(name: String, bytes: [UInt8])] = [
            ("short", bytes.dropLast(8)), ("of another kind", kindChanged), ("empty", []),
            ("of another shape", shapeChanged),
        ]
        for (name, damaged) in files {
            try folder.write(damaged, to: name)
            #expect(throws: CollaborativeFilteringError.self, "\(name)") { try open(folder.path(name)) }
        }
        #expect(throws: CollaborativeFilteringError.self) { try open(folder.path("none")) }
    }

    /// Who was trained on is served as somebody new would be: from a history alone, in whatever order.
    @Test(arguments: Kind.all) func theOrderOfAHistoryHasNoMeaning(_ kind: Kind) throws {
        let interactions = Self.random(seed: 5, isPlain: true)
        let model = try kind.train(interactions)
        for user in 0..<interactions.userCount {
            let history = interactions.history(ofUser: user)
            let scores = model.scores(for: history)
            #expect(scores.count == interactions.itemCount && scores.allSatisfy(\.isFinite))
            let again = model.scores(for: history.reversed())
            #expect(zip(scores, again).allSatisfy { abs($0 - $1) < 1e-4 * max(1, abs($0)) }, "an order has no meaning")
        }
    }

    @Test func foldInGivesTheVectorOfTraining() throws {
        let interactions = Self.random(seed: 6)
        let result = try ImplicitALS(rank: 6, iterations: 300, regularization: 0.05, unobservedWeight: 0.2)
            .train(on: interactions)
        for user in 0..<interactions.userCount {
            let trained = result.users[user * 6..<(user + 1) * 6]
            let foldedIn = result.model.foldIn(interactions.history(ofUser: user))
            #expect(zip(trained, foldedIn).allSatisfy { abs($0 - $1) < 0.01 }, "user \(user)")
        }
    }

    @Test(arguments: Kind.everything) func usersOfNothingOneThingAndUnknownThingsAreServed(_ kind: Kind) throws {
        let interactions = Self.random(seed: 7)
        let model = try kind.train(interactions)
        #expect(model.scores(for: []).count == 40)
        if kind.isPersonal { #expect(model.scores(for: []).allSatisfy { $0 == 0 }) }
        #expect(model.best(40, for: []).count == 40)
        let one = model.best(5, for: [Signal(item: 0)])
        #expect(one.count == 5 && !one.contains { $0.item == 0 })
        #expect(model.scores(for: [Signal(item: 40), Signal(item: -1)]) == model.scores(for: []))
        #expect(model.contributions(of: [Signal(item: 99)], to: 3) == [0])
        #expect(model.contributions(of: [], to: 3) == [])
        // Nobody has the last item of these, and one user has nothing.
        let sparse = Interactions([[Signal(item: 0), Signal(item: 1)], [], [Signal(item: 0)]], itemCount: 3)
        #expect(try kind.train(sparse).scores(for: [Signal(item: 0)]).allSatisfy(\.isFinite))
    }

    @Test(arguments: Kind.all) func contributionsAddUpToTheScore(_ kind: Kind) throws {
        let interactions = Self.random(seed: 8)
        let model = try kind.train(interactions)
        let history = [Signal(item: 0), Signal(item: 4, value: 2), Signal(item: 9, value: -1), Signal(item: 90)]
        let scores = model.scores(for: history)
        for item in 0..<40 {
            let parts = model.contributions(of: history, to: item)
            #expect(parts.count == 4 && parts[3] == 0)
            #expect(abs(parts.reduce(0, +) - scores[item]) < 1e-4 * max(1, abs(scores[item])), "item \(item)")
        }
    }

    @Test(arguments: Kind.all) func ofNothingNothingIsLearned(_ kind: Kind) {
        #expect {
            try kind.train(Interactions([[], []], itemCount: 3))
        } throws: {
            ($0 as? CollaborativeFilteringError)?.code == .noSignals
        }
    }

    @Test func manyAreServedAsOneIs() throws {
        let interactions = Self.random(seed: 9, isPlain: true, users: 200)
        let result = try ImplicitALS(rank: 8, iterations: 5).train(on: interactions)
        let all = result.model.best(7, forUsers: result.users, without: interactions)
        for user in 0..<200 {
            let vector = Array(result.users[user * 8..<(user + 1) * 8])
            var scores = (0..<40).map { item in
                zip(vector, result.model.vector(of: item)).reduce(Float(0)) { $0 + $1.0 * $1.1 }
            }
            for item in interactions.items(ofUser: user) { scores[Int(item)] = -.infinity }
            let expected = scores.indices.filter { scores[$0] > -.infinity }.sorted { scores[$0] > scores[$1] }.prefix(
                7)
            #expect(zip(all[user], expected).allSatisfy { abs($0.score - scores[$1]) < 1e-4 })
            #expect(all[user].count == expected.count)
        }
    }

    @Test func popularityForgivesFewAndForgetsTheOld() {
        let interactions = Interactions(
            [
                [Signal(item: 0), Signal(item: 1)], [Signal(item: 0), Signal(item: 2)],
                [Signal(item: 1), Signal(item: 0)],
            ],
            itemCount: 4)
        let scores = Popularity(interactions).scores(for: [])
        #expect(scores[0] > scores[1] && scores[1] > scores[2] && scores[2] > scores[3] && scores[3] == 0)
        // By item: the second user's 0 and 2 are new, everything else is ten years old.
        let aged = Popularity(interactions, ages: [[3650, 3650], [3650, 0], [3650, 3650]]).scores(for: [])
        #expect(aged[2] > aged[0])
    }
}
