import Catalog
import Testing
import Training

@testable import Recommender

/// Books that the same readers like.
@Suite struct ReaderNeighborTests {
    private let library: InventedLibrary
    private let books = InventedLibrary.editions

    init() throws { library = try InventedLibrary() }

    private func similar(to title: String, alpha: Double = SimilarRequest.standardAlpha) throws -> [BookHit] {
        let host = try library.host()
        let book = try #require(try host.search(SearchRequest(query: title, limit: 1)).hits.first).book
        return try host.similar(to: SimilarRequest(book: book.id.rawValue, alpha: alpha)).hits
    }

    @Test func whatTheSameReadersLikeComesFirst() throws {
        try library.train()
        let before = try similar(to: "Orbit of Glass")
        #expect(before.allSatisfy { hit in !hit.reasons.contains { $0.kind == .readers } })
        // Six like the space station, and four of them a cook book; two like the history.
        let (orbit, bread, kings) = (books[3], books[4], books[5])
        try library.like(
            [
                [orbit, bread], [orbit, bread], [bread, orbit], [orbit, bread, kings], [orbit, kings], [orbit], [kings],
            ])
        #expect(try library.train().isNew, "new likes are trained on")
        #expect(try !library.train().isNew)
        let hits = try similar(to: "Orbit of Glass", alpha: 1)
        #expect(hits.prefix(2).map(\.book.title) == [bread.title, kings.title])
        let reason = try #require(hits[0].reasons.first { $0.kind == .readers })
        #expect(reason.text == "Of 6 readers who like “Orbit of Glass”, 4 like this one too.")
        #expect(
            hits[1].reasons.contains {
                $0.text == "Of 6 readers who like “Orbit of Glass”, 2 like this one too."
            })
        #expect(hits.dropFirst(2).allSatisfy { hit in !hit.reasons.contains { $0.kind == .readers } })
        // Without readers it is as if there were none.
        let without = try similar(to: "Orbit of Glass", alpha: 0)
        #expect(without.map(\.book.id) == before.map(\.book.id) && without.map(\.score) == before.map(\.score))
        // In between the score is what the reasons add up to.
        for hit in try similar(to: "Orbit of Glass") {
            #expect(abs(hit.score - hit.reasons.reduce(0) { $0 + $1.contribution }) < 1e-12)
        }
        // Of what no reader likes, the text says all there is to say.
        #expect(try similar(to: "Winter Orchard", alpha: 1).contains { $0.reasons[0].kind == .meaning })
    }

    @Test func simulatedReadersAreCalledSo() throws {
        try library.like([[books[3], books[4]]], areSimulated: true)
        try library.train()
        #expect(
            try similar(to: "Orbit of Glass").flatMap(\.reasons).first { $0.kind == .readers }?.text
                == "Of 1 reader who likes “Orbit of Glass” (simulated), 1 likes this one too.")
    }

    /// Of a book that no simulated reader likes, none is spoken of.
    @Test func simulatedReadersAreCountedBookByBook() throws {
        let (orbit, bread, kings, salt) = (books[3], books[4], books[5], books[0])
        try library.like([[orbit, bread], [kings, salt]])
        try library.like([[orbit, bread], [orbit, bread]], source: "invented", areSimulated: true)
        try library.train()
        func reason(_ title: String) throws -> String? {
            try similar(to: title).flatMap(\.reasons).first { $0.kind == .readers }?.text
        }
        #expect(
            try reason("Orbit of Glass")
                == "Of 3 readers who like “Orbit of Glass” (2 of them simulated), 3 like this one too.")
        #expect(
            try reason("Kings of the Low Country")
                == "Of 1 reader who likes “Kings of the Low Country”, 1 likes this one too.")
    }

    @Test(arguments: [-0.1, 1.1, .nan])
    func sharesBeyondTheWholeAreRefused(alpha: Double) throws {
        try library.train()
        #expect {
            try library.host().similar(to: SimilarRequest(book: "w", alpha: alpha))
        } throws: { error in
            guard case RequestError.outOfRange("alpha", _, "0 to 1") = error else { return false }
            return true
        }
    }
}

extension TrainingOutcome {
    fileprivate var isNew: Bool {
        switch self {
        case .trained: true
        case .unchanged: false
        }
    }
}
