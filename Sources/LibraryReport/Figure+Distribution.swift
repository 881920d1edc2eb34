import CatalogStore

extension Figure {
    /// A distribution with the figures that sum it up.
    /// - Parameters:
    ///   - value: a single value in words.
    ///   - without: how the things are spoken of that have no value, after their number.
    init(
        id: String, title: String, unit: (one: String, many: String), column: String, _ distribution: Distribution,
        value: (Double) -> String, without: (one: String, many: String)? = nil, empty: String, remarks: [String] = []
    ) {
        var sums: [String] = []
        if let least = distribution.least, let median = distribution.median, let mean = distribution.mean,
            let greatest = distribution.greatest
        {
            sums.append(
                least == greatest
                    ? "All are \(value(least))."
                    : "From \(value(least)) to \(value(greatest)); median \(value(median)), mean \(value(mean)).")
        }
        if let without, distribution.unknown > 0 {
            sums.append(
                "\(Wording.count(distribution.unknown, unit.one, unit.many)) \(distribution.unknown == 1 ? without.one : without.many)."
            )
        }
        self.init(
            id: id, title: title, unit: unit, column: column, distribution.ranges.map { ($0.label, $0.count) },
            of: distribution.known, empty: empty,
            remarks: sums.isEmpty ? remarks : [sums.joined(separator: " ")] + remarks)
    }

    /// The most frequent names.
    init(
        id: String, title: String, unit: (one: String, many: String), column: String, _ ranking: Ranking,
        more: (one: String, many: String), empty: String, remarks: [String] = []
    ) {
        self.init(
            id: id, title: title, unit: unit, labels: .above, column: column, ranking.top.map { ($0.name, $0.count) },
            more: ranking.more > 0 ? "And \(Wording.count(ranking.more, more.one, more.many))." : nil, empty: empty,
            remarks: remarks)
    }
}
