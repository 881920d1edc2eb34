import Artifacts
import Catalog
import CatalogStore
import Foundation
import Recommender
import Testing
import TextEmbedding
import Training

@Suite struct RecommenderTests {
    /// Trained once: the tests only read.
    static let trained = Result { () throws -> (library: InventedLibrary, host: BundleHost) in
        let library = try InventedLibrary()
        try library.train()
        return (library, try library.host())
    }

    let host: BundleHost

    init() throws {
        host = try Self.trained.get().host
    }

    private func titles(_ query: String, limit: Int = 10) throws -> [String] {
        try host.search(SearchRequest(query: query, limit: limit)).hits.map(\.book.title)
    }

    @Test(arguments: [
        ("how do I bake my own loaf", "Bread for Beginners"),
        ("astronauts in danger far from home", "Orbit of Glass"),
        ("mourning a wife, gardening", "Winter Orchard"),
        ("whodunnit in Switzerland", "The Clockmaker's Alibi"),
    ])
    func meaningFindsWhatSharesNoWord(_ query: String, _ title: String) throws {
        #expect(try titles(query).first == title)
    }

    @Test(arguments: [
        ("the quiet harbour", "The Quiet Harbour"), ("quiet harbour", "The Quiet Harbour"),
        ("NAIVE CAFE", "Naïve Café"), ("naïve café zoe angstrom", "Naïve Café"),
        ("Salt road ida mern", "The Salt Road"),
    ])
    func titlesAreFoundEvenWithoutADescription(_ query: String, _ title: String) throws {
        let hit = try #require(try host.search(SearchRequest(query: query, limit: 1)).hits.first)
        #expect(hit.book.title == title)
        #expect(hit.reasons.contains { $0.kind == .title && $0.text == "You named its title, “\(title)”." })
    }

    @Test func anAuthorsNameBringsTheAuthorsBooks() throws {
        #expect(Set(try titles("Ida Mern").prefix(2)) == ["The Salt Road", "The Quiet Harbour"])
    }

    @Test func everyWorkIsRankedOnceOverAllPages() throws {
        var seen: [String] = []
        for offset in stride(from: 0, to: 12, by: 3) {
            let answer = try host.search(SearchRequest(query: "a story", limit: 3, offset: offset))
            #expect(answer.estimatedTotalHits == 8)
            seen += answer.hits.map(\.book.title)
        }
        #expect(seen == (try titles("a story", limit: 100)))
        #expect(Set(seen) == Set(InventedLibrary.editions.map(\.title)))
        #expect(seen.count == 8)
        #expect(try host.search(SearchRequest(query: "a story", limit: 3, offset: .max)).hits.isEmpty)
    }

    @Test func scoresFallAndAreTheSumOfTheirReasons() throws {
        for query in ["water in the desert", "Ida Mern", "Orbit of Glass"] {
            let hits = try host.search(SearchRequest(query: query, limit: 100, preferences: Preferences())).hits
            for hit in hits {
                #expect(abs(hit.score - hit.reasons.reduce(0) { $0 + $1.contribution }) < 1e-12)
                #expect((0...1).contains(hit.score))
                #expect(hit.reasons.map(\.contribution) == hit.reasons.map(\.contribution).sorted(by: >))
            }
            #expect(hits.map(\.score) == hits.map(\.score).sorted(by: >))
        }
    }

