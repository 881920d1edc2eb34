public import Enrichment
import Evaluation
import Foundation
import Ranking
import Recommender

extension RecommendationJudge {
    /// All tables. Parameters and weights are chosen by validation readers; every figure is of test readers.
    public func report() throws -> EvaluationReport {
        var report = EvaluationReport()
        guard !readers.test.isEmpty, !readers.validation.isEmpty else {
            report.notes = ["Too few readers have rated \(JudgingReaders.fewest) books or more: nothing can be judged."]
            return report
        }
        let baselines = try baselines(readers.validation)
        let sources = try ours()
        let standard = (RecommendationRequest.standardDiversity, RecommendationRequest.standardAdventurousness)
        let systems =
            baselines + [
                system("ours, by score alone", sources),
                served("ours, as served", sources, diversity: standard.0, adventurousness: standard.1),
                served("ours, adventurous (0.9)", sources, diversity: standard.0, adventurousness: 0.9),
            ]
        let outcomes = try systems.map { system in
            progress("judging \(system.name)")
            return try outcome(of: system, readers.test)
        }
        for cutoff in Self.cutoffs {
            report.tables.append(accuracy("The first \(cutoff), all test readers", outcomes, at: cutoff))
        }
        let few = try fewKnown(baselines, sources)
        report.tables.append(accuracy("The first 10, of whom one to three books are known", few, at: 10))
        report.tables.append(try beyondAccuracy(outcomes))
        report.tables.append(byHistory(outcomes))
        report.tables.append(byPopularity(outcomes))
        report.tables.append(paired("Ours beside the others, all test readers", outcomes))
        report.tables.append(paired("Ours beside the others, one to three books known", few))
        report.tables.append(try ablation(sources))
        report.tables.append(weights(sources))
        report.notes = [
            "\(readers.learned.count) readers were learned from, \(readers.validation.count) chose parameters and weights, "
                + "\(readers.test.count) judged; split \(readers.fingerprint), seed \(seed). All \(readers.works) works are "
                + "ranked.",
            "What is hidden is drawn at random: leaving out what was rated last is not measured.",
        ]
        return report
    }

    /// Test readers three times over, of whom one, two and three books are known; figures are means of a reader's.
    private func fewKnown(_ baselines: [System], _ sources: TasteSources) throws -> [Outcome] {
        let (few, chosenFor) = (
            (1...3).flatMap { JudgingReaders.shortened(readers.test, to: $0, seed: seed) },
            (1...3).flatMap { JudgingReaders.shortened(readers.validation, to: $0, seed: seed) }
        )
        progress("choosing parameters for short histories")
        let systems = try self.baselines(chosenFor) + [system("ours, by score alone", sources)]
        return try systems.map { try outcome(of: $0, few) }
    }

    private func accuracy(_ title: String, _ outcomes: [Outcome], at cutoff: Int) -> EvaluationReport.Table {
        EvaluationReport.Table(
            title: title,
            columns: ["nDCG@\(cutoff)", "recall", "precision", "MAP", "MRR", "hit rate"],
            rows: outcomes.map { outcome in
                let figures = outcome.figures[cutoff] ?? []
                let metrics: [RankingMetric] = [
                    .nDCG, .recall, .precision, .averagePrecision, .reciprocalRank, .hitRate,
                ]
                return EvaluationReport.Row(
                    name: outcome.name, examples: figures.count,
                    cells: metrics.map { metric in
                        EvaluationReport.Cell(Bootstrap.mean(of: figures.map { $0[metric] }, seed: seed))
                    })
            })
    }

    private func beyondAccuracy(_ outcomes: [Outcome]) throws -> EvaluationReport.Table {
        let popularity = counts
        let marked = popularity.count { $0 > 0 }
        let sources = recommender.tasteSources
        return EvaluationReport.Table(
            title: "Beyond accuracy, the first 10",
            columns: [
                "coverage of all works", "coverage of works with readers", "Gini", "novelty, bits", "personalisation",
                "diversity in a list",
            ],
            rows: try outcomes.map { outcome in
                let lists = outcome.lists.map { Array($0.prefix(10)) }
                let statistics = ListStatistics(
                    lists: lists, popularity: popularity, readerCount: readers.learned.count)
                let seen = Set(lists.joined())
                let diversities = try lists.compactMap { list in
                    let vectors = try sources.vectors(ofWorksAt: list)
                    return ListStatistics.diversity(of: list) { a, b in
                        guard let first = list.firstIndex(of: a), let second = list.firstIndex(of: b) else { return 0 }
                        return Double(zip(vectors[first], vectors[second]).reduce(Float(0)) { $0 + $1.0 * $1.1 })
                    }
                }
                return EvaluationReport.Row(
                    name: outcome.name, examples: lists.count,
                    cells: [
                        .init(statistics.coverage),
                        .init(Double(seen.count { popularity[$0] > 0 }) / Double(max(1, marked))),
                        statistics.gini.map { .init($0) }, statistics.novelty.map { .init($0) },
                        statistics.personalisation.map { .init($0) },
                        EvaluationReport.Cell(Bootstrap.mean(of: diversities, seed: seed)),
                    ])
            })
    }

