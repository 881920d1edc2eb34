import Catalog
import Crypto
public import Enrichment
import Evaluation
import Foundation
public import Recommender

/// Measures how often a search puts the book that was meant first, or among the first ten.
public struct SearchJudge {
    /// What is judged: from a query to works, best first.
    public struct System {
        public let name: String
        let rank: (String) throws -> [WorkID]
    }

    private struct Question {
        let query: JudgedQuery
        let answers: Set<WorkID>
        let rows: [Int]
    }

    private let recommender: Recommender
    private let questions: [Question]
    /// Queries whose books are not in the catalogue.
    public let unknown: [JudgedQuery]

    /// How many works of a ranking are looked at.
    private static let depth = 10

    /// - Throws: `LibraryError` when the bundle cannot be read.
    public init(_ recommender: Recommender, queries: [JudgedQuery]) throws {
        self.recommender = recommender
        var questions: [Question] = []
        var unknown: [JudgedQuery] = []
        for query in queries {
            let rows = try query.isbns.compactMap { try recommender.rowForEvaluation(of: $0) }
            let answers = query.isbns.compactMap { isbn in try? recommender.book(isbn.digits).id }
            if rows.isEmpty {
                unknown.append(query)
            } else {
                questions.append(Question(query: query, answers: Set(answers), rows: rows))
            }
        }
        self.questions = questions
        self.unknown = unknown
    }

    /// Whether the weights of the search may be fitted on a query: the other half is for judging.
    private static func isForFitting(_ query: JudgedQuery) -> Bool {
        (Array(SHA256.hash(data: Data(query.query.utf8)))[0] >> 4) % 2 == 0
    }

    /// Tables of every system on the half that nothing was fitted on and on all queries, the ablation, and the worst queries.
    public func report() throws -> EvaluationReport {
        let systems = try systems()
        let ranks = try systems.map { system in
            try questions.map { question in try rank(of: question, in: system.rank(question.query.query)) }
        }
        let judged = questions.indices.filter { !Self.isForFitting(questions[$0].query) }
        var report = EvaluationReport()
        report.tables.append(
            table("All systems, on the half of the queries that no weight was fitted on", systems, ranks, judged))
        report.tables.append(table("All systems, on all queries", systems, ranks, Array(questions.indices)))
        let supported = judged.filter { questions[$0].query.support == 2 }
        report.tables.append(
            table("The same half, queries that stand mostly in the book's record", systems, ranks, supported))
        for kind in kinds {
            report.tables.append(
                table(
                    "Kind \(kind), all queries", systems, ranks,
                    questions.indices.filter { questions[$0].query.kind == kind }))
        }
        report.tables.append(try ablation(judged))
        report.notes = try worst()
        if !unknown.isEmpty {
            report.notes.insert("\(unknown.count) queries are of books that this catalogue does not have.", at: 0)
        }
        return report
    }

    private var kinds: [String] {
        var seen: Set<String> = []
        return questions.map(\.query.kind).filter { seen.insert($0).inserted }
    }

    private func rank(of question: Question, in ranking: [WorkID]) -> Int? {
        ranking.firstIndex { question.answers.contains($0) }.map { $0 + 1 }
    }

    private func systems() throws -> [System] {
        func ours(_ name: String, _ parts: SearchParts) -> System {
            System(name: name) { try recommender.ranking(of: $0, using: parts, limit: Self.depth) }
        }
        let reference = try ReferenceSearch(recommender)
        return [
            ours("ours", .all), ours("keywords only", .keywords), ours("meaning only", .meaning),
            System(name: "the reference's method") { try reference.ranking(of: $0, limit: Self.depth) },
        ]
    }

    private func table(
        _ title: String, _ systems: [System], _ ranks: [[Int?]], _ chosen: [Int]
    ) -> EvaluationReport.Table {
        let rows = zip(systems, ranks).map { system, ranks in
            EvaluationReport.Row(name: system.name, examples: chosen.count, cells: cells(chosen.map { ranks[$0] }))
        }
        return EvaluationReport.Table(title: title, columns: Self.columns, rows: rows)
    }

    private static let columns = ["hit@1", "hit@10", "MRR@10"]

    private func cells(_ ranks: [Int?]) -> [EvaluationReport.Cell?] {
        func cell(_ figure: @escaping ([Int?]) -> Double) -> EvaluationReport.Cell? {
            EvaluationReport.Cell(
                Bootstrap.estimate(examples: ranks.count) { drawn in figure(drawn.map { ranks[$0] }) })
        }
        return [
            cell { RankingMetrics.hitRate($0, at: 1) }, cell { RankingMetrics.hitRate($0, at: 10) },
            cell { RankingMetrics.meanReciprocalRank($0, at: 10) },
        ]
    }

    private func ablation(_ judged: [Int]) throws -> EvaluationReport.Table {
        let parts: [(String, SearchParts)] = [
            ("nothing", []), ("meaning", .meaning), ("sentences", .sentences), ("keywords", .keywords),
            ("related words", .relatedWords), ("names", .names), ("other spellings", .spelling),
            ("how well known a work is", .standing), ("exact titles first", .exactTitles),
        ]
        let rows = try parts.map { name, part in
            let ranks = try judged.map { place in
                let question = questions[place]
                return try rank(
                    of: question,
                    in: recommender.ranking(
                        of: question.query.query, using: SearchParts.all.subtracting(part), limit: Self.depth))
            }
            return EvaluationReport.Row(name: "without \(name)", examples: judged.count, cells: cells(ranks))
        }
        return EvaluationReport.Table(
            title: "Without parts of ours, on the same half", columns: Self.columns, rows: rows)
    }

    /// The ten queries whose book comes last.
    private func worst() throws -> [String] {
        let all = try questions.map { question -> (rank: Int, text: String) in
            let ranking = try recommender.ranking(of: question.query.query, using: .all, limit: 1_000)
            let rank = rank(of: question, in: ranking) ?? 1_001
            let first = try ranking.first.map { try recommender.book($0.rawValue).title } ?? "nothing"
            let meant = try question.answers.min().map { try recommender.book($0.rawValue).title } ?? ""
            let place = rank > 1_000 ? "beyond 1,000" : "\(rank)"
            return (
                rank,
                "\(question.query.kind) “\(question.query.query)”: “\(meant)” has rank \(place); first comes “\(first)”."
            )
        }
        return all.sorted { ($0.rank, $1.text) > ($1.rank, $0.text) }.prefix(10).map(\.text)
    }

    /// Proportions of the legs in `Leg.fitted` that make the books that were meant likely, fitted on the half for fitting.
    public func fittedWeights() throws -> [(leg: Leg, weight: Double)] {
        let choices = try questions.filter { Self.isForFitting($0.query) && $0.query.kind != "isbn" }.map { question in
            ConditionalLogit.Choice(
                features: try recommender.legs(of: question.query.query), chosen: question.rows[0])
        }
        let logit = ConditionalLogit(fitting: choices, features: Leg.fitted.count)
        let total = logit.weights.reduce(0, +)
        return zip(Leg.fitted, logit.weights).map { ($0, $1 / total) }
    }
}
