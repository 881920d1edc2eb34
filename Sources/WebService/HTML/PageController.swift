import Catalog
import HTTPTypes
import Hummingbird
import Recommender

/// The pages for people. Every one works without JavaScript and has an address that can be shared.
struct PageController {
    let recommender: any BookRecommending
    /// Nil where opinions are not taken.
    let opinions: (any LabelOpinionKeeping)?
    let cookie: ReaderCookie
    let pages: PageRenderer

    private static let similarCount = 6
    private static let shelfCount = 6

    func addRoutes(to router: Router<ServiceContext>) {
        router.get("/") { _, _ in try await home(hint: nil) }
        router.get("search", use: search)
        router.get("books/{id}", use: book)
    }

    @Sendable
    private func search(_ request: Request, context: ServiceContext) async throws -> Response {
        let parameters = RequestParameters(request)
        guard var question = try parameters.searchRequestIfAny() else {
            return try await home(hint: "Type a mood, a theme, a title or an author, and we will look.")
        }
        let page = try parameters.page()
        question.limit = RequestLimits.pageSize
        question.offset = (page - 1) * RequestLimits.pageSize
        let (answer, time) = try await asking { [recommender, question] in try recommender.search(question) }
        let titles = try await titles(in: question)
        let wishes = question.wishes(titles: titles)
        let asked = ResultsView.asked(question, wishes)
        let frame = pages.frame(
            title: asked + (page > 1 ? ", page \(page)" : ""),
            summary: "Books for \(asked), \(Wording.order(question.sort)), with reasons.",
            query: question.query, isIndexed: false)
        let view = ResultsView(
            frame: frame, question: question, wishes: wishes, page: page, answer: answer, time: time)
        return try pages.response(view, template: .results)
    }

    /// What the books are called that a request names. One that is not here has no title, which is no error of the page.
    private func titles(in question: SearchRequest) async throws -> [String: String] {
        let named = [question.like, question.unlike, question.preferences.filter.excluded].flatMap {
            $0.prefix(SearchRequest.mostNamed + 1)
        }
        guard !named.isEmpty else { return [:] }
        return try await asking { [recommender] in
            var titles: [String: String] = [:]
            for name in named { titles[name] = try? recommender.book(name).title }
            return titles
        }.answer
    }

    @Sendable
    private func book(_ request: Request, context: ServiceContext) async throws -> Response {
        let id = try context.pathParameter("id")
        let reader = try cookie.reader(of: request)
        let (found, _) = try await asking { [recommender, opinions] in
            let answer = try recommender.similar(to: SimilarRequest(book: id, limit: Self.similarCount))
            // The page is whole without them.
            let own = reader.flatMap { try? opinions?.opinions(on: answer.book.id, by: $0.value) }
            return (answer, own ?? [:])
        }
        let (answer, own) = found
        let book = answer.book
        let byline = book.authors.isEmpty ? "" : " by \(Wording.list(book.authors))"
        let frame = pages.frame(
            title: book.title + byline,
            summary: Wording.excerpt(book.description ?? "\(book.title)\(byline), and books like it.", length: 155))
        let view = BookPageView(
            frame: frame,
            book: BookView(
                book, opinions: opinions.map { _ in .init(address: book.pageAddress + "/labels", own: own) }),
            examples: ExampleView(book, in: SearchRequest(query: "")),
            similar: answer.hits.map {
                HitView($0, headingLevel: 3, question: SearchRequest(query: "", like: [book.id.rawValue]))
            },
            hasSimilar: !answer.hits.isEmpty)
        return try pages.response(view, template: .book)
    }

    private func home(hint: String?) async throws -> Response {
        let examples = HomeView.examples.map(HomeView.Example.init)
        let works = recommender.version.works
        let view = HomeView(
            frame: pages.frame(
                title: "What do you feel like reading?",
                summary: "Say what you feel like reading and get the right next books, each with an honest reason.",
                hasHeaderSearch: false),
            hint: hint, examples: examples, shelf: await shelf(for: examples[0]),
            works: Wording.count(works, "book", "books"))
        return try pages.response(view, template: .home)
    }

    /// A few books under the search field. The page is whole without them, so an error here is no error of the page.
    private func shelf(for example: HomeView.Example) async -> HomeView.Shelf? {
        let question = SearchRequest(query: example.text, limit: Self.shelfCount)
        let outcome = try? await asking { [recommender] in try recommender.search(question) }
        guard let hits = outcome?.answer.hits, !hits.isEmpty else { return nil }
        return HomeView.Shelf(example: example, books: hits.map { BookView($0.book) })
    }
}
