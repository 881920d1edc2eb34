import Catalog
import Foundation

@testable import Recommender

/// A recommender over a handful of invented books, in memory: the words of the query are looked for in the text.
struct ShelfRecommender: BookRecommending {
    var works: [Work] = InventedBooks.all
    var ready = true
    /// Thrown by every question, if set.
    var failure: (any Error)?

    var version: ServingVersion { ServingVersion(bundle: "b0a7", schema: 3, works: works.count) }

    func isReady() -> Bool { ready }

    /// The query that no book answers.
    static let unanswered = "nothing at all"
    /// Words that nobody means as they are spelt.
    static let corrections = ["slat": "salt", "lighthuose": "lighthouse", "harvset": "harvest"]

    func search(_ request: SearchRequest) throws -> SearchAnswer {
        if let failure { throw failure }
        try request.check()
        let isbn = ISBN13.parse(request.query)
        let examples = try (request.like + request.unlike).map { try work($0).id }
        let asked = request.query.lowercased().split(separator: " ").map(String.init)
        let words = asked.map { Self.corrections[$0] ?? $0 }

        let found = works.filter { work in
            if request.query == Self.unanswered || examples.contains(work.id) { return false }
            if let isbn { return work.isbn13s.contains(isbn) }
            return request.semanticRatio > 0 || words.isEmpty || words.contains { Self.text(of: work).contains($0) }
        }
        let fitting = found.filter { Self.fits($0, request.preferences.filter) }
        var hits = fitting.map { hit($0, words: words, request: request, isISBN: isbn != nil) }
            .sorted { $0.score > $1.score }
        if let order = Self.order(request.sort) { hits.sort(by: order) }
        if request.explain { Self.explain(&hits) }

        let corrected = asked.compactMap { word in
            Self.corrections[word].map { Understanding.Correction(from: word, to: $0) }
        }
        return SearchAnswer(
            hits: Array(hits.dropFirst(request.offset).prefix(request.limit)), estimatedTotalHits: fitting.count,
            facets: request.facets ? Self.facets(of: found, request.preferences.filter) : nil,
            understood: Understanding(corrections: corrected, isbn: isbn?.digits),
            nothing: fitting.isEmpty ? try nothing(for: request, found) : nil)
    }

    func book(_ idOrISBN: String) throws -> Book {
        let work = try work(idOrISBN)
        return Book(work, impression: Self.impression(of: work))
    }

    /// The books that the reader has said nothing of, those by authors whom they like first.
    func recommendations(for request: RecommendationRequest) throws -> RecommendationAnswer {
        if let failure { throw failure }
        try request.check()
        let liked =
            try (request.positive + request.ratings.filter { $0.value >= 4 }.keys).map { try work($0) }
            + works.filter { request.reader?.likes(atLeast: 4).contains($0.id) ?? false }
        let named =
            try (request.positive + request.negative + request.read + request.exclude + request.ratings.keys)
            .map { try work($0).id } + (request.reader?.standings.keys.map { $0 } ?? [])
        let authors = Set(liked.flatMap(\.authors))
        let hits = works.filter { !named.contains($0.id) && Self.fits($0, request.preferences.filter) }.map { work in
            let isKnown = !authors.isDisjoint(with: work.authors)
            var hit = BookHit(
                book: Book(work, impression: Self.impression(of: work)), score: isKnown ? 1 : 0.5,
                reasons: [Reason(kind: isKnown ? .author : .rating, text: "Because.", contribution: isKnown ? 1 : 0.5)])
            if request.explain {
                hit.features = [
                    FeatureExplanation(feature: "author", value: 1, weight: hit.score, contribution: hit.score)
                ]
            }
            return hit
        }.sorted { $0.score > $1.score }
        return RecommendationAnswer(
            hits: Array(hits.prefix(request.count)),
            basis: RecommendationBasis(
                knownBooks: Set(named).count, familiarity: 0.5,
                weights: [FeatureWeight(feature: "author", weight: 1)]))
    }

