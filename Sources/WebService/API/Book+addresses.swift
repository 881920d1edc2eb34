import Catalog
import Recommender

extension Book {
    /// The address of the book's page.
    var pageAddress: String { "/books/\(PercentCoding.encode(id.rawValue))" }

    /// The address of the cover that this service draws.
    var drawnCoverAddress: String { "/covers/\(PercentCoding.encode(id.rawValue)).svg" }

    /// The book with a cover in any case: the catalogue's own, or else the one drawn here.
    var withServedCover: Book {
        var book = self
        book.coverUrl = coverUrl ?? drawnCoverAddress
        return book
    }
}

extension BookHit {
    var withServedCover: BookHit {
        var hit = self
        hit.book = book.withServedCover
        return hit
    }
}
