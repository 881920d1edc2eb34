import ArgumentParser
import CatalogStore
import Foundation
import Recommender

struct Recommend: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what to read next, from books that were liked, disliked or rated.")

    @Option(help: ArgumentHelp("Liked books, by id or ISBN, separated by commas.", valueName: "ids"))
    var like: [String] = []

    @Option(help: ArgumentHelp("Disliked books, by id or ISBN, separated by commas.", valueName: "ids"))
    var dislike: [String] = []

    @Option(help: ArgumentHelp("A rated book and its stars, 0.5 to 5; may be repeated.", valueName: "id=stars"))
    var rate: [String] = []

    @Option(help: ArgumentHelp("Books that shall not be named, by id or ISBN, separated by commas.", valueName: "ids"))
    var exclude: [String] = []

    @Option(help: "What you feel like now, in words.")
    var query = ""

    @Option(help: ArgumentHelp("A reader of this home's service, with all that they have said.", valueName: "name"))
    var reader: String?

    @Option(help: "How much the books shall differ from each other, 0 to 1.")
    var diversity = RecommendationRequest.standardDiversity

    @Option(help: "From what is well known, 0, to what few know, 1.")
    var adventurousness = RecommendationRequest.standardAdventurousness

    @Flag(help: "Say what every feature adds to each book's score.")
    var explain = false

    @OptionGroup var wishes: PreferenceOptions

    @Option(name: .customShort("n"), help: "How many books, 1 to 100.")
    var count = 10

    @Flag(help: "Print one JSON document.")
    var json = false

    @OptionGroup var home: Home

    func run() throws {
        let host = try home.openBundleHost()
        func books(_ lists: [String]) -> [String] {
            lists.flatMap { $0.split(separator: ",").map { String($0).trimmingCharacters(in: .whitespaces) } }
        }
        var request = RecommendationRequest(
            positive: books(like), negative: books(dislike), ratings: try ratings(), exclude: books(exclude),
            query: query, preferences: try wishes.preferences(), count: count, diversity: diversity,
            adventurousness: adventurousness, explain: explain)
        if let reader { request.reader = try home.library(.existing).taste(of: reader) }
        let answer = try host.recommendations(for: request)
        guard json else {
            HitList.show(answer.hits)
            if explain {
                for weight in answer.basis.weights {
                    Console.result("\(weight.feature): \(ReportText.number(weight.weight))")
                }
            }
            return
        }
        try Console.json(Document(hits: answer.hits, basis: answer.basis, noResult: answer.nothing))
    }

    private func ratings() throws -> [String: Double] {
        var ratings: [String: Double] = [:]
        for text in rate {
            let parts = text.split(separator: "=")
            guard parts.count == 2, let stars = Double(parts[1]) else {
                throw ValidationError("--rate takes a book and its stars, as 9780141439518=4.5; this is “\(text)”.")
            }
            ratings[String(parts[0])] = stars
        }
        return ratings
    }

    private struct Document: Encodable {
        var hits: [BookHit]
        var basis: RecommendationBasis
        var noResult: NoResult?
    }
}
