import Catalog
import CatalogStore
import Testing
import Training

@testable import Recommender

/// What to read next.
@Suite struct RecommendationTests {
    private let library: InventedLibrary
    private let books = InventedLibrary.editions

    init() throws { library = try InventedLibrary() }

    private func id(_ place: Int, _ host: BundleHost) throws -> String {
        try #require(try host.search(SearchRequest(query: books[place].title, limit: 1)).hits.first).book.id.rawValue
    }

    /// Readers of the space station go on to the cook book, readers of the orchard to the history.
    private func hostWithReaders() throws -> BundleHost {
        let (orchard, orbit, bread, kings) = (books[1], books[3], books[4], books[5])
        try library.like(Array(repeating: [orbit, bread], count: 8) + Array(repeating: [orchard, kings], count: 8))
        try library.train()
        return try library.host()
    }

    @Test func whatReadersWentOnToComesFirst() throws {
        let host = try hostWithReaders()
        for (liked, expected) in [(3, 4), (4, 3), (1, 5), (5, 1)] {
            let answer = try host.recommendations(
                for: RecommendationRequest(positive: [id(liked, host)], explain: true))
            let first = try #require(answer.hits.first)
            #expect(first.book.title == books[expected].title)
            #expect(
                first.reasons.contains {
                    $0.kind == .readers && $0.text == "Readers of “\(books[liked].title)” also went on to it."
                })
            #expect(answer.basis.knownBooks == 1)
            #expect(abs(answer.basis.weights.reduce(0) { $0 + $1.weight } - 1) < 1e-9)
        }
    }

    @Test func reasonsAndFeaturesAddUpToTheScore() throws {
        let host = try hostWithReaders()
        let requests = try [
            RecommendationRequest(explain: true),
            RecommendationRequest(positive: [id(3, host)], negative: [id(0, host)], explain: true),
            RecommendationRequest(
                positive: [id(3, host)], query: "baking bread",
                preferences: Preferences(feelings: [.mood(.hopeful): 1]),
                adventurousness: 1, explain: true),
        ]
        for request in requests {
            let hits = try host.recommendations(for: request).hits
            #expect(!hits.isEmpty)
            for hit in hits {
                #expect(abs(hit.score - hit.reasons.reduce(0) { $0 + $1.contribution }) < 1e-9)
                #expect((0...1.000_001).contains(hit.score))
                guard request.query.isEmpty else { continue }
                let features = try #require(hit.features)
                #expect(abs(hit.score - features.reduce(0) { $0 + $1.contribution }) < 1e-9)
                for feature in features {
                    #expect(abs(feature.value * feature.weight - feature.contribution) < 1e-9)
                }
            }
        }
    }

    @Test func whatTheReaderNamedIsNeverAmongTheHits() throws {
        let host = try hostWithReaders()
        var taste = ReaderTaste()
        let ids = try (0..<8).map { try id($0, host) }
        let events: [(Int, FeedbackEvent.Kind, Double?)] = [
            (0, .rating, 5), (1, .notInterested, nil), (2, .read, nil), (7, .toRead, nil),
        ]
        for (place, kind, value) in events {
            taste.add(
                FeedbackEvent(
                    id: "\(place)", work: WorkID(rawValue: ids[place]), kind: kind, value: value, at: Int64(place)))
        }
        taste.add(FeedbackEvent(id: "gone", work: WorkID(rawValue: "w-gone"), kind: .like, at: 9))
        var request = RecommendationRequest(
            positive: [ids[3]], negative: [ids[5]], exclude: [ids[4]], mostOfOneAuthor: 9)
        request.reader = taste
        #expect(try host.recommendations(for: request).hits.map(\.book.id.rawValue) == [ids[6]])
        var filter = BookFilter()
        filter.minRating = 4.9
        let none = try host.recommendations(for: RecommendationRequest(preferences: Preferences(filter: filter)))
        #expect(none.hits.isEmpty && none.nothing != nil)
    }

    @Test func aRatingMovesBooks() throws {
        let host = try hostWithReaders()
        let (orbit, bread) = (try id(3, host), try id(4, host))
        func rank(_ stars: Double) throws -> Int? {
            try host.recommendations(for: RecommendationRequest(ratings: [orbit: stars])).hits
                .firstIndex { $0.book.id.rawValue == bread }
        }
        #expect(try rank(5) == 0)
        // What the request says of a book counts for more than what is remembered.
        var taste = ReaderTaste()
        taste.add(FeedbackEvent(id: "1", work: WorkID(rawValue: orbit), kind: .rating, value: 1, at: 1))
        var request = RecommendationRequest(ratings: [orbit: 5])
        request.reader = taste
        let same = try host.recommendations(for: RecommendationRequest(ratings: [orbit: 5]))
        #expect(try host.recommendations(for: request).hits.map(\.score) == same.hits.map(\.score))
    }

    @Test func noMoreThanSoManyAreOfOneAuthor() throws {
        let host = try hostWithReaders()
        let one = try host.recommendations(for: RecommendationRequest(mostOfOneAuthor: 1)).hits
        #expect(one.count { $0.book.authors == ["Ida Mern"] } == 1)
        let two = try host.recommendations(for: RecommendationRequest(mostOfOneAuthor: 2)).hits
        #expect(two.count { $0.book.authors == ["Ida Mern"] } == 2 && two.count == books.count)
    }

    @Test func withoutReadersTheBooksSayWhatThereIsToSay() throws {
        try library.train()
        let host = try library.host()
        let hits = try host.recommendations(for: RecommendationRequest(positive: [id(0, host)])).hits
        #expect(hits.first?.book.authors == ["Ida Mern"])
        #expect(hits.first?.reasons.contains { $0.text == "By Ida Mern, of whom you like “The Salt Road”." } ?? false)
        #expect(hits.count == books.count - 1)
        #expect(hits.allSatisfy { hit in !hit.reasons.contains { $0.kind == .readers } })
        #expect(try host.recommendations(for: RecommendationRequest()).hits.count == books.count)
    }

    @Test func whatCannotBeAnsweredIsSaid() throws {
        try library.train()
        let host = try library.host()
        let requests: [(RecommendationRequest, RequestError)] = [
            (RecommendationRequest(positive: ["nobody"]), .unknownBook("nobody", parameter: "positive")),
            (RecommendationRequest(ratings: ["nobody": 4]), .unknownBook("nobody", parameter: "ratings")),
            (
                RecommendationRequest(ratings: ["x": 6]),
                .outOfRange(parameter: "ratings.x", value: "6.0", range: "0.5 to 5 stars")
            ),
            (RecommendationRequest(count: 0), .outOfRange(parameter: "count", value: "0", range: "1 to 100")),
            (
                RecommendationRequest(diversity: 1.5),
                .outOfRange(parameter: "diversity", value: "1.5", range: "0 to 1")
            ),
        ]
        for (request, error) in requests {
            #expect(throws: error) { try host.recommendations(for: request) }
        }
    }

    @Test func littleMemoryLearnsOtherwise() throws {
        try library.like(Array(repeating: [books[3], books[4]], count: 5))
        let outcome = try Trainer(
            library: library.library, bundles: library.bundles, encoder: library.encoder, textModel: library.textModel,
            codeVersion: "test", memory: 1 << 20
        ).train()
        guard case .trained(_, let statistics) = outcome else { throw UnexpectedOutcome() }
        #expect(statistics.readerAlgorithm == "iALS with vectors of 16")
        let host = try library.host()
        let hits = try host.recommendations(for: RecommendationRequest(positive: [id(3, host)])).hits
        #expect(hits.first?.book.title == books[4].title)
    }

    private struct UnexpectedOutcome: Error {}
}
