import Catalog

/// Lines of Open Library dumps. The schema is described at openlibrary.org under "/type/edition", "/type/work" and
/// "/type/author".
extension RowScope {
    mutating func openLibraryObject() throws(Violation) -> RowResult {
        switch cell(.type) {
        case "/type/author": try openLibraryPerson()
        case "/type/edition", "/type/work": try openLibraryEdition()
        default: RowResult(content: .ignored("neither a book nor an author"))
        }
    }

    private mutating func openLibraryPerson() throws(Violation) -> RowResult {
        guard let key = cell(.key), let cell = cell(.personName),
            let name = normaliser.line(cell, field: Fact.authors.name)
        else { return RowResult(content: .ignored("an author without a name")) }
        return RowResult(content: .author(id: OpenLibrary.authorReference(key), name: name))
    }

    /// An edition; or a work, which is taken for one: it has the description and the subjects.
    private mutating func openLibraryEdition() throws(Violation) -> RowResult {
        let isbns = try openLibraryISBNs()
        let prefix = cell(.titlePrefix).map { $0.hasSuffix(" ") ? $0 : $0 + " " } ?? ""
        guard let title = try line(.title, cell(.title).map { prefix + $0 }) else { throw .missing(.title) }
        var edition = Edition(sourceID: cell(.key), isbn13: isbns.best, title: title)
        edition.subtitle = try line(.subtitle)
        edition.authors = try openLibraryAuthors()
        edition.series = try line(.series, cell(.series).flatMap { OpenLibrary.texts(in: $0).first })
        if let cell = cell(.categories) {
            var categories: [String] = []
            var seen: Set<String> = []
            for text in OpenLibrary.texts(in: cell) {
                guard let name = normaliser.line(text, field: Fact.categories.name), seen.insert(name).inserted else {
                    continue
                }
                categories.append(name)
                // More than any list may have is told by one more.
                if Double(categories.count) > plan.limits(of: .categories).upper { break }
            }
            edition.categories = try limited(.categories, categories)
        }
        edition.year = try year(cell(.year))
        edition.pages = try whole(.pages, cell(.pages))
        let languages = cell(.language).map { OpenLibrary.keys(beginning: "/languages/", in: $0) }
        edition.language = try line(.language, languages?.first.map { String($0.dropFirst("/languages/".count)) })
        edition.description = try text(.description, cell(.description))
        try check(&edition, isbns: isbns, hasRatingsCount: false)

        var result = RowResult(content: .edition(edition))
        let works = cell(.works).map { OpenLibrary.keys(beginning: "/works/", in: $0) }
        result.otherKey = works?.first.map(EditionKey.id)
        return result
    }

    /// References to the authors; without any, the names of the title page.
    private mutating func openLibraryAuthors() throws(Violation) -> [String] {
        let keys = cell(.authors).map { OpenLibrary.keys(beginning: "/authors/", in: $0) } ?? []
        guard keys.isEmpty else { return try limited(.authors, keys.map(OpenLibrary.authorReference)) }
        guard let cell = cell(.byStatement) else { return [] }
        return try limited(.authors, normaliser.authors(cell, field: Fact.authors.name))
    }

    /// The first right ISBN of each list. Editions in several bindings list several; where one of the second list is the
    /// first's, the two agree.
    private mutating func openLibraryISBNs() throws(Violation) -> RowISBNs {
        let (ones, others) = (cell(.isbn13).map(OpenLibrary.texts) ?? [], cell(.isbn).map(OpenLibrary.texts) ?? [])
        let one = ones.first { ISBN13.parse($0) != nil }
        let isbn = one.flatMap(ISBN13.parse)
        let other = others.first { isbn != nil && ISBN13.parse($0) == isbn } ?? others.first { ISBN13.parse($0) != nil }
        return try isbns(one ?? ones.first, other ?? others.first)
    }
}
