import Catalog
import CatalogStore
import CollaborativeFiltering
import Foundation
import Ranking
import VectorIndex

extension Recommender {
    public func recommendations(for request: RecommendationRequest) throws -> RecommendationAnswer {
        try request.check()
        let (taste, marked) = try taste(of: request)
        let excluded = try rows(of: request.exclude, "exclude")
        let parts = try parts(of: request.preferences.filter, hiding: marked + excluded)
        let scoring = try TasteScoring(of: taste, in: tastes, adventurousness: request.adventurousness)
        var wish = try Wish(request, in: self, among: parts.fitting)
        var scores = scoring.scores
        wish?.join(&scores)

        var ranking = BoundedRanking(capacity: TasteSources.candidates(for: request.count))
        if let fitting = parts.fitting {
            fitting.forEach { ranking.offer((row: $0, score: Double(scores[$0]))) }
        } else {
            ranking.offer(scores)
        }
        var candidates = ranking.sorted()
        if wish != nil {
            try wish?.refine(candidates.map(\.row))
            candidates = candidates.map { row, _ in (row, score(row, scoring, wish)) }
            candidates.sort { ($0.score, $1.row) > ($1.score, $0.row) }
        }
        let page = tastes.spread(
            candidates, request.count, diversity: request.diversity, mostOfOneAuthor: request.mostOfOneAuthor,
            titles: try snapshot.titles(atRows: candidates.map(\.row)))
        let hits = try zip(page, shownWorks(atRows: page)).map { row, shown in
            try hit(row, shown, scoring, wish, explain: request.explain)
        }
        return RecommendationAnswer(
            hits: hits,
            basis: RecommendationBasis(
                knownBooks: taste.signals.count, familiarity: tastes.blend.familiarity(known: taste.signals.count),
                weights: scoring.shares.map { FeatureWeight(feature: $0.name, weight: $1) }
                    .sorted { ($0.weight, $1.feature) > ($1.weight, $0.feature) }),
            nothing: parts.count == 0 ? try nothing(for: SearchRequest(query: request.query), parts, nil) : nil)
    }

    /// What the request tells of its reader, and the rows of all books that it names so.
    private func taste(of request: RecommendationRequest) throws -> (Taste, marked: [Int]) {
        var marks: [(row: Int, stars: Double?)] = []
        var hidden: [Int] = []
        for (work, standing) in request.reader?.standings.sorted(by: { $0.key < $1.key }) ?? [] {
            guard let row = try snapshot.row(of: work) else { continue }
            hidden.append(row)
            switch standing.verdict {
            case .rated(let stars): marks.append((row, stars))
            case .liked: marks.append((row, ReaderSignal.like))
            case .disliked, .dismissed: marks.append((row, ReaderSignal.dislike))
            case nil: if standing.shelf == .read { marks.append((row, nil)) }
            }
        }
        marks += try rows(of: request.read, "read").map { ($0, nil) }
        marks += try rows(of: request.positive, "positive").map { ($0, ReaderSignal.like) }
        marks += try rows(of: request.negative, "negative").map { ($0, ReaderSignal.dislike) }
        marks += try request.ratings.sorted { $0.key < $1.key }.map { book, stars in
            guard let row = try rowIfAny(of: book) else {
                throw RequestError.unknownBook(String(book.prefix(100)), parameter: "ratings")
            }
            return (row, stars)
        }
        // A rating says more than a like, and that more than having read it.
        let last = Dictionary(marks.map { ($0.row, $0.stars) }) { _, last in last }
        return (
            Taste(last.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }), Set(last.keys).union(hidden).sorted()
        )
    }

    private func rows(of books: [String], _ parameter: String) throws -> [Int] {
        try books.map { book in
            guard let row = try rowIfAny(of: book) else {
                throw RequestError.unknownBook(String(book.prefix(100)), parameter: parameter)
            }
            return row
        }
    }

    private func score(_ row: Int, _ scoring: TasteScoring, _ wish: Wish?) -> Double {
        let own = scoring.contributions(row).reduce(0, +)
        return wish.map { $0.share * $0.scoring.score(row) + (1 - $0.share) * own } ?? own
    }

    private func hit(
        _ row: Int, _ shown: ShownWork, _ scoring: TasteScoring, _ wish: Wish?, explain: Bool
    ) throws -> BookHit {
        let own = 1 - (wish?.share ?? 0)
        var reasons = try tasteReasons(row, shown, scoring).map { reason in
            Reason(kind: reason.kind, text: reason.text, contribution: own * reason.contribution)
        }
        if let wish {
            reasons += self.reasons(row, shown, wish.scoring, []).map { reason in
                Reason(kind: reason.kind, text: reason.text, contribution: wish.share * reason.contribution)
            }
        }
        // The same may be said twice, once for the reader and once for the wish.
        var joined: [Reason] = []
        for reason in reasons {
            if let place = joined.firstIndex(where: { $0.text == reason.text }) {
                joined[place].contribution += reason.contribution
            } else {
                joined.append(reason)
            }
        }
        var hit = BookHit(shown, reasons: joined)
        if explain {
            hit.features = zip(TasteFeature.allCases, scoring.contributions(row)).compactMap { feature, part in
                scoring.proportions[feature.rawValue] > 0
                    ? FeatureExplanation(
                        feature: feature.name, value: scoring.value(feature, row),
                        weight: own * scoring.proportions[feature.rawValue], contribution: own * part) : nil
            }
        }
        return hit
    }
}

/// What a reader feels like now, beside what they like at all.
private struct Wish {
    var scoring: Scoring
    /// Of the score, beside the taste.
    let share: Double

    /// Nil when nothing is asked for.
    init?(_ request: RecommendationRequest, in recommender: Recommender, among fitting: RowFilter?) throws {
        let search = SearchRequest(query: request.query, preferences: request.preferences)
        let hasFeelings = !request.preferences.feelings.isEmpty
        guard search.hasWords || hasFeelings else { return nil }
        scoring = try recommender.scoring(
            of: search, search.hasWords ? FoldedText.words(of: request.query) : [], among: fitting)
        share = search.hasWords ? 0.6 : 0.4
    }

    func join(_ scores: inout [Float]) {
        let asked = scoring.firstLook()
        for row in scores.indices { scores[row] = Float(share) * asked[row] + Float(1 - share) * scores[row] }
    }

    mutating func refine(_ rows: [Int]) throws { try scoring.refine(rows) }
}
