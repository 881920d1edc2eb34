import Catalog
import CatalogStore

extension RowScope {
    mutating func edition() throws(Violation) -> RowResult {
        let isbns = try isbns()
        let written = try line(.title)
        guard var title = written else { throw .missing(.title) }
        var series = try line(.series)
        if format.seriesInTitle { separateSeries(&title, &series) }
        var edition = Edition(isbn13: isbns.best, title: title)
        edition.sourceID = try nativeID(.sourceID)
        edition.subtitle = try line(.subtitle)
        edition.authors = try authors()
        edition.series = series
        edition.categories = try list(.categories, cell(.categories))
        edition.year = try year(cell(.year))
        edition.pages = try whole(.pages, cell(.pages))
        edition.language = try line(.language)
        edition.averageRating = try averageRating()
        var ratingsCount = try whole(.ratingsCount, cell(.ratingsCount))
        // The library does not tell a count that is not known from one of 0.
        if format.isOwn, ratingsCount == 0 { ratingsCount = nil }
        edition.ratingsCount = ratingsCount ?? 0
        edition.description = try text(.description, cell(.description))
        edition.coverURL = try address(.coverURL)
        try check(&edition, isbns: isbns, hasRatingsCount: ratingsCount != nil)

        var result = RowResult(content: .edition(edition))
        result.otherKey = goodreadsKey()
        if format.isOwn { addOwn(to: &result) }
        return result
    }

    /// The source's own number of a book, as text. Numbers that a spreadsheet or pandas made into floats (`26.0`) are
    /// whole again.
    mutating func nativeID(_ fact: Fact) throws(Violation) -> String? {
        guard let id = try line(fact) else { return nil }
        guard !format.isOwn, id.hasSuffix(".0"), id.utf8.count < 20,
            id.dropLast(2).utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            id.utf8.count > 2
        else { return id }
        return String(id.dropLast(2))
    }

    /// What only our own export tells of a row.
    func addOwn(to result: inout RowResult) {
        result.source = cell(.source).map(own)
        result.isSimulated = isSet(.simulated)
        result.isHidden = isSet(.hidden)
        if let work = cell(.work).map(own), let joinedBy = cell(.joinedBy).map(own) {
            result.place = EditionPlace(work: WorkID(rawValue: work), joinedBy: joinedBy, leads: isSet(.leads))
        }
        if let alias = cell(.alias).map(own) { result.otherKey = EditionKey(rawValue: alias) }
    }

    private func isSet(_ fact: Fact) -> Bool { cell(fact).map { ["1", "true"].contains($0.lowercased()) } ?? false }

    /// The Goodreads number by which the files of goodbooks-10k name a book too.
    mutating func goodreadsKey() -> EditionKey? {
        guard let cell = cell(.key), let id = normaliser.line(cell, field: Fact.key.name) else { return nil }
        return EditionKey(rawValue: "goodreads:\(id)")
    }

    /// Takes the series off the end of a title, when it is there.
    mutating func separateSeries(_ title: inout String, _ series: inout String?) {
        guard let parts = TitleWithSeries(title) else { return }
        normaliser.note(.seriesSeparated, field: Fact.title.name, before: title, after: parts.title)
        title = parts.title
        if series == nil { series = parts.series }
    }

    /// Holds an edition to the rules over several facts.
    mutating func check(
        _ edition: inout Edition, isbns: RowISBNs, hasRatingsCount: Bool
    ) throws(Violation) {
        for rule in plan.rules {
            switch rule.condition {
            case .agree(let one, _):
                guard let first = isbns.best, let second = isbns.rival else { continue }
                try breaks(rule, value: "\(first), \(second)")
                edition.isbn13 = isbns.without(one)
            case .differs(let one, let other):
                guard let first = edition.text(of: one), let second = edition.text(of: other),
                    first == second || FoldedText.fold(first) == FoldedText.fold(second)
                else { continue }
                try breaks(rule, value: first)
                edition.leaveOut(one)
            case .notWhenZero(let one, let other):
                let isZero = edition.number(of: other) == 0 && (other != .ratingsCount || hasRatingsCount)
                guard isZero, let value = edition.number(of: one) else { continue }
                try breaks(rule, value: "\(value)")
                edition.leaveOut(one)
            case .anyOf(let facts):
                let found = facts.contains { edition.has($0, hasRatingsCount: hasRatingsCount) }
                if !found { try breaks(rule, value: nil) }
            }
        }
    }
}

/// An edition's facts by name, for the contract's rules.
extension Edition {
    fileprivate func text(of fact: Fact) -> String? {
        switch fact {
        case .sourceID: sourceID
        case .title: title
        case .subtitle: subtitle
        case .series: series
        case .language: language
        case .description: description
        case .coverURL: coverURL
        default: nil
        }
    }

    fileprivate func number(of fact: Fact) -> Double? {
        switch fact {
        case .year: year.map(Double.init)
        case .pages: pages.map(Double.init)
        case .averageRating: averageRating
        case .ratingsCount: Double(ratingsCount)
        default: nil
        }
    }

    fileprivate func has(_ fact: Fact, hasRatingsCount: Bool) -> Bool {
        switch fact {
        case .isbn13, .isbn: isbn13 != nil
        case .authors: !authors.isEmpty
        case .categories: !categories.isEmpty
        case .ratingsCount: hasRatingsCount
        default: text(of: fact) != nil || number(of: fact) != nil
        }
    }

    /// Makes a fact unknown; a title stays.
    fileprivate mutating func leaveOut(_ fact: Fact) {
        switch fact {
        case .sourceID: sourceID = nil
        case .subtitle: subtitle = nil
        case .series: series = nil
        case .language: language = nil
        case .description: description = nil
        case .coverURL: coverURL = nil
        case .year: year = nil
        case .pages: pages = nil
        case .averageRating: averageRating = nil
        case .ratingsCount: ratingsCount = 0
        default: break
        }
    }
}
