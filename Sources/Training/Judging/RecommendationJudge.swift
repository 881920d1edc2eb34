import Catalog
public import CatalogStore
import CollaborativeFiltering
import Enrichment
import Evaluation
import Foundation
import Ranking
public import Recommender

/// Measures what recommendations are worth, by readers of whom nothing was learned: a part of what each has rated is shown, and
/// what they like of the rest is to be found among all works.
public struct RecommendationJudge {
    let recommender: Recommender
    let readers: JudgingReaders
    let titles: [String]
    let seed: UInt64
    /// Said while it goes on.
    let progress: (String) -> Void

    static let cutoffs = [5, 10, 20]
    static let deepest = 20

    /// - Throws: `LibraryError` when bundle or library cannot be read.
    public init(
        _ recommender: Recommender, library: Library, seed: UInt64 = 1, progress: @escaping (String) -> Void = { _ in }
    ) throws {
        self.recommender = recommender
        self.seed = seed
        self.progress = progress
        titles = try recommender.allTitles()
        let rows = Dictionary(uniqueKeysWithValues: zip(try recommender.allWorks().map(\.id), 0...))
        readers = JudgingReaders(
            try JudgingReaders.readers(of: library, rows: rows), works: titles.count, seed: seed)
    }

    /// Something that puts works in an order for a reader.
    struct System {
        var name: String
        /// Of every work.
        var scores: (JudgingReaders.Judge) throws -> [Float]
        /// Makes the list in another way than by score alone.
        var list: ((JudgingReaders.Judge) throws -> [Int])?

        init(_ name: String, _ scores: @escaping (JudgingReaders.Judge) throws -> [Float]) {
            (self.name, self.scores) = (name, scores)
        }

        init(_ name: String, model: any CollaborativeModel, _ signals: @escaping (JudgingReaders.Judge) -> [Signal]) {
            self.init(name) { model.scores(for: signals($0)) }
        }

        /// The best works, without what is known of the reader.
        func ranking(for judge: JudgingReaders.Judge, depth: Int) throws -> [Int] {
            if let list { return try list(judge) }
            return Self.best(depth, of: try scores(judge), without: judge)
        }

        static func best(_ depth: Int, of scores: [Float], without judge: JudgingReaders.Judge) -> [Int] {
            var scores = scores
            for mark in judge.known { scores[mark.row] = -.infinity }
            var ranking = BoundedRanking(capacity: depth)
            ranking.offer(scores)
            return ranking.sorted().filter { $0.score > -.infinity }.map(\.row)
        }
    }

    /// What a system says to each judge.
    struct Outcome {
        var name: String
        var lists: [[Int]]
        /// By cutoff, one a judge.
        var figures: [Int: [RankingFigures]]

        var nDCG: [Double] { figures[10]?.map(\.nDCG) ?? [] }
    }

    func outcome(of system: System, _ judges: [JudgingReaders.Judge]) throws -> Outcome {
        let lists = try judges.map { try system.ranking(for: $0, depth: Self.deepest) }
        var figures: [Int: [RankingFigures]] = [:]
        for cutoff in Self.cutoffs {
            figures[cutoff] = zip(lists, judges).map {
                RankingMetrics.figures(ranked: $0, relevant: $1.hidden, at: cutoff)
            }
        }
        return Outcome(name: system.name, lists: lists, figures: figures)
    }

    func mean(_ system: System, _ judges: [JudgingReaders.Judge]) throws -> Double {
        let values = try judges.map {
            RankingMetrics.figures(ranked: try system.ranking(for: $0, depth: 10), relevant: $0.hidden, at: 10).nDCG
        }
        return values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    /// Of these systems, that with the highest nDCG@10 among validation readers.
    func chosen(_ systems: [System], for judges: [JudgingReaders.Judge]) throws -> (System, Double)? {
        var best: (system: System, value: Double)?
        for system in systems {
            let value = try mean(system, judges)
            progress("\(system.name): nDCG@10 \(String(format: "%.4f", value)) on validation readers")
            if value > best?.value ?? -1 { best = (system, value) }
        }
        return best
    }
}
