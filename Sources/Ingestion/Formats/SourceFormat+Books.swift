/// Where the formats of files of books come from: the headers of the files themselves, as their sources hand them out.
extension SourceFormat {
    /// Any table of books with a title column: a shop's export, the "7k books", our starter shelf.
    public static let catalogue = SourceFormat(
        "catalogue", .books, .edition, source: "catalogue", columns: bookSynonyms.mapValues { [$0] },
        required: [[.title]]
    ).with {
        $0.signature.groups = [bookSynonyms[.title, default: []]]
        // Of our starter shelf, for its readers; an edition is in the language it is in.
        $0.unused = ["original_language"]
    }

    /// `books.csv` of goodbooks-10k. One row is a work: its mean is over `ratings_1` to `ratings_5`, whose sum is
    /// `work_ratings_count`, so that is the count taken. The English `title` goes before `original_title`, since the
    /// other catalogues name books in English.
    static let goodbooksBooks = SourceFormat(
        "goodbooks-books", .books, .edition, source: goodbooksName,
        columns: [
            .sourceID: [["book_id"]], .isbn13: [["isbn13"]], .isbn: [["isbn"]], .authors: [["authors"]],
            .title: [["title"], ["original_title"]], .year: [["original_publication_year"]],
            .language: [["language_code"]], .averageRating: [["average_rating"]],
            .ratingsCount: [["work_ratings_count"], ["ratings_count"]], .coverURL: [["image_url"]],
            // Read besides, as the other name of the book: see `RowResult.otherKey`.
            .key: [["goodreads_book_id"]],
        ],
        required: [[.sourceID], [.title]],
        unused: [
            "best_book_id", "work_id", "books_count", "work_text_reviews_count", "ratings_1", "ratings_2", "ratings_3",
            "ratings_4", "ratings_5", "small_image_url",
        ],
        signature: ["book_id", "goodreads_book_id", "work_id", "title"]
    ).with {
        $0.seriesInTitle = true
        $0.authorCommas = .separate
    }

    /// `BX-Books.csv` of Book-Crossing: semicolons, Latin-1, year 0 for "not known".
    static let bookCrossingBooks = SourceFormat(
        "book-crossing-books", .books, .edition, source: bookCrossingName,
        columns: [
            .isbn: [["ISBN"]], .title: [["Book-Title"]], .authors: [["Book-Author"]],
            .year: [["Year-Of-Publication"]], .coverURL: [["Image-URL-L"], ["Image-URL-M"], ["Image-URL-S"]],
        ],
        required: [[.title]], unused: ["Publisher"],
        signature: ["ISBN", "Book-Title", "Book-Author", "Year-Of-Publication"])

    /// Lines of an Open Library dump. Their columns are the dump's first four and the members of the JSON objects, which
    /// come as they come. Authors, editions and works are read; the rest is ignored.
    static let openLibrary = SourceFormat(
        "open-library", .books, .openLibrary, source: "open-library",
        columns: [
            .type: [["type"]], .key: [["key"]], .personName: [["name"]], .titlePrefix: [["title_prefix"]],
            .title: [["title"]], .subtitle: [["subtitle"]], .authors: [["authors"]],
            .byStatement: [["by_statement"]], .isbn13: [["isbn_13"]], .isbn: [["isbn_10"]],
            .year: [["publish_date"]], .pages: [["number_of_pages"]], .language: [["languages"]],
            .series: [["series"]], .categories: [["subjects"]], .works: [["works"]],
            .description: [["description"], ["description.value"]],
        ],
        required: [[.type], [.key]], signature: ["type", "key", "revision", "last_modified"])

    /// Books as `bookrec library export` writes them.
    static let bookrecBooks = SourceFormat(
        "bookrec-books", .books, .edition,
        columns: [
            .source: [["source"]], .sourceID: [["source_id"]], .isbn13: [["isbn13"]], .title: [["title"]],
            .subtitle: [["subtitle"]], .authors: [["authors"]], .series: [["series"]], .categories: [["categories"]],
            .year: [["year"]], .pages: [["pages"]], .language: [["language"]],
            .averageRating: [["average_rating"]], .ratingsCount: [["ratings_count"]],
            .description: [["description"]], .coverURL: [["cover_url"]], .work: [["work"]],
            .joinedBy: [["joined_by"]], .leads: [["leads"]], .hidden: [["hidden"]], .alias: [["alias"]],
        ],
        required: [[.source], [.title]], signature: ["source", "source_id", "isbn13", "title", "authors", "cover_url"]
    ).with { $0.isOwn = true }

    static let goodbooksName = "goodbooks-10k"
    static let bookCrossingName = "book-crossing"
}
