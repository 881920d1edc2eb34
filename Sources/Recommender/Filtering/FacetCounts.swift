import Catalog
import CatalogStore
import VectorIndex

/// Counts works by kind.
struct FacetCounts: Sendable {
    private let traits: Traits
    private let columns: CatalogColumns
    private let works: Int
    /// By row: a place in `decades`.
    private let decadeOfWork: [UInt16]
    /// Nil first, for works whose year is not known; then the latest first.
    private let decades: [Int32?]
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
        for name in Facet.Name.allCases { whole[name] = count(name, in: nil) }
    }

    /// O(works) for each facet that is narrowed down, O(1) for others.
    /// - Parameter found: works that the words find, nil where they find every one.
    func facets(of parts: FilterParts, found: RowFilter?) -> [Facet] {
        Facet.Name.allCases.map { name in
            var rows = parts.fitting(without: name.parameters)
            if let found {
                if rows == nil { rows = found } else { rows?.formIntersection(found) }
            }
            guard let rows else { return whole[name] ?? count(name, in: nil) }
            return count(name, in: rows)
        }
    }

    private func count(_ name: Facet.Name, in rows: RowFilter?) -> Facet {
        switch name {
        case .fiction:
            traits(name, in: rows, [.fiction(true), .fiction(false)]) { $0 == "yes" ? "Fiction" : "Non-fiction" }
        case .genre:
            traits(name, in: rows, Genre.allCases.map { .genre($0) }) { Genre(rawValue: $0)?.name ?? $0 }
        case .mood: traits(name, in: rows, Mood.allCases.map { .mood($0) }) { $0 }
        case .pace: traits(name, in: rows, Pace.allCases.map { .pace($0) }, isOrdered: true) { $0 }
        case .length: traits(name, in: rows, LengthClass.allCases.map { .length($0) }, isOrdered: true) { $0 }
        case .decade: decades(in: rows)
        case .language: listed(name, in: rows, columns.languages, most: .max, LanguageCode.name)
        case .category: listed(name, in: rows, columns.categories, most: Facet.mostCategories) { $0 }
        }
    }

    private func traits(
        _ name: Facet.Name, in rows: RowFilter?, _ counted: [Traits.Trait], isOrdered: Bool = false,
        _ called: (String) -> String
    ) -> Facet {
        let mask = Traits.mask(counted)
        let counts = tally(64, in: rows) { row, counts in
            var bits = traits.bits[row] & mask
            while bits != 0 {
                counts[bits.trailingZeroBitCount] += 1
                bits &= bits - 1
            }
        }
        let values = counted.map { trait in
            Facet.Value(
                value: trait.value, name: called(trait.value),
                count: counts[Traits.mask([trait]).trailingZeroBitCount])
        }.filter { $0.count > 0 }
        return Facet(name: name, values: isOrdered ? values : values.sorted { $0.count > $1.count })
    }

    private func decades(in rows: RowFilter?) -> Facet {
        let counts = tally(decades.count, in: rows) { row, counts in counts[Int(decadeOfWork[row])] += 1 }
        return Facet(
            name: .decade,
            values: zip(decades, counts).compactMap { decade, count in
                decade.flatMap { decade in
                    count == 0
                        ? nil
                        : Facet.Value(
                            value: "\(decade)", name: decade < 0 ? "\(-decade)s BC" : "\(decade)s", count: count)
                }
            })
    }

    /// So many counts, to which `count` adds what a row is.
    @inline(__always)
    private func tally(
        _ size: Int, in rows: RowFilter?, _ count: (Int, UnsafeMutableBufferPointer<Int>) -> Void
    ) -> [Int] {
        var counts = [Int](repeating: 0, count: size)
        counts.withUnsafeMutableBufferPointer { counts in
            if let rows {
                rows.forEach { count($0, counts) }
            } else {
                for row in 0..<works { count(row, counts) }
            }
        }
        return counts
    }

    private func listed(
        _ name: Facet.Name, in rows: RowFilter?, _ lists: CodedLists, most: Int, _ called: (String) -> String
    ) -> Facet {
        let counts = tally(lists.names.count, in: rows) { row, counts in
            for code in lists[row] { counts[Int(code)] += 1 }
        }
        let codes = counts.indices.filter { counts[$0] > 0 }
            .sorted { (counts[$1], lists.names[$0]) < (counts[$0], lists.names[$1]) }.prefix(most)
        return Facet(
            name: name,
            values: codes.map { code in
                Facet.Value(value: lists.names[code], name: called(lists.names[code]), count: counts[code])
            })
    }
}
