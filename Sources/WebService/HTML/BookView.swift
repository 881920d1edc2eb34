import Catalog
import Recommender

/// A book as the templates show it: everything already in words.
struct BookView {
    let title: String
    let subtitle: String?
    let authors: String?
    let address: String
    let cover: String
    /// Year, pages and categories, for one line.
    let facts: [String]
    let hasFacts: Bool
    let rating: String?
    let description: String?
    /// The description's paragraphs.
    let paragraphs: [String]
    let impression: ImpressionView?
    /// The facts with their names, for the book's own page.
    let details: [Detail]

    struct Detail {
        let term: String
        let value: String
    }

    /// - Parameter opinions: what the reader has said of its labels; nil where that is not asked.
    init(_ book: Book, opinions: ImpressionView.Opinions? = nil) {
        impression = book.impression.map { ImpressionView($0, opinions: opinions) }
        let year = book.year.flatMap(Wording.year)
        let pages = book.pages.flatMap { $0 > 0 ? Wording.count($0, "page", "pages") : nil }
        title = book.title
        subtitle = book.subtitle
        authors = book.authors.isEmpty ? nil : Wording.list(book.authors)
        address = book.pageAddress
        cover = book.drawnCoverAddress
        facts = [year, pages].compactMap { $0 } + book.categories.prefix(2)
        hasFacts = !facts.isEmpty
        rating = Wording.rating(book.averageRating, readers: book.ratingsCount)
        description = book.description
        paragraphs = (book.description ?? "").split(whereSeparator: \.isNewline).map(String.init)
            .filter { $0.contains { !$0.isWhitespace } }
        details = [
            ("Published", year),
            ("Length", pages),
            ("Kind", impression?.kind),
            ("Pace", impression?.pace),
            (book.categories.count == 1 ? "Category" : "Categories", book.categories.joined(separator: ", ")),
            ("Readers", rating),
            ("ISBN", book.isbn13s.prefix(4).map(\.digits).joined(separator: ", ")),
        ].compactMap { term, value in
            guard let value, !value.isEmpty else { return nil }
            return Detail(term: term, value: value)
        }
    }
}
