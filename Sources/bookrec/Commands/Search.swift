import ArgumentParser
import Recommender

struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Find books by what a reader says in words.")

    @Argument(help: "What you feel like reading, or a title, or an author; may be left out beside moods and filters.")
    var query = ""

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
        let answer = try host.search(SearchRequest(query: query, limit: count, preferences: wishes.preferences()))
        let time = clock.now - start
        guard json else { return HitList.show(answer.hits) }
        try Console.json(
            Document(
                query: query, hits: answer.hits, estimatedTotalHits: answer.estimatedTotalHits,
                processingTimeMs: time / .milliseconds(1)))
    }

    private struct Document: Encodable {
        var query: String
        var hits: [BookHit]
        var estimatedTotalHits: Int
        var processingTimeMs: Double
    }
}
