import Artifacts
import Catalog
import CatalogStore
import VectorIndex

/// The works that each part of a filter lets through, so that it can be told what each of them costs.
struct FilterParts {
    struct Part {
        let parameter: Preferences.Parameter
        let rows: RowFilter
    }

    let parts: [Part]
    let works: Int
    /// The works that every part lets through; nil where there is no part.
    let fitting: RowFilter?

    init(_ parts: [Part], works: Int) {
        self.parts = parts
        self.works = works
        fitting = Self.intersection(parts)
    }

    /// Those that every part but these lets through; nil where there is none.
    func fitting(without left: Set<Preferences.Parameter>) -> RowFilter? {
        parts.contains { left.contains($0.parameter) }
            ? Self.intersection(parts.filter { !left.contains($0.parameter) }) : fitting
    }

    /// How many works fit.
    var count: Int { fitting?.matching ?? works }

    private static func intersection(_ parts: [Part]) -> RowFilter? {
        guard var rows = parts.first?.rows else { return nil }
        for part in parts.dropFirst() { rows.formIntersection(part.rows) }
        return rows
    }
}

extension Recommender {
    /// O(works * parts).
    /// - Parameter hidden: rows that are left out whatever is asked for, as those of the books that a request names.
    func parts(of filter: BookFilter, hiding hidden: [Int] = []) throws -> FilterParts {
        let works = manifest.works
        var parts: [FilterParts.Part] = []
        func add(_ parameter: Preferences.Parameter, where fits: (Int) -> Bool) {
            var rows = RowFilter(count: works)
            for row in 0..<works where fits(row) { rows.insert(row) }
            parts.append(.init(parameter: parameter, rows: rows))
        }
        func add(_ parameter: Preferences.Parameter, _ asked: [Traits.Trait]) {
            guard !asked.isEmpty else { return }
            let mask = Traits.mask(asked)
            add(parameter) { traits.bits[$0] & mask != 0 }
        }
        add(.fiction, filter.isFiction.map { [.fiction($0)] } ?? [])
        add(.genre, filter.genres.map { .genre($0) })
        add(.feels, filter.moods.map { .mood($0) })
        add(.pace, filter.paces.map { .pace($0) })
        add(.length, filter.lengths.map { .length($0) })
        if !filter.avoid.isEmpty {
            let mask = Traits.mask(filter.avoid)
            add(.avoid) { traits.cautions[$0] & mask == 0 }
        }

        func add(
            _ parameter: Preferences.Parameter, _ lists: CodedLists, hides: Bool = false, where asked: (String) -> Bool
        ) {
            let wanted = lists.names.map(asked)
            add(parameter) { row in lists[row].contains { wanted[Int($0)] } != hides }
        }
        if !filter.categories.isEmpty {
            let asked = Set(filter.categories.map(FoldedText.fold))
            add(.category, columns.categories) { asked.contains(FoldedText.fold($0)) }
        }
        if !filter.languages.isEmpty { add(.language, columns.languages, where: filter.languages.contains) }
        if !filter.authors.isEmpty {
            let asked = PartsOfNames(filter.authors)
            add(.author, columns.authors, where: asked.occur(in:))
        }
        if !filter.notBy.isEmpty {
            let asked = PartsOfNames(filter.notBy)
            add(.notBy, columns.authors, hides: true, where: asked.occur(in:))
        }

        func add(_ parameter: Preferences.Parameter, year bound: Int?, _ fits: @escaping (Int32, Int32) -> Bool) {
            guard let bound = bound.map(Int32.init(clamping:)) else { return }
            add(parameter) { row in
                columns.years[row] != CatalogColumns.unknownYear && fits(columns.years[row], bound)
            }
        }
        add(.minYear, year: filter.minYear, >=)
        add(.maxYear, year: filter.maxYear, <=)
        if let least = filter.minPages.map(Int32.init(clamping:)) {
            add(.minPages) { columns.pages[$0] > 0 && columns.pages[$0] >= least }
        }
        if let most = filter.maxPages.map(Int32.init(clamping:)) {
            add(.maxPages) { columns.pages[$0] > 0 && columns.pages[$0] <= most }
        }
        // Not a number is on no side of a bound. A bound is rounded as the means are: 4.1 is not below 4.1.
        if let least = filter.minRating.map(Float.init) { add(.minRating) { columns.ratings[$0] >= least } }
        if let most = filter.maxRating.map(Float.init) { add(.maxRating) { columns.ratings[$0] <= most } }

        let excluded = try hidden + filter.excluded.compactMap { name in try rowIfAny(of: name) }
        if !excluded.isEmpty {
            parts.append(.init(parameter: .exclude, rows: RowFilter(count: works, excluding: excluded)))
        }
        return FilterParts(parts, works: works)
    }
}

/// Names asked for in full or in part: "le guin", "Tolkien, J.R.R.".
private struct PartsOfNames {
    private let asked: [[String]]

    init(_ names: [String]) {
        asked = names.map { FoldedText.words(of: $0) }.filter { !$0.isEmpty }
    }

    /// Whether all words of one of them stand in the name; initials may stand for what they begin.
    func occur(in name: String) -> Bool {
        let words = FoldedText.words(of: name)
        return asked.contains { parts in
            parts.allSatisfy { part in
                words.contains {
                    $0 == part || (part.count == 1 && $0.hasPrefix(part)) || ($0.count == 1 && part.hasPrefix($0))
                }
            } && parts.contains { $0.count > 1 && words.contains($0) }
        }
    }
}