    @Test func reasonsNameOnlyWordsThatAreThere() throws {
        let hit = try #require(
            try host.search(SearchRequest(query: "sourdough recipes with olives", limit: 1)).hits.first)
        let reason = try #require(hit.reasons.first { $0.kind == .keywords })
        #expect(reason.text == "“sourdough” and “recipes” stand in its description.")
        #expect(hit.reasons.contains { $0.kind == .rating && $0.text == "Rated 4.4 of 5 by 250 readers." })
    }

    @Test func similarBooksLeaveTheBookItselfOut() throws {
        let orbit = try #require(try host.search(SearchRequest(query: "Orbit of Glass", limit: 1)).hits.first).book
        let answer = try host.similar(to: SimilarRequest(book: orbit.id.rawValue, limit: 100))
        #expect(answer.book.id == orbit.id)
        #expect(answer.hits.count == 7)
        #expect(!answer.hits.map(\.book.id).contains(orbit.id))
        let salt = try #require(try host.search(SearchRequest(query: "The Salt Road", limit: 1)).hits.first).book
        let harbour = try #require(
            try host.similar(to: SimilarRequest(book: salt.id.rawValue, limit: 100)).hits.first {
                $0.book.title == "The Quiet Harbour"
            })
        #expect(harbour.reasons.contains { $0.text.hasSuffix("; both are by Ida Mern and filed under Fiction.") })
    }

    @Test func requestsThatCannotBeAnswered() throws {
        #expect(throws: RequestError.emptyQuery) { try host.search(SearchRequest(query: " \n\t")) }
        #expect(throws: RequestError.queryTooLong(bytes: 2_001)) {
            try host.search(SearchRequest(query: String(repeating: "x", count: 2_001)))
        }
        #expect(throws: RequestError.limitOutOfRange(0)) { try host.search(SearchRequest(query: "x", limit: 0)) }
        #expect(throws: RequestError.offsetOutOfRange(-1)) { try host.search(SearchRequest(query: "x", offset: -1)) }
        #expect(throws: RequestError.unknownBook("nosuch")) { try host.book("nosuch") }
        #expect(throws: RequestError.unknownBook("9780000000002")) { try host.book("9780000000002") }
        #expect(throws: RequestError.limitOutOfRange(101)) {
            try host.similar(to: SimilarRequest(book: "nosuch", limit: 101))
        }
    }

    @Test(arguments: ["\"", "NEAR(a b)", "title:x", "* AND -", "''; DROP TABLE works; --", "🙂", "東京", "\u{0}", "((("])
    func nothingAReaderTypesIsSyntax(_ query: String) throws {
        #expect(try titles(query).count == 8)
    }
}

@Suite struct RankingOfRatingsTests {
    @Test func fewPerfectRatingsDoNotBeatManyGoodOnes() throws {
        let text = "A lighthouse keeper writes letters that nobody answers."
        // The same words twice, so that only the ratings differ; no author, so that they stay two works.
        let library = try InventedLibrary([
            Edition(title: "The Lamp", year: 2001, averageRating: 5.0, ratingsCount: 3, description: text),
            Edition(title: "The Lamp", year: 2002, averageRating: 4.3, ratingsCount: 100_000, description: text),
            Edition(title: "The Lamp", year: 2003, averageRating: nil, ratingsCount: 0, description: text),
            Edition(title: "Something Else", averageRating: 3.5, ratingsCount: 9_000, description: "A cook book."),
        ])
        try library.train()
        let hits = try library.host().search(SearchRequest(query: "letters from a lighthouse", limit: 3)).hits
        #expect(hits.map(\.book.year) == [2002, 2001, 2003])
        #expect(hits.last?.reasons.contains { $0.text.hasPrefix("It has no ratings yet") } == true)
    }

    @Test func editionsOfOneWorkAreOneHit() throws {
        let library = try InventedLibrary([
            InventedLibrary.book("Twice Told", "A. Writer", 4, 10, "First edition.", isbn: "9780140449136", year: 1999),
            InventedLibrary.book(
                "Twice Told", "A. Writer", 3, 30, "Second edition.", isbn: "9780441013593", year: 2005),
            InventedLibrary.book("Once Told", "A. Writer", 4, 10, "Another work."),
        ])
        try library.train()
        let host = try library.host()
        let hits = try host.search(SearchRequest(query: "told")).hits
        #expect(hits.count == 2)
        let book = try host.book("9780140449136")
        #expect(book == (try host.book("978-0-441-01359-3")))
        #expect(book.isbn13s.map(\.digits) == ["9780441013593", "9780140449136"])
        #expect(book.averageRating == 3.25)
        #expect(book.year == 1999)
    }
}

extension InventedLibrary {
    func host() throws -> BundleHost {
        try BundleHost(bundles: bundles, encoder: encoder, textModel: textModel)
    }
}
