import Recommender

/// The home page.
struct HomeView {
    let frame: PageRenderer.Frame
    let taste = TasteForm(Preferences())
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

/// The page of results.
struct ResultsView {
    let frame: PageRenderer.Frame
    let taste: TasteForm
    /// The words, or none where moods and filters ask by themselves.
    let heading: String?
    /// What was chosen beside the words.
    let wishes: String?
    let hits: [HitView]
    let hasHits: Bool
    let isPastTheEnd: Bool
    let isEmpty: Bool
    /// The number of the first hit, for the list.
    let firstNumber: Int
    let summary: String
    let firstPage: String
    let previousPage: String?
    let nextPage: String?
    let pageName: String
    let hasPages: Bool

    init(frame: PageRenderer.Frame, question: SearchRequest, page: Int, answer: SearchAnswer, time: Duration) {
        let (query, preferences) = (question.query, question.preferences)
        func address(_ page: Int = 1) -> String { SearchAddress.of(question, page: page) }
        taste = TasteForm(preferences)
        wishes = Wording.wishes(preferences)
        let offset = (page - 1) * RequestLimits.pageSize
        let end = offset + answer.hits.count
        let hasNext = !answer.hits.isEmpty && end < answer.estimatedTotalHits
        self.frame = frame
        heading = query.isEmpty ? nil : query
        hits = answer.hits.map { HitView($0, headingLevel: 2) }
        hasHits = !hits.isEmpty
        isPastTheEnd = hits.isEmpty && page > 1
        isEmpty = hits.isEmpty && page == 1
        firstNumber = offset + 1
        summary =
            "\(Wording.grouped(offset + 1))–\(Wording.grouped(end)) of "
            + "\(Wording.count(answer.estimatedTotalHits, "book", "books")), best first, in "
            + "\(Wording.decimal(time.milliseconds, places: 1)) ms"
        firstPage = address()
        previousPage = page > 1 ? address(page - 1) : nil
        nextPage =
            hasNext && RequestLimits.pages.contains(page + 1) ? address(page + 1) : nil
        pageName = "Page \(page)"
        hasPages = hasHits && (previousPage != nil || nextPage != nil)
    }
}

/// The page of one book.
struct BookPageView {
    let frame: PageRenderer.Frame
    let book: BookView
    let similar: [HitView]
    let hasSimilar: Bool
}

/// The one address of a search: what the form sends, and what the pages link to.
enum SearchAddress {
    static func of(_ query: String) -> String { of(SearchRequest(query: query)) }

    static func of(_ question: SearchRequest, page: Int = 1) -> String {
        let fields = question.parameters.map { "\($0.name)=\(PercentCoding.encode($0.value))" }
        return "/search?" + fields.joined(separator: "&") + (page > 1 ? "&page=\(page)" : "")
    }
}
