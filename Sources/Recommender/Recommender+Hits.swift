import Artifacts
import Catalog
import CatalogStore
import Enrichment
import Ranking
import TextIndex
import VectorIndex

extension Recommender {
    /// The works at these rows with the reasons why they answer the request.
    /// - Parameter fitting: the works that ranks are counted among; nil for all.
    func hits(_ page: [Int], for request: SearchRequest, in fitting: RowFilter?, _ scoring: Scoring) throws -> [BookHit]
    {
        let explanations = request.explain ? explanations(page, in: fitting, scoring) : []
        let liked = try shownWorks(atRows: scoring.examples?.liked ?? []).map(\.work)
        let stems = markedStems(scoring)
        return try zip(page, shownWorks(atRows: page)).enumerated().map { place, found in
            let (row, shown) = found
            var hit = BookHit(shown, reasons: reasons(row, shown, scoring, liked))
            hit.passage = passage(row, shown, stems, scoring)
            hit.explanation = request.explain ? explanations[place] : nil
            return hit
        }
    }

    func reasons(_ row: Int, _ shown: ShownWork, _ scoring: Scoring, _ liked: [Work]) -> [Reason] {
        let parts = scoring.contributions(row)
        func part(_ leg: Leg) -> Double { parts[leg.rawValue] }
        var reasons = [Reason(kind: .rating, text: shown.rating, contribution: part(.rating))]
        func add(_ kind: Reason.Kind, _ contribution: Double, _ text: @autoclosure () -> String) {
            if contribution != 0 { reasons.append(Reason(kind: kind, text: text(), contribution: contribution)) }
        }
        if let meaning = scoring.meaning {
            add(.meaning, part(.meaning), Wording.meaning(through: meaning.source(row), meaning.value(row)))
        }
        if let keywords = scoring.keywords {
            let text = Wording.keywords(of: shown, keywords.terms) { term in
                term.related.map { lexicon.keywords.word($0.term) }
            }
            add(.keywords, part(.keywords), text ?? "Words close to yours stand in what is told of it.")
        }
        if let match = scoring.names[row] {
            add(.title, part(.name) + part(.exactTitle), Wording.name(of: shown.work, match))
        }
        if scoring.examples != nil { add(.examples, part(.examples), Wording.examples(liked)) }
        return reasons + moodReason(shown.work, row, scoring, part(.mood))
    }

    func moodReason(_ work: Work, _ row: Int, _ scoring: Scoring, _ contribution: Double) -> [Reason] {
        guard contribution > 0 else { return [] }
        let text = Wording.feelings(
            of: work, scoring.feelings.map { ($0.label, $0.weight, labels.percentile($0.label, row)) })
        return [Reason(kind: .mood, text: text, contribution: contribution)]
    }

    /// The stems of the words asked for and of their relatives.
    private func markedStems(_ scoring: Scoring) -> Set<String> {
        guard let keywords = scoring.keywords else { return [] }
        return Set(keywords.terms.flatMap { term in [term.stem] + term.related.map { lexicon.keywords.word($0.term) } })
    }

    private func passage(_ row: Int, _ shown: ShownWork, _ stems: Set<String>, _ scoring: Scoring) -> Passage? {
        guard scoring.meaning != nil || scoring.keywords != nil else { return nil }
        let sentences = shown.sentences
        if let number = scoring.meaning?.sentence(row), sentences.indices.contains(number) {
            return Passage(sentences[number], marking: stems)
        }
        // By spelling alone: the first sentence that has one of the words.
        return sentences.lazy.map { Passage($0, marking: stems) }.first { $0.pieces.contains(where: \.isMatch) }
    }

    /// O(works * legs * hits).
    private func explanations(_ page: [Int], in fitting: RowFilter?, _ scoring: Scoring) -> [[LegExplanation]] {
        let own = page.map(scoring.legs)
        var ranks = [[Int]](repeating: [Int](repeating: 1, count: Leg.allCases.count), count: page.count)
        func compare(_ row: Int) {
            let legs = scoring.legs(row)
            for hit in page.indices {
                for leg in Leg.allCases.indices where legs[leg] > own[hit][leg] { ranks[hit][leg] += 1 }
            }
        }
        if let fitting { fitting.forEach(compare) } else { for row in 0..<manifest.works { compare(row) } }
        return page.indices.map { hit in
            let contributions = scoring.contributions(page[hit])
            return Leg.allCases.filter { scoring.weights[$0.rawValue] > 0 }.map { leg in
                LegExplanation(
                    leg: leg, rank: ranks[hit][leg.rawValue], value: min(1, max(0, own[hit][leg.rawValue])),
                    weight: scoring.weights[leg.rawValue], contribution: contributions[leg.rawValue])
            }
        }
    }
}

extension BookHit {
    /// The score is what the reasons add up to, the strongest first.
    init(_ shown: ShownWork, reasons: [Reason]) {
        let ordered = reasons.sorted { $0.contribution > $1.contribution }
        self.init(
            book: Book(shown.work, impression: shown.impression),
            score: ordered.reduce(0) { $0 + $1.contribution }, reasons: ordered)
    }
}