    func similar(to request: SimilarRequest) throws -> SimilarAnswer {
        let work = try work(request.book)
        guard SearchRequest.limits.contains(request.limit) else { throw RequestError.limitOutOfRange(request.limit) }
        let series = work.series.map(SeriesName.init)
        let others = works.filter { other in
            other.id != work.id && Self.fits(other, request.preferences.filter)
                && !(request.otherAuthors && other.authors.contains(where: work.authors.contains))
                && !(request.otherSeries && series != nil && other.series.map(SeriesName.init) == series)
        }
        let question = SearchRequest(query: work.title, preferences: request.preferences)
        let hits = others.prefix(request.limit).map { other in
            var hit = hit(other, words: [], request: question, isISBN: false)
            hit.passage = nil
            return hit
        }
        return SimilarAnswer(book: Book(work, impression: Self.impression(of: work)), hits: hits)
    }

    /// Names that begin with the text, whatever its case.
    func suggestions(for text: String, limit: Int) throws -> [Suggestion] {
        if let failure { throw failure }
        guard SearchRequest.limits.contains(limit) else { throw RequestError.limitOutOfRange(limit) }
        let beginning = text.lowercased()
        guard beginning.contains(where: { !$0.isWhitespace }) else { return [] }
        let all = works.flatMap { work in
            let (series, readers) = ([work.series].compactMap { $0 }.map { SeriesName($0).text }, work.ratingsCount)
            return [Suggestion(kind: .title, text: work.title, authors: work.authors, book: work.id, readers: readers)]
                + work.authors.map { Suggestion(kind: .author, text: $0, readers: readers) }
                + series.map { Suggestion(kind: .series, text: $0, readers: readers) }
        }
        return Array(
            all.filter { $0.text.lowercased().hasPrefix(beginning) }.sorted { $0.readers > $1.readers }.prefix(limit))
    }

    private func work(_ name: String) throws -> Work {
        if let failure { throw failure }
        let isbn = ISBN13.parse(name)
        guard let work = works.first(where: { $0.id.rawValue == name || isbn.map($0.isbn13s.contains) == true }) else {
            throw RequestError.unknownBook(name)
        }
        return work
    }

    private func nothing(for request: SearchRequest, _ found: [Work]) throws -> NoResult {
        let obstacles = Preferences.Parameter.allCases.compactMap { parameter -> NoResult.Obstacle? in
            var filter = request.preferences.filter
            filter.lift(parameter)
            let count = found.filter { Self.fits($0, filter) }.count
            return count > 0 ? NoResult.Obstacle(parameter: parameter.rawValue, countWithout: count) : nil
        }.sorted { $0.countWithout > $1.countWithout }
        var relaxed = SearchRequest(query: "salt", limit: 3, preferences: request.preferences)
        if let first = obstacles.first, let parameter = Preferences.Parameter(rawValue: first.parameter) {
            relaxed.query = request.query
            relaxed.preferences.filter.lift(parameter)
            if relaxed.isEmpty { relaxed.sort = .popularity }
        } else {
            relaxed.preferences.filter = BookFilter()
        }
        return NoResult(
            text: "No book on this shelf answers “\(request.query)”.", obstacles: obstacles,
            nearest: try search(relaxed).hits)
    }
}

extension ShelfRecommender {
    private static func text(of work: Work) -> String {
        "\(work.title) \(work.authors) \(work.description ?? "")".lowercased()
    }

