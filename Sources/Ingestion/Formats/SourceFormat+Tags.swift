extension SourceFormat {
    /// `tags.csv` of goodbooks-10k: the names of readers' shelves.
    static let goodbooksTags = SourceFormat(
        "goodbooks-tags", .books, .tag, source: goodbooksName,
        columns: [.tagID: [["tag_id"]], .tagName: [["tag_name"]]], required: [[.tagID], [.tagName]],
        signature: ["tag_id", "tag_name"]
    ).with { $0.signature.isWhole = true }

    /// `book_tags.csv` of goodbooks-10k: how many readers put a book on a shelf. The dataset names the book by
    /// `goodreads_book_id` only; `book_id` goes first where a file has it.
    static let goodbooksBookTags = SourceFormat(
        "goodbooks-book-tags", .books, .tagging, source: goodbooksName,
        columns: [
            .item: [["book_id"]], .key: [["goodreads_book_id"]], .tagID: [["tag_id"]], .tagCount: [["count"]],
        ],
        required: [[.item, .key], [.tagID], [.tagCount]]
    ).with { $0.signature.groups = [["tag_id"], ["count"], ["book_id", "goodreads_book_id"]] }

    /// Tags as `bookrec library export` writes them.
    static let bookrecTags = SourceFormat(
        "bookrec-tags", .books, .tagging,
        columns: [
            .source: [["source"]], .item: [["item"]], .tagID: [["tag_id"]], .tagName: [["tag_name"]],
            .tagCount: [["tag_count"]],
        ],
        required: [[.source], [.item], [.tagID], [.tagCount]],
        signature: ["source", "item", "tag_id", "tag_name", "tag_count"]
    ).with { $0.isOwn = true }
}
