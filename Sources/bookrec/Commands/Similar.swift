import ArgumentParser
import Recommender

struct Similar: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Find books like a book.")

    @Argument(help: ArgumentHelp("The book's id, or an ISBN of one of its editions.", valueName: "work-id|isbn"))
    var book: String

    @Option(name: .customShort("n"), help: "How many books, 1 to 100.")
    var count = 10

    @Flag(help: "Print one JSON document.")
    var json = false

    @Flag(help: "Leave out books by its authors.")
    var otherAuthors = false

    @Flag(help: "Leave out books of its series.")
    var otherSeries = false

    @Option(help: "How much readers count beside what the books say, 0 to 1; where they say nothing, nothing.")
    var alpha = SimilarRequest.standardAlpha

    @OptionGroup var wishes: PreferenceOptions

    @OptionGroup var home: Home

    func run() throws {
        let answer = try home.openBundleHost().similar(
            to: SimilarRequest(
                book: book, limit: count, preferences: wishes.preferences(), otherAuthors: otherAuthors,
                otherSeries: otherSeries, alpha: alpha))
        guard json else { return HitList.show(answer.hits) }
        try Console.json(Document(book: answer.book, hits: answer.hits))
    }

    private struct Document: Encodable {
        var book: Book
        var hits: [BookHit]
    }
}