    private func hit(_ work: Work, words: [String], request: SearchRequest, isISBN: Bool) -> BookHit {
        var reasons: [Reason] = []
        func add(_ kind: Reason.Kind, _ contribution: Double, _ text: String) {
            reasons.append(Reason(kind: kind, text: text, contribution: contribution))
        }
        if isISBN {
            add(.isbn, 1, "One of its editions has the ISBN you asked for.")
        } else {
            let place = works.firstIndex { $0.id == work.id } ?? 0
            if !request.query.isEmpty {
                add(.meaning, 0.75 - 0.02 * Double(place), "It is about much the same as “\(request.query)”.")
            }
            let found = words.filter { Self.text(of: work).contains($0) }
            if !found.isEmpty {
                add(
                    .keywords, 0.1 * Double(found.count) / Double(words.count),
                    "“\(found.joined(separator: "”, “"))” stands in what is told of it.")
            }
            if work.ratingsCount > 1_000 { add(.rating, 0.11, "\(work.ratingsCount) readers liked it well.") }
            if !request.preferences.feelings.isEmpty { add(.mood, 0.02, "It feels as you asked for.") }
            if !request.like.isEmpty { add(.examples, 0.02, "It is close to your examples.") }
        }
        return BookHit(
            book: Book(work, impression: Self.impression(of: work)),
            score: reasons.reduce(0) { $0 + $1.contribution }, reasons: reasons,
            passage: words.isEmpty || isISBN ? nil : Self.passage(of: work, words))
    }

    /// The first sentence that has one of the words, or else the first, with the first such word marked.
    private static func passage(of work: Work, _ words: [String]) -> Passage? {
        let sentences = (work.description ?? "").replacing(/([.!?])\s+/) { "\($0.1)\n" }.split(separator: "\n")
        guard let first = sentences.first else { return nil }
        for sentence in sentences {
            guard let range = words.lazy.compactMap({ sentence.range(of: $0, options: .caseInsensitive) }).first
            else { continue }
            let pieces = [
                Passage.Piece(text: String(sentence[..<range.lowerBound]), isMatch: false),
                Passage.Piece(text: String(sentence[range]), isMatch: true),
                Passage.Piece(text: String(sentence[range.upperBound...]), isMatch: false),
            ]
            return Passage(pieces: pieces.filter { !$0.text.isEmpty })
        }
        return Passage(pieces: [.init(text: String(first), isMatch: false)])
    }

    /// Each reason is a leg of its own here, and the legs weigh the same.
    private static func explain(_ hits: inout [BookHit]) {
        let kinds: [(Reason.Kind, Leg)] = [
            (.meaning, .meaning), (.keywords, .keywords), (.rating, .rating), (.mood, .mood), (.examples, .examples),
        ]
        func contribution(_ kind: Reason.Kind, _ hit: BookHit) -> Double {
            hit.reasons.first { $0.kind == kind }?.contribution ?? 0
        }
        let weight = 1 / Double(kinds.count)
        let plain = hits
        for index in hits.indices {
            hits[index].explanation = kinds.map { kind, leg in
                let own = contribution(kind, plain[index])
                return LegExplanation(
                    leg: leg, rank: 1 + plain.filter { contribution(kind, $0) > own }.count, value: own / weight,
                    weight: weight, contribution: own)
            }
        }
    }

    private static func order(_ sort: SearchRequest.Sort) -> ((BookHit, BookHit) -> Bool)? {
        switch sort {
        case .relevance: nil
        case .rating: { $0.book.averageRating ?? 0 > $1.book.averageRating ?? 0 }
        case .popularity: { $0.book.ratingsCount > $1.book.ratingsCount }
        case .newest: { $0.book.year ?? .min > $1.book.year ?? .min }
        case .oldest: { $0.book.year ?? .max < $1.book.year ?? .max }
        }
    }
}

/// Says when a search begins, and takes half a second for it.
struct SlowRecommender: BookRecommending {
    let shelf = ShelfRecommender()
    let onSearch: @Sendable () -> Void

    var version: ServingVersion { shelf.version }
    func isReady() -> Bool { true }
    func book(_ idOrISBN: String) throws -> Book { try shelf.book(idOrISBN) }
    func similar(to request: SimilarRequest) throws -> SimilarAnswer { try shelf.similar(to: request) }
    func recommendations(for request: RecommendationRequest) throws -> RecommendationAnswer {
        try shelf.recommendations(for: request)
    }
    func suggestions(for text: String, limit: Int) throws -> [Suggestion] {
        try shelf.suggestions(for: text, limit: limit)
    }

    func search(_ request: SearchRequest) throws -> SearchAnswer {
        onSearch()
        Thread.sleep(forTimeInterval: 0.5)
        return try shelf.search(request)
    }
}
