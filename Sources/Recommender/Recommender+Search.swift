import Artifacts
import Catalog
import CatalogStore
import Ranking
import TextEmbedding
import VectorIndex

extension Recommender {
    public func search(_ request: SearchRequest) throws -> SearchAnswer {
        let query = try Self.checked(request)
        var meaning = try Meaning(of: encoder.embed(query), names: names, descriptions: descriptions)
        let words = FoldedText.words(of: query)
        let titles = try titleMatches(for: words)

        func legs(_ meaning: borrowing Meaning, _ row: Int) -> LinearBlend<3>.Legs {
            [meaning.value(row), titles.isEmpty ? 0 : titles[row]?.value ?? 0, Double(ratings[row])]
        }
        // An offset beyond the catalogue, however large, yields an empty page.
        let offset = min(request.offset, manifest.works)
        let page = try ranked(offset..<offset + request.limit, by: &meaning) { meaning, row in
            Blend.search.score(of: legs(meaning, row))
        }

        let hits = try zip(page, shownWorks(atRows: page)).map { row, shown in
            let work = shown.work
            let parts = Blend.search.contributions(of: legs(meaning, row))
            var reasons = [
                Reason(
                    kind: .meaning, text: Wording.meaning(of: shown, for: words, through: meaning.source(row)),
                    contribution: parts[0]),
                Reason(kind: .rating, text: shown.rating, contribution: parts[2]),
            ]
            if let match = titles[row] {
                reasons.append(Reason(kind: .title, text: Wording.title(of: work, match), contribution: parts[1]))
            }
            return BookHit(work, reasons: reasons)
        }
        return SearchAnswer(hits: hits, estimatedTotalHits: manifest.works)
    }

    public func similar(to idOrISBN: String, limit: Int) throws -> SimilarAnswer {
        guard SearchRequest.limits.contains(limit) else { throw RequestError.limitOutOfRange(limit) }
        let origin = try row(of: idOrISBN)
        let work = try work(atRow: origin)
        let vector = (work.description == nil ? names : descriptions).vectors.vector(at: origin)
        var meaning = try Meaning(of: vector, names: names, descriptions: descriptions)
        func legs(_ meaning: borrowing Meaning, _ row: Int) -> LinearBlend<2>.Legs {
            [meaning.value(row), Double(ratings[row])]
        }
        let page = try Array(
            ranked(0..<limit + 1, by: &meaning) { meaning, row in Blend.similar.score(of: legs(meaning, row)) }
                .filter { $0 != origin }.prefix(limit))

        let hits = try zip(page, shownWorks(atRows: page)).map { row, shown in
            let other = shown.work
            let parts = Blend.similar.contributions(of: legs(meaning, row))
            return BookHit(
                other,
                reasons: [
                    Reason(
                        kind: .meaning, text: Wording.likeness(of: other, to: work, through: meaning.source(row)),
                        contribution: parts[0]),
                    Reason(kind: .rating, text: shown.rating, contribution: parts[1]),
                ])
        }
        return SimilarAnswer(book: Book(work), hits: hits)
    }

    /// The rows at `places` in the order of `score`, best first.
    ///
    /// That order is found in two looks: all rows are put in order at the first, and each block of them in its own order at
    /// the second, closer one. So it is the same whatever page is asked for, and that of the exact values except across the
    /// border of two blocks. O(works).
    private func ranked(
        _ places: Range<Int>, by meaning: inout Meaning, score: (borrowing Meaning, Int) -> Double
    ) throws -> [Int] {
        let blocks = places.lowerBound / Self.blockSize..<(places.upperBound + Self.blockSize - 1) / Self.blockSize
        var first = BoundedRanking(capacity: blocks.upperBound * Self.blockSize)
        for row in ratings.indices { first.offer((row, score(meaning, row))) }
        let rows = first.sorted().dropFirst(blocks.lowerBound * Self.blockSize).map(\.row)
        try meaning.refine(rows)
        var ordered: [Int] = []
        for start in stride(from: 0, to: rows.count, by: Self.blockSize) {
            let block = rows[start..<min(start + Self.blockSize, rows.count)]
            var ranking = BoundedRanking(capacity: block.count)
            for row in block { ranking.offer((row, score(meaning, row))) }
            ordered += ranking.sorted().map(\.row)
        }
        return Array(ordered.dropFirst(places.lowerBound - blocks.lowerBound * Self.blockSize).prefix(places.count))
    }

    /// Many more than can change places at the second look near the top.
    private static let blockSize = 128

    private static func checked(_ request: SearchRequest) throws(RequestError) -> String {
        let bytes = request.query.utf8.count
        guard bytes <= SearchRequest.longestQuery else { throw .queryTooLong(bytes: bytes) }
        guard request.query.contains(where: { !$0.isWhitespace }) else { throw .emptyQuery }
        guard SearchRequest.limits.contains(request.limit) else { throw .limitOutOfRange(request.limit) }
        guard request.offset >= 0 else { throw .offsetOutOfRange(request.offset) }
        return request.query
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

extension BookHit {
    /// The score is what the reasons add up to, the strongest first.
    init(_ work: Work, reasons: [Reason]) {
        let ordered = reasons.sorted { $0.contribution > $1.contribution }
        self.init(book: Book(work), score: ordered.reduce(0) { $0 + $1.contribution }, reasons: ordered)
    }
}
