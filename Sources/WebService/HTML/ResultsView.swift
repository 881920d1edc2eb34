import Recommender

/// The page of results.
struct ResultsView {
    let frame: PageRenderer.Frame
    let taste: TasteForm
    /// The words, or none where examples, moods and filters ask by themselves.
    let heading: String?
    /// What was asked for instead of words.
    let asked: String
    /// What was asked for beside the words.
    let wishes: [WishView]
    let hasWishes: Bool
    /// The search for the words alone.
    let allLifted: String?
    let corrections: [CorrectionView]
    let hasCorrections: Bool
    let facets: [FacetView]
    let hasFacets: Bool
    let hits: [HitView]
    let hasHits: Bool
    let isPastTheEnd: Bool
    /// Why nothing was found; nil where something was.
    let noResult: NoResultView?
    /// The number of the first hit, for the list.
    let firstNumber: Int
    let summary: String
    let firstPage: String
    let previousPage: String?
    let nextPage: String?
    let pageName: String
    let hasPages: Bool

    /// One thing that was asked for, and the search without it.
    struct WishView {
        let text: String
        let address: String
    }

    struct CorrectionView {
        let from: String
        let to: String
    }

    /// - Parameter wishes: what `question` asks for beside its words.
    init(
        frame: PageRenderer.Frame, question: SearchRequest, wishes: [Wish], page: Int, answer: SearchAnswer,
        time: Duration
    ) {
        func address(_ page: Int = 1) -> String { SearchAddress.of(question, page: page) }
        self.frame = frame
        taste = TasteForm(question)
        heading = question.query.isEmpty ? nil : question.query
        asked = Self.asked(question, wishes)
        self.wishes = wishes.map {
            WishView(text: Wording.capitalized($0.text), address: SearchAddress.of($0.others))
        }
        hasWishes = !wishes.isEmpty
        allLifted =
            wishes.count > 1
            ? SearchAddress.of(
                SearchRequest(query: question.query, sort: question.sort, semanticRatio: question.semanticRatio)) : nil
        corrections = answer.understood.corrections.map { CorrectionView(from: $0.from, to: $0.to) }
        hasCorrections = !corrections.isEmpty
        facets = FacetView.all(answer.facets ?? [], in: question)
        hasFacets = !facets.isEmpty
        let offset = (page - 1) * RequestLimits.pageSize
        let end = offset + answer.hits.count
        let hasNext = !answer.hits.isEmpty && end < answer.estimatedTotalHits
        hits = answer.hits.map { HitView($0, headingLevel: 2, question: question) }
        hasHits = !hits.isEmpty
        isPastTheEnd = hits.isEmpty && answer.estimatedTotalHits > 0
        noResult =
            hits.isEmpty && answer.estimatedTotalHits == 0
            ? NoResultView(answer.nothing, question: question, wishes: wishes) : nil
        firstNumber = offset + 1
        summary =
            "\(Wording.grouped(offset + 1))–\(Wording.grouped(end)) of "
            + "\(Wording.count(answer.estimatedTotalHits, "book", "books")), \(Wording.order(question.sort)), in "
            + "\(Wording.decimal(time.milliseconds, places: 1)) ms"
        firstPage = address()
        previousPage = page > 1 ? address(page - 1) : nil
        nextPage =
            hasNext && RequestLimits.pages.contains(page + 1) ? address(page + 1) : nil
        pageName = "Page \(page)"
        hasPages = hasHits && (previousPage != nil || nextPage != nil)
    }

    /// What the page is of, in words.
    static func asked(_ question: SearchRequest, _ wishes: [Wish]) -> String {
        question.query.isEmpty
            ? wishes.words ?? "everyone, \(Wording.order(question.sort))"
            : "“\(Wording.excerpt(question.query, length: 60))”"
    }
}

/// Why nothing was found, and what there would be.
struct NoResultView {
    let why: String
    let obstacles: [ObstacleView]
    let hasObstacles: Bool
    let nearest: [HitView]
    let hasNearest: Bool

    /// A part of the request, and the search without it.
    struct ObstacleView {
        let text: String
        let address: String
        let count: String
    }

    init(_ nothing: NoResult?, question: SearchRequest, wishes: [Wish]) {
        why =
            nothing?.text
                ?? """
                No book on our shelves answers this. Try fewer words, fewer filters, another spelling, or the name of a \
                book you loved.
                """
        obstacles = (nothing?.obstacles ?? []).map { obstacle in
            let parts = wishes.filter { $0.parameter == obstacle.parameter }
            return ObstacleView(
                text: parts.words ?? obstacle.parameter,
                address: SearchAddress.of(question.lifting(obstacle.parameter)),
                count: Wording.count(obstacle.countWithout, "book", "books"))
        }
        hasObstacles = !obstacles.isEmpty
        // The nearest books are those without the first obstacle, or else without any filter.
        var wider = question
        if let first = nothing?.obstacles.first {
            wider = question.lifting(first.parameter)
        } else {
            wider.preferences.filter = BookFilter()
        }
        nearest = (nothing?.nearest ?? []).map { HitView($0, headingLevel: 3, question: wider) }
        hasNearest = !nearest.isEmpty
    }
}
