import CollaborativeFiltering
import Evaluation
import Foundation
import Recommender

extension RecommendationJudge {
    /// What readers are drawn to, and what they like: all works are numbered in both, so that models of both can be compared.
    private static func signals(_ judge: JudgingReaders.Judge) -> [Signal] {
        judge.known.compactMap(\.signal)
    }

    private static func likes(_ judge: JudgingReaders.Judge) -> [Signal] { judge.liked.map { Signal(item: $0) } }

    /// Trains on the works that readers marked alone.
    private func compactly<Model>(
        _ interactions: Interactions, _ train: (Interactions) throws -> Model,
        _ renumbered: (Model, [Int], Int) -> Model
    ) rethrows -> Model {
        let (compact, rows) = interactions.withoutUnusedItems()
        return renumbered(try train(compact), rows, readers.works)
    }

    private func short(_ length: Float, _ regularization: Float) throws -> ItemWeights {
        let (compact, rows) = readers.signals.withoutUnusedItems()
        return try ShortHistoryRegression(historyLength: length, regularization: regularization)
            .train(on: compact, liked: readers.likes.renumbered(rows)).renumbered(rows, itemCount: readers.works)
    }

    private func weights(_ interactions: Interactions, _ train: (Interactions) throws -> ItemWeights) rethrows
        -> ItemWeights
    {
        try compactly(interactions, train) { $0.renumbered($1, itemCount: $2) }
    }

    /// Each family of models with its parameters as they do best among `judges`, and what needs no choice.
    func baselines(_ judges: [JudgingReaders.Judge]) throws -> [System] {
        let (likes, signals) = (readers.likes, readers.signals)
        let popularity = Popularity(likes)
        let families: [[System]] = [
            try [(50, nil), (200, nil), (50, Float(1.2)), (200, 1.2), (200, 100)].map { neighbors, k1 in
                let similarity = ItemSimilarity(
                    weighting: k1.map { .bm25(k1: $0, b: 0.75) } ?? .cosine(), neighbors: neighbors)
                let name = k1.map { "item-item, BM25 (k1 \($0), \(neighbors) neighbours)" }
                return System(
                    name ?? "item-item, cosine (\(neighbors) neighbours)",
                    model: try weights(likes) { try similarity.train(on: $0) }, Self.likes)
            },
            try [(Float(50), 5_000), (100, 5_000), (200, 5_000), (800, 5_000), (3_200, 5_000), (50, 100), (100, 100)]
                .map {
                    regularization, kept in
                    System(
                        "EASE (λ \(Int(regularization)), \(kept) kept)",
                        model: try weights(likes) {
                            try EASE(regularization: regularization, neighbors: kept).train(on: $0)
                        }, Self.likes)
                },
            try [
                (Float(50), Float(0.3), 5_000), (100, 0.4, 5_000), (50, 0.3, 100), (50, 0.3, 50), (50, 0.3, 200),
                (200, 0.4, 100), (20, 0.3, 100),
            ].map { regularization, dropout, kept in
                System(
                    "EASE on stars (λ \(Int(regularization)), dropout \(dropout), \(kept) kept)",
                    model: try weights(signals) {
                        try EASE(regularization: regularization, dropout: dropout, neighbors: kept).train(on: $0)
                    }, Self.signals)
            },
            try [(Float(1.5), Float(2)), (4, 2)].map { length, regularization in
                System(
                    "regression on short histories (\(length) books)",
                    model: try short(length, regularization), Self.signals)
            },
            try [(64, 0.003, 0.1), (64, 0.01, 0.1), (128, 0.003, 0.1), (64, 0.003, 0.3), (64, 0.001, 0.3)].map {
                (rank, regularization: Float, unobserved: Float) in
                let als = ImplicitALS(
                    rank: rank, iterations: 15, regularization: regularization, unobservedWeight: unobserved)
                return System(
                    "iALS (\(rank) factors, λ \(regularization), α₀ \(unobserved))",
                    model: try compactly(likes, { try als.train(on: $0).model }) { $0.renumbered($1, itemCount: $2) },
                    Self.likes)
            },
        ]
        let random = System("random") { [seed, readers] judge in
            var generator = SeededGenerator(seed: judge.name.utf8.reduce(seed) { 31 &* $0 &+ UInt64($1) })
            return (0..<readers.works).map { _ in Float.random(in: 0..<1, using: &generator) }
        }
        return [
            random, System("popularity", model: popularity) { _ in [] },
            System("text only") { [recommender] in try recommender.descriptionCosines(toWorksAt: $0.liked) },
            // One description goes in, what is nearest to it comes out; what readers do is not looked at.
            System("the reference's method") { [recommender] judge in
                let best = judge.known.max { ($0.stars ?? 0, $1.row) < ($1.stars ?? 0, $0.row) }
                return try recommender.descriptionCosines(toWorksAt: best.map { [$0.row] } ?? [])
            },
        ] + (try families.compactMap { try chosen($0, for: judges)?.0 })
    }

    /// Ours, of everything that the readers who are learned from give.
    func ours() throws -> TasteSources {
        try BlendFitting(seed: seed).sources(
            recommender.tasteSources, learningFrom: readers, judging: readers.validation,
            memory: Trainer.standardMemory)
    }

    func system(_ name: String, _ sources: TasteSources, without left: Set<TasteFeature> = []) -> System {
        System(name) { try sources.scores(for: $0.marks, without: left) }
    }

    /// As it is served: spread out, and not too many of one author.
    func served(_ name: String, _ sources: TasteSources, diversity: Double, adventurousness: Double) -> System {
        var system = System(name) { try sources.scores(for: $0.marks, adventurousness: adventurousness) }
        system.list = { [titles] judge in
            sources.list(
                try sources.scores(for: judge.marks, adventurousness: adventurousness), without: judge.knownRows,
                count: Self.deepest, diversity: diversity, mostOfOneAuthor: 2, titles: titles)
        }
        return system
    }
}
