/// Where the formats of readers' files come from: the headers of the files themselves, as their sources hand them out.
extension SourceFormat {
    /// Any table of readers, books and ratings.
    static let ratings = SourceFormat(
        "ratings", .ratings, .mark, columns: markSynonyms.mapValues { [$0] },
        required: [[.reader], [.item, .isbn13, .isbn, .title], [.stars, .shelf]]
    ).with { format in
        func names(_ facts: Fact...) -> [ColumnName] { facts.flatMap { markSynonyms[$0, default: []] } }
        format.signature.groups = [names(.reader), names(.item, .isbn13, .isbn, .title), names(.stars, .shelf)]
    }

    /// `ratings.csv` of goodbooks-10k.
    static let goodbooksRatings = SourceFormat(
        "goodbooks-ratings", .ratings, .mark, source: goodbooksName,
        columns: [.reader: [["user_id"]], .item: [["book_id"]], .stars: [["rating"]]],
        required: [[.reader], [.item], [.stars]], signature: ["user_id", "book_id", "rating"]
    ).with {
        $0.signature.isWhole = true
        $0.caution = goodbooksCaution
    }

    /// `to_read.csv` of goodbooks-10k.
    static let goodbooksToRead = SourceFormat(
        "goodbooks-to-read", .ratings, .mark, source: goodbooksName,
        columns: [.reader: [["user_id"]], .item: [["book_id"]]],
        required: [[.reader], [.item]], signature: ["user_id", "book_id"]
    ).with {
        $0.signature.isWhole = true
        $0.constantShelf = .wantToRead
        $0.caution = goodbooksCaution
    }

    /// Other sources number their books and readers too.
    private static let goodbooksCaution =
        "Its books and readers are taken for those of goodbooks-10k. If they are another's, give `--format ratings` and "
        + "`--source NAME`."

    /// `BX-Book-Ratings.csv` of Book-Crossing: 1 to 10, and 0 for "read, not rated".
    static let bookCrossingRatings = SourceFormat(
        "book-crossing-ratings", .ratings, .mark, source: bookCrossingName,
        columns: [.reader: [["User-ID"]], .isbn: [["ISBN"]], .stars: [["Book-Rating"]]],
        required: [[.reader], [.isbn], [.stars]], signature: ["User-ID", "ISBN", "Book-Rating"]
    ).with {
        $0.scale = 10
        $0.zeroMeansUnrated = true
    }

    /// `BX-Users.csv` of Book-Crossing: where readers live and how old they are, which is nobody's business.
    static let bookCrossingUsers = SourceFormat(
        "book-crossing-users", .ratings, .person, source: bookCrossingName, unused: ["User-ID"],
        signature: ["User-ID", "Location", "Age"])

    /// A reader's books from Goodreads ("Export Library"). 0 stars mean "not rated".
    static let goodreadsExport = SourceFormat(
        "goodreads-export", .shelf, .mark, source: "goodreads",
        columns: [
            .item: [["Book Id"]], .title: [["Title"]], .authors: [["Author"]],
            .moreAuthors: [["Additional Authors"]], .isbn: [["ISBN"]], .isbn13: [["ISBN13"]],
            .stars: [["My Rating"]], .shelf: [["Exclusive Shelf"]], .day: [["Date Read"], ["Date Added"]],
            .readCount: [["Read Count"]],
        ],
        required: [[.title], [.shelf]],
        unused: [
            "Author l-f", "Average Rating", "Publisher", "Binding", "Number of Pages", "Year Published",
            "Original Publication Year", "Bookshelves", "Bookshelves with positions", "Owned Copies",
            "Original Purchase Date", "Original Purchase Location", "Condition", "Condition Description", "BCID",
        ],
        signature: ["Book Id", "Title", "My Rating", "Exclusive Shelf"]
    ).with {
        $0.zeroMeansUnrated = true
        $0.seriesInTitle = true
        $0.authorCommas = .separate
    }

    /// A reader's books from The StoryGraph. Books without an ISBN have a number of its own there.
    static let storygraphExport = SourceFormat(
        "storygraph-export", .shelf, .mark, source: "storygraph",
        columns: [
            .title: [["Title"]], .authors: [["Authors"]], .moreAuthors: [["Contributors"]],
            .isbn: [["ISBN/UID"]], .stars: [["Star Rating"]], .shelf: [["Read Status"]],
            .day: [["Last Date Read"], ["Date Added"]], .readCount: [["Read Count"]],
        ],
        required: [[.title], [.shelf]],
        unused: [
            "Format", "Dates Read", "Moods", "Pace", "Character- or Plot-Driven?", "Strong Character Development?",
            "Loveable Characters?", "Diverse Characters?", "Flawed Characters?", "Content Warnings", "Tags", "Owned?",
        ],
        signature: ["Title", "Read Status", "Star Rating"]
    ).with {
        $0.zeroMeansUnrated = true
        $0.otherNumbersAmongISBNs = true
        $0.authorCommas = .separate
    }

    /// Ratings as `bookrec library export` writes them.
    static let bookrecRatings = SourceFormat(
        "bookrec-ratings", .ratings, .mark,
        columns: [
            .source: [["source"]], .reader: [["reader"]], .item: [["item"]], .isbn13: [["isbn13"]],
            .title: [["title"]], .authors: [["authors"]], .stars: [["stars"]], .shelf: [["shelf"]],
            .day: [["date"]], .simulated: [["simulated"]],
        ],
        required: [[.source], [.reader], [.item]],
        signature: ["source", "reader", "item", "stars", "shelf", "simulated"]
    ).with { $0.isOwn = true }
}
