import Catalog
import Foundation
import Recommender

/// A recommender over a handful of invented books, in memory: the words of the query are looked for in the text.
struct ShelfRecommender: BookRecommending {
    var works: [Work] = InventedBooks.all
    var ready = true
    /// Thrown by every question, if set.
    var failure: (any Error)?

    var version: ServingVersion { ServingVersion(bundle: "b0a7", schema: 3, works: works.count) }

    func isReady() -> Bool { ready }

    func search(_ request: SearchRequest) throws -> SearchAnswer {
        if let failure { throw failure }
        guard !request.query.isEmpty || !request.preferences.isEmpty else { throw RequestError.emptyQuery }
        guard request.query != "nothing at all" else { return SearchAnswer(hits: [], estimatedTotalHits: 0) }
        let works = works.filter { work in
            // The shelf has one genre; its long books are those that it knows to be long.
            let length = work.pages.flatMap(LengthClass.init(pages:))
            return request.preferences.filter.lengths.isEmpty
                || length.map(request.preferences.filter.lengths.contains) == true
        }
        let words = request.query.lowercased().split(separator: " ")
        let hits = works.enumerated().map { index, work in
            let text = "\(work.title) \(work.authors) \(work.description ?? "")".lowercased()
            let found = words.filter { text.contains($0) }.count
            let meaning = 0.75 - 0.02 * Double(index) + 0.1 * Double(found) / Double(max(1, words.count))
            return hit(work, meaning: meaning, request: request.query)
        }.sorted { $0.score > $1.score }
        return SearchAnswer(
            hits: Array(hits.dropFirst(request.offset).prefix(request.limit)), estimatedTotalHits: works.count)
    }

    func book(_ idOrISBN: String) throws -> Book {
        Book(try work(idOrISBN), impression: Self.impression)
    }

    /// What this shelf takes every book to be.
    static let impression = Impression(
        isFiction: true, genres: [.adventure, .historicalFiction],
        moods: [
            .init(
                mood: .adventurous, strength: 0.71, percentile: 0.944, evidence: "She finds a <ship> under the dunes."),
            .init(mood: .hopeful, strength: 0.3, percentile: 0.5, evidence: nil),
        ], emotions: [.init(emotion: .joy, strength: 0.2, percentile: 0.6)], pace: .slow, length: nil,
        contentNotes: [.init(note: .war, probability: 0.4, evidence: "A war & its end.")])

    func similar(to idOrISBN: String, limit: Int, preferences: Preferences) throws -> SimilarAnswer {
        let work = try work(idOrISBN)
        let hits = works.filter { $0.id != work.id }.prefix(limit).map {
            hit($0, meaning: 0.6, request: work.title)
        }
        return SimilarAnswer(book: Book(work, impression: Self.impression), hits: hits)
    }

    private func work(_ name: String) throws -> Work {
        if let failure { throw failure }
        let isbn = ISBN13.parse(name)
        guard let work = works.first(where: { $0.id.rawValue == name || isbn.map($0.isbn13s.contains) == true }) else {
            throw RequestError.unknownBook(name)
        }
        return work
    }

    private func hit(_ work: Work, meaning: Double, request: String) -> BookHit {
        var reasons = [
            Reason(kind: .meaning, text: "It is about much the same as “\(request)”.", contribution: meaning)
        ]
        if work.ratingsCount > 1_000 {
            reasons.append(
                Reason(kind: .rating, text: "\(work.ratingsCount) readers liked it well.", contribution: 0.11))
        }
        return BookHit(
            book: Book(work, impression: Self.impression), score: reasons.reduce(0) { $0 + $1.contribution },
            reasons: reasons)
    }
}

/// Says when a search begins, and takes half a second for it.
struct SlowRecommender: BookRecommending {
    let shelf = ShelfRecommender()
    let onSearch: @Sendable () -> Void

    var version: ServingVersion { shelf.version }
    func isReady() -> Bool { true }
    func book(_ idOrISBN: String) throws -> Book { try shelf.book(idOrISBN) }
    func similar(to idOrISBN: String, limit: Int, preferences: Preferences) throws -> SimilarAnswer {
        try shelf.similar(to: idOrISBN, limit: limit, preferences: preferences)
    }

    func search(_ request: SearchRequest) throws -> SearchAnswer {
        onSearch()
        Thread.sleep(forTimeInterval: 0.5)
        return try shelf.search(request)
    }
}
