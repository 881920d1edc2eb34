import Artifacts
import Catalog
import CatalogStore
import Foundation
import Ranking
import TextEmbedding
import VectorIndex

extension Recommender {
    public func search(_ request: SearchRequest) throws -> SearchAnswer {
        try request.check()
        if let isbn = request.isbn { return try answer(to: request, isbn) }

        let (liked, disliked) = (try rows(of: request.like, .like), try rows(of: request.unlike, .unlike))
        let parts = try parts(of: request.preferences.filter, hiding: liked + disliked)
        let words = request.hasWords ? FoldedText.words(of: request.query) : []
        // Without meaning, what has none of the words does not answer them.
        let isLiteral = request.hasWords && request.semanticRatio == 0
        var (scoring, facets) = try SideBySide.both(
            ofWorks: manifest.works,
            { try self.scoring(of: request, words, liked, disliked, among: parts.fitting) },
            { request.facets && !isLiteral ? facetCounts.facets(of: parts, found: nil) : nil })
        let found = isLiteral ? scoring.literalMatches(of: manifest.works) : nil
        if request.facets && isLiteral { facets = facetCounts.facets(of: parts, found: found) }
        var rows = parts.fitting
        if let found {
            if rows == nil { rows = found } else { rows?.formIntersection(found) }
        }
        let total = rows?.matching ?? manifest.works
        // An offset beyond the catalogue, however large, yields an empty page.
        let offset = min(request.offset, total)
        let page = try ordered(rows, offset..<offset + request.limit, request, by: &scoring)
        let hits = try hits(page, for: request, in: rows, scoring)
        return SearchAnswer(
            hits: hits, estimatedTotalHits: total, facets: facets,
            understood: Understanding(corrections: scoring.corrections),
            nothing: total == 0 ? try nothing(for: request, parts, found) : nil)
    }

    /// - Parameters:
    ///   - fitting: the rows whose scores are asked for; nil for all.
    ///   - parts: what is looked at.
    func scoring(
        of request: SearchRequest, _ words: [String], _ liked: [Int] = [], _ disliked: [Int] = [],
        among fitting: RowFilter? = nil, using parts: SearchParts = .all
    ) throws -> Scoring {
        let readsMeaning = request.hasWords && request.semanticRatio > 0 && parts.contains(.meaning)
        let readsSpelling = request.hasWords && request.semanticRatio < 1
        let names =
            readsSpelling && parts.contains(.names)
            ? NameSearch(words, in: lexicon, readsSpelling: parts.contains(.spelling)).matches() : [:]
        let corrections = readsSpelling && parts.contains(.spelling) ? lexicon.corrections(of: words, by: names) : [:]
        let read = words.map { corrections[$0] ?? $0 }
        let hasExamples = !liked.isEmpty || !disliked.isEmpty
        let (meaning, keywords) = try SideBySide.both(
            ofWorks: manifest.works,
            {
                readsMeaning
                    ? try Meaning(
                        of: encoder.embed(read == words ? request.query : read.joined(separator: " ")), in: vectors,
                        among: fitting, readsSentences: parts.contains(.sentences)) : nil
            },
            {
                readsSpelling && parts.contains(.keywords)
                    ? Keywords(read, in: lexicon, readsRelated: parts.contains(.relatedWords)) : nil
            })
        return try Scoring(
            meaning: meaning, keywords: keywords,
            names: names,
            examples: hasExamples ? Examples(liked: liked, disliked: disliked, in: vectors, among: fitting) : nil,
            corrections: words.compactMap { word in corrections[word].map { .init(from: word, to: $0) } },
            feelings: request.preferences.feelings,
            blend: Blend.search(
                hasWords: request.hasWords, semanticRatio: request.semanticRatio,
                hasExactTitle: parts.contains(.exactTitles) && names.values.contains { $0.certainty > 0 },
                hasExamples: hasExamples, moods: request.preferences.effectiveStrength,
                without: parts.contains(.standing) ? [] : [.rating]),
            in: self)
    }

    /// What an ISBN by itself asks for: its work, if it is here and fits, and nothing else.
    private func answer(to request: SearchRequest, _ isbn: ISBN13) throws -> SearchAnswer {
        let row = try snapshot.row(of: isbn)
        let parts = try parts(of: request.preferences.filter)
        var found = RowFilter(count: manifest.works)
        if let row { found.insert(row) }
        var rows = found
        if let fitting = parts.fitting { rows.formIntersection(fitting) }
        let page = rows.matching > request.offset ? [row].compactMap { $0 } : []
        let hits = try shownWorks(atRows: page).map { shown in
            BookHit(shown, reasons: [Reason(kind: .isbn, text: Wording.isbn(isbn), contribution: 1)])
        }
        return SearchAnswer(
            hits: hits, estimatedTotalHits: rows.matching,
            facets: request.facets ? facetCounts.facets(of: parts, found: found) : nil,
            understood: Understanding(isbn: isbn.digits),
            nothing: rows.matching == 0 ? try nothing(for: request, parts, found) : nil)
    }

