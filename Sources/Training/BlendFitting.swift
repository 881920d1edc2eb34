import Evaluation
import Foundation
import Ranking
import Recommender

/// Learns how much each feature of a recommendation counts, from readers whom the models of readers have not seen: weights that
/// make what they like likely among what is good by any feature. A conditional logit, so the weights are what they seem to be.
struct BlendFitting {
    /// How many books a choice is among, drawn from those that readers marked, all as likely: were they chosen by how good they
    /// look, looking good would seem to speak against a book.
    var alternatives = 600
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
        return learned(try blend(learned(.standard), judges).map { try tempered($0, learned, judges) } ?? .standard)
    }

    /// Likelihood is of all that readers like, most of which is far down any list; the first ten are what they see. So how much
    /// popularity counts, the feature that has most to do with the difference, is chosen anew by the nDCG of the first ten.
    private func tempered(
        _ blend: TasteBlend, _ learned: (TasteBlend) -> TasteSources, _ judges: [JudgingReaders.Judge]
    ) throws -> TasteBlend {
        var knots = blend.knots
        let popularity = TasteFeature.popularity.rawValue
        for place in knots.indices {
            let fitted = knots[place].weights[popularity]
            let shown = shown(judges, known: knots[place].known)
            var best: (weight: Double, value: Double)?
            for factor in [1, 0.7, 0.5, 0.3, 0.15, 0] {
                // Only this knot, so that what is known of readers between knots does not matter.
                var knot = knots[place]
                knot.weights[popularity] = factor * fitted
                let value = try nDCG(learned(TasteBlend([knot])), shown)
                if value > best?.value ?? -1 { best = (factor * fitted, value) }
            }
            knots[place].weights[popularity] = best?.weight ?? fitted
        }
        return TasteBlend(knots)
    }

    private func nDCG(_ sources: TasteSources, _ judges: [JudgingReaders.Judge]) throws -> Double {
        var sum = 0.0
        for judge in judges {
            var scores = try sources.scores(for: judge.marks)
            for row in judge.knownRows { scores[row] = -.infinity }
            var ranking = BoundedRanking(capacity: 10)
            ranking.offer(scores)
            sum += RankingMetrics.figures(ranked: ranking.sorted().map(\.row), relevant: judge.hidden, at: 10).nDCG
        }
        return sum / Double(max(1, judges.count))
    }

    /// The same readers as far as they show what counts when so many books are known: at the last knot all that is known of those
    /// of whom much is.
    private func shown(_ judges: [JudgingReaders.Judge], known: Int) -> [JudgingReaders.Judge] {
        known == Self.knots.last
            ? judges.filter { $0.known.count >= 10 } : JudgingReaders.shortened(judges, to: known, seed: seed)
    }

    private static let knots = [1, 2, 3, 8, 30]

    /// Weights for readers of whom little is known, and for those of whom more and more is, each fitted by itself.
    /// - Parameter sources: with models that have not seen the judges.
    /// - Returns: nil without judges.
    func blend(_ sources: TasteSources, _ judges: [JudgingReaders.Judge]) throws -> TasteBlend? {
        var knots: [TasteBlend.Knot] = []
        for known in Self.knots {
            guard let weights = try weights(sources, shown(judges, known: known)) else { continue }
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
        let marked = sources.markedRows
        for (number, judge) in judges.enumerated() {
            let values = try sources.features(for: judge.marks)
            let known = judge.knownRows
            var random = SeededGenerator(seed: seed &+ UInt64(number))
            let others = marked.filter { !known.contains($0) && !judge.hidden.contains($0) }
                .shuffled(using: &random).prefix(alternatives)
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
