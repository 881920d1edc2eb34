import Evaluation
import Foundation
import Ranking
import Recommender

/// Learns how much each feature of a recommendation counts, from readers whom the models of readers have not seen: weights that
/// make what they like likely among what is good by any feature. A conditional logit, so the weights are what they seem to be.
struct BlendFitting {
    /// How many are taken from the best by each feature.
    var alternatives = 40
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
        let all = judges + [1, 2, 3, 8].flatMap { JudgingReaders.shortened(judges, to: $0, seed: seed) }
        return learned(try blend(learned(.standard), all) ?? .standard)
    }

    /// - Parameters:
    ///   - sources: with models that have not seen the judges.
    ///   - judges: readers of whom different amounts are known.
    /// - Returns: nil without judges.
    func blend(_ sources: TasteSources, _ judges: [JudgingReaders.Judge]) throws -> TasteBlend? {
        let features = TasteFeature.allCases.filter { $0 != .novelty }
        var choices: [ConditionalLogit.Choice] = []
        for judge in judges {
            let (values, familiarity) = try sources.features(for: judge.marks)
            let known = judge.knownRows
            var rows = Set<Int>()
            for own in values.compactMap({ $0 }) {
                var ranking = BoundedRanking(capacity: alternatives + known.count)
                ranking.offer(own)
                rows.formUnion(ranking.kept.map(\.row))
            }
            rows.subtract(known)
            rows.subtract(judge.hidden)
            let others = rows.sorted()
            var random = SeededGenerator(seed: seed)
            for chosen in judge.hidden.sorted().shuffled(using: &random).prefix(choicesOfReader) {
                var matrix: [Float] = []
                matrix.reserveCapacity((others.count + 1) * 2 * features.count)
                for row in [chosen] + others {
                    for feature in features {
                        let value = values[feature.rawValue]?[row] ?? 0
                        // Two weights a feature: of readers' common ways what knowing more of the reader adds, of all others what
                        // they count for at either end.
                        let isCommon = Self.common.contains(feature)
                        matrix.append(isCommon ? value : value * Float(1 - familiarity))
                        matrix.append(value * Float(familiarity))
                    }
                }
                choices.append(.init(features: matrix, chosen: 0))
            }
        }
        guard !choices.isEmpty else { return nil }
        let logit = ConditionalLogit(fitting: choices, features: 2 * features.count, penalty: 1e-5, steps: 300)
        var weights: [TasteFeature: TasteBlend.Weight] = [:]
        for (place, feature) in features.enumerated() {
            let (first, second) = (logit.weights[2 * place], logit.weights[2 * place + 1])
            weights[feature] = TasteBlend.Weight(
                unknown: first, known: Self.common.contains(feature) ? first + second : second)
        }
        // Only what weights are beside each other has a meaning. In the order of the features: a dictionary has another in every
        // process, and a sum then other last bits.
        let total = features.reduce(0) { $0 + (weights[$1]?.known ?? 0) }
        guard total > 0 else { return nil }
        return TasteBlend(weights.mapValues { .init(unknown: $0.unknown / total, known: $0.known / total) })
    }

    private static let common: Set<TasteFeature> = [.readers]
}