    public func similar(to request: SimilarRequest) throws -> SimilarAnswer {
        guard SearchRequest.limits.contains(request.limit) else { throw RequestError.limitOutOfRange(request.limit) }
        guard (0...1).contains(request.alpha) else {
            throw RequestError.outOfRange(parameter: "alpha", value: "\(request.alpha)", range: "0 to 1")
        }
        let origin = try row(of: request.book)
        let work = try work(atRow: origin)
        let own = (work.description == nil ? vectors.names : vectors.descriptions).vectors.vector(at: origin)
        let parts = try parts(of: request.preferences.filter, hiding: [origin])
        var rows = parts.fitting ?? RowFilter(count: manifest.works, excluding: [])
        if request.otherAuthors {
            let authors = Set(columns.authors[origin])
            for row in 0..<manifest.works where !authors.isDisjoint(with: columns.authors[row]) { rows.remove(row) }
        }
        let neighbors = request.alpha > 0 ? readerNeighbors[origin] : []
        var scoring = Scoring(
            meaning: try Meaning(of: own, in: vectors, among: rows), neighbors: neighbors,
            feelings: request.preferences.feelings,
            blend: Blend.similar(
                alpha: neighbors.isEmpty ? 0 : request.alpha, moods: request.preferences.effectiveStrength), in: self)
        let series = request.otherSeries ? work.series.map(SeriesName.init) : nil
        // The books of a series are not known by row: as many more are looked at as a series may have.
        let wanted = request.limit + (series == nil ? 0 : Self.longestSeries)
        let page = try ranked(rows, 0..<wanted, by: &scoring)

        let hits = try zip(page, shownWorks(atRows: page)).filter { _, shown in
            series == nil || shown.work.series.map(SeriesName.init) != series
        }.prefix(request.limit).map { row, shown in
            let parts = scoring.contributions(row)
            var reasons = [Reason(kind: .rating, text: shown.rating, contribution: parts[Leg.rating.rawValue])]
            if let meaning = scoring.meaning, parts[Leg.meaning.rawValue] > 0 {
                let text = Wording.likeness(
                    of: shown.work, to: work, through: meaning.source(row), meaning.value(row))
                reasons.append(Reason(kind: .meaning, text: text, contribution: parts[Leg.meaning.rawValue]))
            }
            if let neighbor = scoring.neighbors[row] {
                let text = Wording.readers(
                    together: neighbor.together, of: readerNeighbors.readers(origin), who: work)
                reasons.append(Reason(kind: .readers, text: text, contribution: parts[Leg.readers.rawValue]))
            }
            return BookHit(shown, reasons: reasons + moodReason(shown.work, row, scoring, parts[Leg.mood.rawValue]))
        }
        return SimilarAnswer(
            book: Book(work, impression: impression(of: work, atRow: origin)), hits: hits)
    }

    private static let longestSeries = 100

    private func rows(of books: [String], _ parameter: SearchRequest.Parameter) throws -> [Int] {
        try books.map { name in
            guard let row = try rowIfAny(of: name) else {
                throw RequestError.unknownBook(String(name.prefix(100)), parameter: parameter.rawValue)
            }
            return row
        }
    }
}

extension SearchRequest {
    /// The ISBN that is asked for by itself, however it is spelt: "ISBN-13: 978 0 14 044913 6", "0‑14‑044913‑X.".
    var isbn: ISBN13? {
        guard query.utf8.count <= 80 else { return nil }
        var text = query.lowercased()[...]
        text = text.drop { $0.isWhitespace }
        if text.hasPrefix("isbn") {
            text = text.dropFirst(4)
            for form in ["-13", "-10", "13", "10", " 13", " 10"] {
                let rest = text.dropFirst(form.count)
                if text.hasPrefix(form), let next = rest.first, next == ":" || next.isWhitespace {
                    text = rest
                    break
                }
            }
        }
        // Dashes of every kind and width part the groups; what is around the number does not matter.
        var digits = ""
        for scalar in text.unicodeScalars {
            if scalar.properties.generalCategory == .dashPunctuation || Self.betweenDigits.contains(scalar) { continue }
            digits += String(scalar).decomposedStringWithCompatibilityMapping
        }
        return ISBN13.parse(digits)
    }
}

extension SearchRequest {
    private static let betweenDigits = Set(" \t\n\u{A0}.:,;\u{2212}\u{AD}".unicodeScalars)
}

extension Preferences {
    /// Nothing without a wish.
    var effectiveStrength: Double { feelings.isEmpty ? 0 : strength }
}
