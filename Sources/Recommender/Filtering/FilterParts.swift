import Artifacts
import Catalog
import CatalogStore
import TextIndex
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
            parts.append(.init(parameter: parameter, rows: RowFilter(count: works, where: fits)))
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
            _ parameter: Preferences.Parameter, _ lists: CodedLists, hides: Bool = false, wanted: [Bool]
        ) {
            add(parameter) { row in
                var isWanted = false
                lists.forEachCode(of: row) { isWanted = isWanted || wanted[$0] }
                return isWanted != hides
            }
        }
        if !filter.categories.isEmpty {
            let asked = Set(filter.categories.map(FoldedText.fold))
            let wanted = columns.categories.names.map { asked.contains(FoldedText.fold($0)) }
            add(.category, columns.categories, wanted: wanted)
        }
        if !filter.languages.isEmpty {
            add(.language, columns.languages, wanted: columns.languages.names.map(filter.languages.contains))
        }
        if !filter.authors.isEmpty { add(.author, columns.authors, wanted: authors(named: filter.authors)) }
        if !filter.notBy.isEmpty { add(.notBy, columns.authors, hides: true, wanted: authors(named: filter.notBy)) }

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

extension Recommender {
    /// By code, whether an author goes by one of these names. O(authors + works that have one of the words in their names).
    private func authors(named names: [String]) -> [Bool] {
        let asked = PartsOfNames(names)
        var wanted = [Bool](repeating: false, count: columns.authors.names.count)
        var seen = Set<UInt32>()
        // A name that fits has one of the words, and so has each of its works.
        for term in asked.words.compactMap(lexicon.names.term) {
            lexicon.names.forEachBlock(ofDocumentsWith: term) { rows in
                for row in rows {
                    for code in columns.authors[Int(row)] where seen.insert(code).inserted {
                        wanted[Int(code)] = asked.occur(in: columns.authors.names[Int(code)])
                    }
                }
            }
        }
        return wanted
    }
}

/// Names asked for in full or in part: "le guin", "Tolkien, J.R.R.".
private struct PartsOfNames {
    private let asked: [[String]]

    init(_ names: [String]) {
        asked = names.map { FoldedText.words(of: $0) }.filter { !$0.isEmpty }
    }

    /// Of which one must stand in a name that fits.
    var words: Set<String> { Set(asked.joined().filter { $0.count > 1 }) }

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
