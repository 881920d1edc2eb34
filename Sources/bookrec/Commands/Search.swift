import ArgumentParser
import Recommender

struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Find books by what a reader says in words.")

    @Argument(
        help:
            "What you feel like reading, a title, an author or an ISBN; may be left out beside examples, moods and filters."
    )
    var query = ""

    @Option(help: ArgumentHelp("Close to these books, by id or ISBN, separated by commas.", valueName: "ids"))
    var like: [String] = []

    @Option(help: ArgumentHelp("Away from these books, by id or ISBN, separated by commas.", valueName: "ids"))
    var unlike: [String] = []

    @Option(help: ArgumentHelp("relevance, rating, popularity, newest or oldest.", valueName: "order"))
    var sort: String?

    @Option(
        help: ArgumentHelp("How much meaning counts beside spelling: 0 words only, 1 meaning only.", valueName: "share")
    )
    var semanticRatio: String?

    @Flag(help: "Say how every leg ranked each book.")
    var explain = false

    @Flag(help: "Count the books of each kind.")
    var facets = false

    @OptionGroup var wishes: PreferenceOptions

    @Option(name: .customShort("n"), help: "How many books, 1 to 100.")
    var count = 10

    @Flag(help: "Print one JSON document.")
    var json = false

    @OptionGroup var home: Home

    func run() throws {
        let host = try home.openBundleHost()
        let clock = ContinuousClock()
        let start = clock.now
        let answer = try host.search(SearchRequest(parsing: values))
        let time = clock.now - start
        guard json else { return HitList.show(answer) }
        try Console.json(
            Document(
                query: query, hits: answer.hits, estimatedTotalHits: answer.estimatedTotalHits, facets: answer.facets,
                understood: answer.understood, noResult: answer.nothing, processingTimeMs: time / .milliseconds(1)))
    }

    private func values(_ name: String) -> [String] {
        func one(_ value: String?) -> [String] { value.map { [$0] } ?? [] }
        return switch SearchRequest.Parameter(rawValue: name) {
        case .q: [query]
        case .like: like
        case .unlike: unlike
        case .sort: one(sort)
        case .semanticRatio: one(semanticRatio)
        case .limit: ["\(count)"]
        case .offset: []
        case .explain: ["\(explain)"]
        case .facets: ["\(facets)"]
        case nil: wishes.values(name)
        }
    }

    private struct Document: Encodable {
        var query: String
        var hits: [BookHit]
        var estimatedTotalHits: Int
        var facets: [Facet]?
        var understood: Understanding
        var noResult: NoResult?
        var processingTimeMs: Double
    }
}