    /// How many of those who are learned from marked each work.
    private var counts: [Int] {
        var counts = [Int](repeating: 0, count: readers.works)
        for marks in readers.learned { for mark in marks { counts[mark.row] += 1 } }
        return counts
    }

    private func byHistory(_ outcomes: [Outcome]) -> EvaluationReport.Table {
        EvaluationReport.Table(
            title: "nDCG@10 by how many books are known", columns: HistoryLength.allCases.map(\.name),
            rows: outcomes.map { outcome in
                EvaluationReport.Row(
                    name: outcome.name, examples: readers.test.count,
                    cells: HistoryLength.allCases.map { length in
                        let values = zip(outcome.nDCG, readers.test).filter {
                            HistoryLength(itemCount: $1.known.count) == length
                        }.map(\.0)
                        return EvaluationReport.Cell(Bootstrap.mean(of: values, seed: seed))
                    })
            })
    }

    private func byPopularity(_ outcomes: [Outcome]) -> EvaluationReport.Table {
        let terciles = PopularityTerciles(popularity: counts)
        return EvaluationReport.Table(
            title: "recall@20 of books by how many readers marked them, each a third of all marks",
            columns: ["head", "middle", "tail"],
            rows: outcomes.map { outcome in
                EvaluationReport.Row(
                    name: outcome.name, examples: readers.test.count,
                    cells: PopularityTerciles.Tercile.allCases.map { tercile in
                        let values = zip(outcome.lists, readers.test).compactMap {
                            terciles.recall(of: tercile, ranked: $0, relevant: $1.hidden, at: 20)
                        }
                        return EvaluationReport.Cell(Bootstrap.mean(of: values, seed: seed))
                    })
            })
    }

    private func paired(_ title: String, _ outcomes: [Outcome]) -> EvaluationReport.Table {
        let ours = outcomes.first { $0.name == "ours, by score alone" }
        return EvaluationReport.Table(
            title: title, columns: ["nDCG@10 relative", "difference", "p, sign flips"],
            rows: outcomes.filter { $0.name != ours?.name }.map { other in
                let compared = ours.flatMap { PairedComparison($0.nDCG, against: other.nDCG, seed: seed) }
                return EvaluationReport.Row(
                    name: "beside \(other.name)", examples: other.nDCG.count,
                    cells: [
                        EvaluationReport.Cell(compared?.relativeDifference),
                        EvaluationReport.Cell(compared?.difference),
                        compared.map { .init($0.randomisationP) },
                    ])
            })
    }

    private func ablation(_ sources: TasteSources) throws -> EvaluationReport.Table {
        let (few, all) = (
            (1...3).flatMap { JudgingReaders.shortened(readers.test, to: $0, seed: seed) }, readers.test
        )
        let lefts: [(String, Set<TasteFeature>)] =
            [("nothing", [])]
            + TasteFeature.allCases.filter { $0 != .novelty }.map { ($0.name, [$0]) } + [
                ("readers and company", [.readers, .company]),
                ("all but readers and company", Set(TasteFeature.allCases).subtracting([.readers, .company])),
            ]
        return EvaluationReport.Table(
            title: "Ours without parts, nDCG@10", columns: ["all test readers", "one to three known"],
            rows: try lefts.map { name, left in
                let system = system(name, sources, without: left)
                return EvaluationReport.Row(
                    name: "without \(name)", examples: all.count,
                    cells: [
                        EvaluationReport.Cell(Bootstrap.mean(of: try outcome(of: system, all).nDCG, seed: seed)),
                        EvaluationReport.Cell(Bootstrap.mean(of: try outcome(of: system, few).nDCG, seed: seed)),
                    ])
            })
    }

    private func weights(_ sources: TasteSources) -> EvaluationReport.Table {
        let knots = sources.learnedBlend.knots
        return EvaluationReport.Table(
            title: "What every feature counts for, by how many books are known",
            columns: knots.map { "\($0.known)" },
            rows: TasteFeature.allCases.filter { $0 != .novelty }.map { feature in
                EvaluationReport.Row(
                    name: feature.name, examples: readers.validation.count,
                    cells: knots.map { .init($0.weights[feature.rawValue]) })
            })
    }
}
