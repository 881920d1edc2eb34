import Evaluation
import Foundation
import Ranking
import Recommender

/// Learns how much each feature of a recommendation counts, from readers whom the models of readers have not seen: weights that
/// make what they like likely among what is good by any feature. A conditional logit, so the weights are what they seem to be.
struct BlendFitting {
    /// How many are taken from the best by all features together, and from the best by each.
    var alternatives = (best: 150, ofFeature: 10)
    /// At most so many books of a reader are choices.
    var choicesOfReader = 4
    var seed: UInt64 = 1

    /// Models of the readers who are learned from, and a blend fitted to the judges: of whom much is known, and of the same of whom
    /// little is.
    func sources(
        _ sources: TasteSources, learningFrom readers: JudgingReaders, judging judges: [JudgingReaders.Judge],
        memory: Int
    ) throws -> TasteSources {
        let models = try ReaderModels(readers.signals, likes: readers.likes, memory: memory)
        func learned(_ blend: TasteBlend) -> TasteSources {
            sources.learning(
                readers: models.readers, company: models.company, counts: readers.likers, blend: blend)
        }
        return learned(try blend(learned(.standard), judges) ?? .standard)
    }

    /// Weights for readers of whom little is known, and for those of whom more and more is, each fitted by itself.
    /// - Parameter sources: with models that have not seen the judges.
    /// - Returns: nil without judges.
    func blend(_ sources: TasteSources, _ judges: [JudgingReaders.Judge]) throws -> TasteBlend? {
        var knots: [TasteBlend.Knot] = []
        for known in [1, 2, 3, 8, 30] {
            let some = JudgingReaders.shortened(judges, to: known, seed: seed)
            // At the last knot everything that is known of those of whom so much is.
            let shown = known == 30 ? judges.filter { $0.known.count >= 10 } : some
            guard let weights = try weights(sources, shown) else { continue }
            knots.append(TasteBlend.Knot(known: known, weights))
        }
        return knots.isEmpty ? nil : TasteBlend(knots)
    }

    /// Nil without judges.
    private func weights(
        _ sources: TasteSources, _ judges: [JudgingReaders.Judge]
    ) throws -> [TasteFeature: Double]? {
        let features = TasteFeature.allCases.filter { $0 != .novelty }
        var choices: [ConditionalLogit.Choice] = []
        for judge in judges {
            let values = try sources.features(for: judge.marks)
            let known = judge.knownRows
            var rows = Set<Int>()
            func take(_ count: Int, by scores: [Float]) {
                var ranking = BoundedRanking(capacity: count + known.count)
                ranking.offer(scores)
                rows.formUnion(ranking.kept.map(\.row))
            }
            // What is hard to tell from what they like: with easy ones, the weights would be of telling those apart.
            take(alternatives.best, by: try sources.scores(for: judge.marks))
            for own in values.compactMap({ $0 }) { take(alternatives.ofFeature, by: own) }
            rows.subtract(known)
            rows.subtract(judge.hidden)
            let others = rows.sorted()
            var random = SeededGenerator(seed: seed)
            for chosen in judge.hidden.sorted().shuffled(using: &random).prefix(choicesOfReader) {
                let matrix = ([chosen] + others).flatMap { row in
                    features.map { values[$0.rawValue]?[row] ?? 0 }
                }
                choices.append(.init(features: matrix, chosen: 0))
            }
        }
        guard !choices.isEmpty else { return nil }
        let scales = Self.scales(of: choices, features: features.count)
        for choice in choices.indices {
            for place in choices[choice].features.indices {
                choices[choice].features[place] *= scales[place % scales.count]
            }
        }
        let logit = ConditionalLogit(fitting: choices, features: scales.count, penalty: 1e-4)
        let weights = zip(logit.weights, scales).map { $0 * Double($1) }
        let total = weights.reduce(0, +)
        guard total > 0 else { return nil }
        return Dictionary(uniqueKeysWithValues: zip(features, weights.map { $0 / total }))
    }

    /// What makes every feature vary as much as any other, without which the way to the best weights is long; 0 for one that never
    /// varies, of which nothing can be learned.
    private static func scales(of choices: [ConditionalLogit.Choice], features: Int) -> [Float] {
        var (sums, squares, count) = (
            [Double](repeating: 0, count: features), [Double](repeating: 0, count: features), 0.0
        )
        for choice in choices {
            for (place, value) in choice.features.enumerated() {
                sums[place % features] += Double(value)
                squares[place % features] += Double(value) * Double(value)
            }
            count += Double(choice.features.count / features)
        }
        return zip(sums, squares).map { sum, square in
            let variance = square / count - (sum / count) * (sum / count)
            return variance > 1e-12 ? Float(1 / variance.squareRoot()) : 0
        }
    }

    private static let common: Set<TasteFeature> = [.readers]
}
