import Catalog
import Recommender

/// A hit as the templates show it.
struct HitView {
    let book: BookView
    /// Where its description speaks of what was asked for.
    let passage: [PieceView]
    let hasPassage: Bool
    /// The beginning of the description, where the passage is not just that.
    let blurb: String?
    let reasons: [ReasonView]
    let hasReasons: Bool
    let score: String
    let examples: ExampleView
    /// The level of the title's heading: 2 under a page's own, 3 under a section's.
    let headingLevel: Int

    /// A piece of a passage.
    struct PieceView {
        let text: String
        let isMatch: Bool
    }

    /// One reason, with its share of the score.
    struct ReasonView {
        let kind: String
        let label: String
        let text: String
        let contribution: String
        /// The contribution for a `meter`, in 0...1, with a point as decimal sign.
        let level: String
    }

    /// - Parameter question: what the book answers; the book as an example is added to it.
    init(_ hit: BookHit, headingLevel: Int, question: SearchRequest) {
        self.headingLevel = headingLevel
        book = BookView(hit.book)
        var pieces = (hit.passage?.pieces ?? []).map { PieceView(text: $0.text, isMatch: $0.isMatch) }
        if let description = hit.book.description, !pieces.isEmpty {
            let sentence = pieces.map(\.text).joined()
            if description.hasPrefix(sentence) {
                pieces.append(PieceView(text: String(description.dropFirst(sentence.count)), isMatch: false))
                blurb = nil
            } else {
                blurb = description
            }
        } else {
            blurb = hit.book.description
        }
        passage = pieces
        hasPassage = !pieces.isEmpty
        score = Wording.decimal(hit.score, places: 2)
        hasReasons = !hit.reasons.isEmpty
        reasons = hit.reasons.map { reason in
            ReasonView(
                kind: reason.kind.rawValue, label: Self.label(of: reason.kind), text: reason.text,
                contribution: Wording.decimal(reason.contribution, places: 2),
                level: Wording.decimal(min(max(reason.contribution, 0), 1), places: 3))
        }
        examples = ExampleView(hit.book, in: question)
    }

    private static func label(of kind: Reason.Kind) -> String {
        switch kind {
        case .meaning: "Meaning"
        case .keywords: "Words"
        case .title: "Name"
        case .examples: "Examples"
        case .isbn: "ISBN"
        case .rating: "Readers"
        case .readers: "Shared readers"
        case .mood: "Mood"
        case .author: "Author"
        case .series: "Series"
        case .genre: "Genre"
        case .distance: "Dislikes"
        case .novelty: "Little known"
        }
    }
}

/// A book as an example of what a reader would like more or less of.
struct ExampleView {
    let name: String
    let more: String
    let less: String

    /// - Parameter question: what else is asked for.
    init(_ book: Book, in question: SearchRequest) {
        func address(_ list: WritableKeyPath<SearchRequest, [String]>) -> String {
            var asked = question
            for own in [\SearchRequest.like, \SearchRequest.unlike] {
                asked[keyPath: own].removeAll { $0 == book.id.rawValue }
            }
            // The oldest example makes room where there are as many as are taken.
            asked[keyPath: list] = asked[keyPath: list].suffix(SearchRequest.mostValues - 1) + [book.id.rawValue]
            return SearchAddress.of(asked)
        }
        name = book.title
        more = address(\.like)
        less = address(\.unlike)
    }
}
