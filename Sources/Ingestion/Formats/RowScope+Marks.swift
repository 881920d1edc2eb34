import Catalog

extension RowScope {
    mutating func mark() throws(Violation) -> RowResult {
        let reader = try line(.reader, cell(.reader) ?? plan.shelfReader)
        guard let reader else { throw .missing(.reader) }
        let isbns = plan.columns.has(.isbn13) || plan.columns.has(.isbn) ? try isbns() : RowISBNs()
        var title = try line(.title)
        if format.seriesInTitle, let written = title {
            var (separate, series): (String, String?) = (written, nil)
            separateSeries(&separate, &series)
            title = separate
        }
        let authors = try authors()
        let id = try nativeID(.item)
        let rating = try rating()
        let shelf = try shelf(rating)
        let day = try day()

        var item = RatedItem(key: EditionKey(rawValue: ""), isbn13: isbns.best, title: title, authors: authors)
        for rule in plan.rules {
            switch rule.condition {
            case .anyOf(let facts):
                let found = facts.contains { fact in
                    switch fact {
                    case .reader: true
                    case .item: id != nil
                    case .isbn13, .isbn: isbns.best != nil
                    case .title: title != nil
                    case .authors: !authors.isEmpty
                    case .stars: rating.isGiven
                    case .shelf: shelf != .notGiven
                    case .day: day != nil
                    default: false
                    }
                }
                if !found { try breaks(rule, value: nil) }
            case .agree(let one, _):
                guard let first = isbns.best, let second = isbns.rival else { continue }
                try breaks(rule, value: "\(first), \(second)")
                item.isbn13 = isbns.without(one)
            case .differs, .notWhenZero:
                // No two facts of a mark are such texts or numbers.
                continue
            }
        }
        if shelf == .ignored {
            return RowResult(content: .ignored("on a shelf of the reader's own, which says nothing of reading"))
        }
        guard let key = try key(id: id, item) else {
            throw Violation(
                rule: Violation.missingRule(of: .item), field: Fact.item.name,
                remedy: "Name the book by a number, an ISBN or a title.")
        }
        item.key = key
        let mark = ReaderMark(reader: reader, item: item, stars: rating.stars, shelf: shelf.value, day: day)
        var result = RowResult(content: .mark(mark))
        if format.isOwn { addOwn(to: &result) }
        return result
    }

    /// A book by the source's own name of it; our own export writes whole keys.
    func itemKey(_ id: String) throws(Violation) -> EditionKey {
        guard format.isOwn else { return .id(id) }
        guard ["id:", "isbn:", "text:", "work:", "goodreads:"].contains(where: id.hasPrefix) else {
            throw Violation(
                .unknownItem, .item, value: id,
                remedy: "Write the item as the export does: `id:…`, `isbn:…` or `text:…`.")
        }
        return EditionKey(rawValue: id)
    }

    /// How the source calls the book; nil when it says nothing of it.
    private func key(id: String?, _ item: RatedItem) throws(Violation) -> EditionKey? {
        if let id { return try itemKey(id) }
        if let isbn = item.isbn13 { return .isbn(isbn) }
        return item.title.map { .text(title: $0, subtitle: nil, authors: item.authors, year: nil) }
    }
}
