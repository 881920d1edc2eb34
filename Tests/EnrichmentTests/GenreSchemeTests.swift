import Catalog
import Testing

@testable import Enrichment

@Suite struct GenreSchemeTests {
    @Test func everyGenreHasWordsOnItsOwnSide() throws {
        // Reading it checks that each stands under its own side.
        let scheme = try GenreScheme.standard()
        #expect(Genre.allCases.count { $0.side == .fiction } >= 10)
        #expect(Genre.allCases.count >= 25)
        #expect(scheme.filing(categories: []) == Filing())
    }

    @Test(
        arguments: [
            (["Juvenile Fiction"], [Genre.children], true),
            (["Detective and mystery stories, English"], [.mystery], true),
            (["Biography & Autobiography"], [.biography], false), (["Science fiction"], [.scienceFiction], true),
            (["Science"], [.science], false), (["Fiction"], [], true), (["Comics & Graphic Novels"], [.comics], nil),
            (["History", "Fantasy fiction"], [.history, .fantasy], nil), (["Nothing of the kind"], [], nil),
            (["Juvenile Nonfiction"], [.children], false),
        ] as [([String], Set<Genre>, Bool?)])
    func categoriesSpeakForGenres(_ categories: [String], _ genres: Set<Genre>, _ isFiction: Bool?) throws {
        let filing = try GenreScheme.standard().filing(categories: categories)
        #expect(filing.genres == genres, "\(filing)")
        #expect(filing.isFiction == isFiction, "\(filing)")
    }

    @Test func shelvesCountWhereManyReadersUseThem() throws {
        let scheme = try GenreScheme.standard()
        let filing = try #require(
            scheme.filing(shelves: [("to-read", 9_000), ("fantasy", 400), ("young-adult", 120), ("horror", 99)]))
        #expect(filing.genres == [.fantasy, .youngAdult])
        #expect(filing.isFiction == true)
        #expect(scheme.filing(shelves: [("to-read", 9_000), ("owned", 20)]) == nil)
    }

    @Test(arguments: [
        "fiction: {genres: {poetry: {}}}", "fiction: {genres: {nonsense: {}}}", "sports: {genres: {}}", "x",
    ])
    func aSchemeOfUnknownGenresIsRefused(yaml: String) {
        #expect(throws: (any Error).self) { try GenreScheme(yaml: yaml) }
    }
}
