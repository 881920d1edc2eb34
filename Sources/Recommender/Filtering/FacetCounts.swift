import Catalog
import CatalogStore
import VectorIndex

/// Counts works by kind.
struct FacetCounts: Sendable {
    /// What is counted in one pass over works.
    private enum Column: CaseIterable {
        case traits, decades, languages, categories
    }

    private let traits: Traits
    private let columns: CatalogColumns
    private let works: Int
    /// By row: a place in `decades`.
    private let decadeOfWork: [UInt16]
    /// Nil first, for works whose year is not known; then the latest first.
    private let decades: [Int32?]
    /// Counts of the whole catalogue, from which those of most of it are found by what is not among them.
    private var wholeCounts: [Column: [Int]] = [:]
    /// Those of the whole catalogue, which most requests ask for.
    private var whole: [Facet.Name: Facet] = [:]

    /// O(works).
    init(_ traits: Traits, _ columns: CatalogColumns) {
        self.traits = traits
        self.columns = columns
        works = columns.count
        let begin = columns.years.map { year in
            year == CatalogColumns.unknownYear ? nil : year - (year % 10 + 10) % 10
        }
        // So many that there is room for the millennia of all books.
        decades = [nil] + Set(begin.compactMap { $0 }).sorted(by: >).prefix(Int(UInt16.max)).map(Optional.some)
        let places = Dictionary(uniqueKeysWithValues: zip(decades, 0...))
        decadeOfWork = begin.map { UInt16(places[$0] ?? 0) }
        let all = RowFilter(count: works, excluding: [])
        for column in Column.allCases { wholeCounts[column] = tally(column, in: all) }
        for name in Facet.Name.allCases { whole[name] = facet(name, wholeCounts[Self.column(of: name)] ?? []) }
    }

    /// O(works) for each column of facets that are narrowed down, O(1) for others.
    /// - Parameter found: works that the words find, nil where they find every one.
    func facets(of parts: FilterParts, found: RowFilter?) -> [Facet] {
        func narrowed(_ rows: RowFilter?) -> RowFilter? {
            guard let found, var rows else { return rows ?? found }
            rows.formIntersection(found)
            return rows
        }
        // Whatever is filtered by something else is counted among the same works.
        let fitting = narrowed(parts.fitting)
        var ofFitting: [Column: [Int]] = [:]
        return Facet.Name.allCases.compactMap { name in
            let column = Self.column(of: name)
            if parts.parts.contains(where: { name.parameters.contains($0.parameter) }) {
                guard let rows = narrowed(parts.fitting(without: name.parameters)) else { return whole[name] }
                return facet(name, counts(column, in: rows))
            }
            guard let fitting else { return whole[name] }
            let counts = ofFitting[column] ?? counts(column, in: fitting)
            ofFitting[column] = counts
            return facet(name, counts)
        }
    }

    private static func column(of name: Facet.Name) -> Column {
        switch name {
        case .fiction, .genre, .mood, .pace, .length: .traits
        case .decade: .decades
        case .language: .languages
        case .category: .categories
        }
    }

    private func counts(_ column: Column, in rows: RowFilter) -> [Int] {
        guard 2 * rows.matching > works, let whole = wholeCounts[column] else { return tally(column, in: rows) }
        return zip(whole, tally(column, in: rows.inverted)).map(-)
    }

    /// By place of a trait or decade, or by code.
    private func tally(_ column: Column, in rows: RowFilter) -> [Int] {
        switch column {
        case .traits:
            tally(64, in: rows) { row, counts in
                var bits = traits.bits[row]
                while bits != 0 {
                    counts[bits.trailingZeroBitCount] += 1
                    bits &= bits - 1
                }
            }
        case .decades: tally(decades.count, in: rows) { row, counts in counts[Int(decadeOfWork[row])] += 1 }
        case .languages: tally(columns.languages, in: rows)
        case .categories: tally(columns.categories, in: rows)
        }
    }

    private func tally(_ lists: CodedLists, in rows: RowFilter) -> [Int] {
        tally(lists.names.count, in: rows) { row, counts in lists.forEachCode(of: row) { counts[$0] += 1 } }
    }

    /// So many counts, to which `count` adds what a row is.
    @inline(__always)
    private func tally(
        _ size: Int, in rows: RowFilter, _ count: (Int, UnsafeMutableBufferPointer<Int>) -> Void
    ) -> [Int] {
        var counts = [Int](repeating: 0, count: size)
        counts.withUnsafeMutableBufferPointer { counts in rows.forEach { count($0, counts) } }
        return counts
    }

    /// What counts of a column say of one facet.
    private func facet(_ name: Facet.Name, _ counts: [Int]) -> Facet {
        func traits(
            _ counted: [Traits.Trait], isOrdered: Bool = false, _ called: (String) -> String = { $0 }
        ) -> Facet {
            let values = counted.map { trait in
                Facet.Value(value: trait.value, name: called(trait.value), count: counts[Traits.place(trait)])
            }.filter { $0.count > 0 }
            return Facet(name: name, values: isOrdered ? values : values.sorted { $0.count > $1.count })
        }
        return switch name {
        case .fiction: traits([.fiction(true), .fiction(false)]) { $0 == "yes" ? "Fiction" : "Non-fiction" }
        case .genre: traits(Genre.allCases.map { .genre($0) }) { Genre(rawValue: $0)?.name ?? $0 }
        case .mood: traits(Mood.allCases.map { .mood($0) })
        case .pace: traits(Pace.allCases.map { .pace($0) }, isOrdered: true)
        case .length: traits(LengthClass.allCases.map { .length($0) }, isOrdered: true)
        case .decade:
            Facet(
                name: name,
                values: zip(decades, counts).compactMap { decade, count in
                    guard let decade, count > 0 else { return nil }
                    let called = decade < 0 ? "\(-decade)s BC" : "\(decade)s"
                    return Facet.Value(value: "\(decade)", name: called, count: count)
                })
        case .language: listed(name, columns.languages, counts, most: .max, LanguageCode.name)
        case .category: listed(name, columns.categories, counts, most: Facet.mostCategories) { $0 }
        }
    }

    private func listed(
        _ name: Facet.Name, _ lists: CodedLists, _ counts: [Int], most: Int, _ called: (String) -> String
    ) -> Facet {
        let codes = counts.indices.filter { counts[$0] > 0 }
            .sorted { (counts[$1], lists.names[$0]) < (counts[$0], lists.names[$1]) }.prefix(most)
        return Facet(
            name: name,
            values: codes.map { code in
                Facet.Value(value: lists.names[code], name: called(lists.names[code]), count: counts[code])
            })
    }
}
