import Artifacts
import Catalog
import CatalogStore
import Ranking
import TextEmbedding
import VectorIndex

extension Recommender {
    public func search(_ request: SearchRequest) throws -> SearchAnswer {
        try Self.check(request)
        let preferences = request.preferences
        let query = request.query.contains { !$0.isWhitespace } ? request.query : ""
        let words = FoldedText.words(of: query)
        let titles = try query.isEmpty ? [:] : titleMatches(for: words)
        let rows = labels.rows(fitting: preferences.filter)
        let total = rows?.count ?? manifest.works
        // An offset beyond the catalogue, however large, yields an empty page.
        let offset = min(request.offset, total)
        var scoring = try Scoring(
            of: query.isEmpty ? nil : encoder.embed(query), titles: titles, preferences: preferences,
            blend: Blend.search(hasWords: !query.isEmpty, moods: preferences.effectiveStrength), in: self)
        let page = try ranked(rows, offset..<offset + request.limit, by: &scoring)

        let hits = try zip(page, shownWorks(atRows: page)).map { row, shown in
            let parts = scoring.contributions(row)
            var reasons = [Reason(kind: .rating, text: shown.rating, contribution: parts[2])]
            if let meaning = scoring.meaning {
                reasons.append(
                    Reason(
                        kind: .meaning, text: Wording.meaning(of: shown, for: words, through: meaning.source(row)),
                        contribution: parts[0]))
            }
            if let match = titles[row] {
                reasons.append(Reason(kind: .title, text: Wording.title(of: shown.work, match), contribution: parts[1]))
            }
            return BookHit(shown, reasons: reasons + moodReason(shown.work, row, scoring, parts[3]))
        }
        return SearchAnswer(hits: hits, estimatedTotalHits: total)
    }

    public func similar(to idOrISBN: String, limit: Int, preferences: Preferences) throws -> SimilarAnswer {
        guard SearchRequest.limits.contains(limit) else { throw RequestError.limitOutOfRange(limit) }
        let origin = try row(of: idOrISBN)
        let work = try work(atRow: origin)
        let vector = (work.description == nil ? names : descriptions).vectors.vector(at: origin)
        var scoring = try Scoring(
            of: vector, titles: [:], preferences: preferences,
            blend: Blend.similar(moods: preferences.effectiveStrength), in: self)
        let rows = labels.rows(fitting: preferences.filter)
        let page = try Array(
            ranked(rows, 0..<limit + 1, by: &scoring).filter { $0 != origin }.prefix(limit))

        let hits = try zip(page, shownWorks(atRows: page)).map { row, shown in
            let parts = scoring.contributions(row)
            var reasons = [Reason(kind: .rating, text: shown.rating, contribution: parts[2])]
            if let meaning = scoring.meaning {
                reasons.append(
                    Reason(
                        kind: .meaning,
                        text: Wording.likeness(of: shown.work, to: work, through: meaning.source(row)),
                        contribution: parts[0]))
            }
            return BookHit(shown, reasons: reasons + moodReason(shown.work, row, scoring, parts[3]))
        }
        return SimilarAnswer(
            book: Book(work, impression: impression(of: work, row: origin, isWhole: true)), hits: hits)
    }

    private func moodReason(_ work: Work, _ row: Int, _ scoring: Scoring, _ contribution: Double) -> [Reason] {
        guard contribution > 0 else { return [] }
        let text = Wording.feelings(
            of: work, scoring.feelings.map { ($0.label, $0.weight, labels.percentile($0.label, row)) })
        return [Reason(kind: .mood, text: text, contribution: contribution)]
    }

    /// Of the candidates, or of all works where there are none, those at `places` in the order of their score, best first.
    ///
    /// That order is found in two looks: all rows are put in order at the first, and each block of them in its own order at
    /// the second, closer one. So it is the same whatever page is asked for, and that of the exact values except across the
    /// border of two blocks. O(rows).
    private func ranked(_ candidates: [Int]?, _ places: Range<Int>, by scoring: inout Scoring) throws -> [Int] {
        let blocks = places.lowerBound / Self.blockSize..<(places.upperBound + Self.blockSize - 1) / Self.blockSize
        var first = BoundedRanking(capacity: blocks.upperBound * Self.blockSize)
        if let candidates {
            for row in candidates { first.offer((row, scoring.score(row))) }
        } else {
            for row in ratings.indices { first.offer((row, scoring.score(row))) }
        }
        let rows = first.sorted().dropFirst(blocks.lowerBound * Self.blockSize).map(\.row)
        try scoring.refine(rows)
        var ordered: [Int] = []
        for start in stride(from: 0, to: rows.count, by: Self.blockSize) {
            let block = rows[start..<min(start + Self.blockSize, rows.count)]
            var ranking = BoundedRanking(capacity: block.count)
            for row in block { ranking.offer((row, scoring.score(row))) }
            ordered += ranking.sorted().map(\.row)
        }
        return Array(ordered.dropFirst(places.lowerBound - blocks.lowerBound * Self.blockSize).prefix(places.count))
    }

    /// Many more than can change places at the second look near the top.
    private static let blockSize = 128

    private static func check(_ request: SearchRequest) throws(RequestError) {
        let bytes = request.query.utf8.count
        guard bytes <= SearchRequest.longestQuery else { throw .queryTooLong(bytes: bytes) }
        guard request.query.contains(where: { !$0.isWhitespace }) || !request.preferences.isEmpty else {
            throw .emptyQuery
        }
        guard SearchRequest.limits.contains(request.limit) else { throw .limitOutOfRange(request.limit) }
        guard request.offset >= 0 else { throw .offsetOutOfRange(request.offset) }
    }

    private func titleMatches(for words: [String]) throws -> [Int: TitleMatch] {
        // Longer than any title: meaning decides alone.
        guard words.count <= 24 else { return [:] }
        let names = try snapshot.names(withAll: words, limit: 200)
        return Dictionary(
            uniqueKeysWithValues: names.compactMap { name in
                TitleMatch(query: words, title: name.title, subtitle: name.subtitle, authors: name.authors)
                    .map { (name.row, $0) }
            })
    }
}

extension Preferences {
    /// Nothing without a wish.
    var effectiveStrength: Double { feelings.isEmpty ? 0 : strength }
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
