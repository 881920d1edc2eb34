import Catalog
import Testing

@testable import Recommender

/// What misspelt words and titles of two forms are taken for.
@Suite struct NameReadingTests {
    static let trained = Result { () throws -> (library: InventedLibrary, host: BundleHost) in
        let library = try InventedLibrary([
            InventedLibrary.book(
                "The Hobblit, Or, Out and Home Again", "Ida Mern", 4.3, 9_000,
                "A small person leaves a comfortable hole for mountains and a dragon."),
            InventedLibrary.book(
                "Moblet", "Tom Vale", 3.9, 400, "A boy who is new in town saves the owls of a building site."),
            InventedLibrary.book("Sink or Swim", "R. Quill", 4.0, 70, "How a banker learned to row across an ocean."),
            InventedLibrary.book("Sink", "H. van Dam", 3.7, 90, "Everything that can go wrong with kitchens."),
        ])
        try library.train()
        return (library, try library.host())
    }

    let host: BundleHost

    init() throws { host = try Self.trained.get().host }

    private func answer(_ query: String) throws -> SearchAnswer {
        try host.search(SearchRequest(parsing: { ["q": [query], "limit": ["4"], "explain": ["true"]][$0] ?? [] }))
    }

    /// One edit is likelier than two, however short the title with two.
    @Test(arguments: ["hoblit", "the hoblit", "the hobbblit"])
    func wordsAreReadAsWhatIsLikest(query: String) throws {
        let answer = try answer(query)
        #expect(answer.understood.corrections.map(\.to) == ["hobblit"])
        #expect(answer.hits[0].book.title == "The Hobblit, Or, Out and Home Again")
        // It counts as the title, but for less than if it were spelt so.
        let leg = try #require(answer.hits[0].explanation?.first { $0.leg == .exactTitle })
        #expect(leg.value > 0.1 && leg.value < 1)
    }

    @Test(arguments: [
        ("hobblit", "The Hobblit, Or, Out and Home Again"),
        ("the hobblit or out and home again", "The Hobblit, Or, Out and Home Again"),
        ("sink or swim", "Sink or Swim"), ("sink", "Sink"),
    ])
    func eitherFormOfATitleNamesIt(query: String, title: String) throws {
        let hit = try answer(query).hits[0]
        #expect(hit.book.title == title)
        #expect(hit.reasons.contains { $0.text == "You named its title, “\(title)”." })
    }
}
