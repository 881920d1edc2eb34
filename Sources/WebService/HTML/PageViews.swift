import Recommender

/// The home page.
struct HomeView {
    let frame: PageRenderer.Frame
    let taste = TasteForm(SearchRequest(query: ""))
    /// Said when somebody has sent an empty search.
    let hint: String?
    let examples: [Example]
    /// A few books for one of the examples, to show what comes back.
    let shelf: Shelf?
    let works: String

    struct Example {
        let text: String
        let address: String

        init(_ text: String) {
            self.text = text
            address = SearchAddress.of(text)
        }
    }

    struct Shelf {
        let example: Example
        let books: [BookView]
    }

    static let examples = [
        "a quiet novel about growing old",
        "detective in Victorian London",
        "what the stars are made of",
        "funny stories about families",
        "survival at sea",
        "magic school with a dark secret",
    ]
}

/// The page of one book.
struct BookPageView {
    let frame: PageRenderer.Frame
    let book: BookView
    let examples: ExampleView
    let similar: [HitView]
    let hasSimilar: Bool
}

/// The one address of a search: what the form sends, and what the pages link to.
enum SearchAddress {
    static func of(_ query: String) -> String { of(SearchRequest(query: query)) }

    static func of(_ question: SearchRequest, page: Int = 1) -> String {
        let parameters = question.parameters
        // Nothing is left to search for.
        guard parameters.count > 1 || !question.query.isEmpty else { return "/" }
        let fields = parameters.map { "\($0.name)=\(PercentCoding.encode($0.value))" }
        return "/search?" + fields.joined(separator: "&") + (page > 1 ? "&page=\(page)" : "")
    }
}
