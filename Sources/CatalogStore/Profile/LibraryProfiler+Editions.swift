import GRDB

extension LibraryProfiler {
    /// The facts whose completeness is told, each with when it is known.
    private static let facts = [
        ("isbn13", "isbn13 IS NOT NULL"), ("subtitle", "subtitle IS NOT NULL"), ("authors", "authors <> '[]'"),
        ("series", "series IS NOT NULL"), ("categories", "categories <> '[]'"), ("year", "year IS NOT NULL"),
        ("pages", "pages IS NOT NULL"), ("language", "language IS NOT NULL"),
        ("averageRating", "averageRating IS NOT NULL"), ("description", "description IS NOT NULL"),
        ("coverURL", "coverURL IS NOT NULL"),
    ]
    private static let joins = [EditionJoin.first, .isbn, .titleAuthor, .byHand].map(\.rawValue)

    /// Everything that is counted of each edition by itself, in one scan.
    mutating func countEditions() throws {
        var known = Tally(limit: 1 << Self.facts.count)
        var joins = Tally(limit: Self.joins.count + 1)
        var (years, lengths, pages, averages) = (Tally(), Tally(limit: 1 << 14), Tally(), Tally())
        var (all, hidden) = (0, 0)
        let facts = Self.facts.enumerated().map { "((\($1.1)) << \($0))" }.joined(separator: " | ")
        let methods = Self.joins.enumerated().map { "WHEN '\($1)' THEN \($0)" }.joined(separator: " ")
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT hidden, \(facts), CASE joinedBy \(methods) ELSE \(Self.joins.count) END,
                    year, length(description), pages, CAST(averageRating * 100 + 0.5 AS INTEGER)
                FROM editions
                """)
        while let row = try rows.next() {
            all += 1
            guard row[0] as Int == 0 else {
                hidden += 1
                continue
            }
            known.add(row[1])
            joins.add(row[2])
            if let year = row[3] as Int? { years.add(year) }
            if let length = row[4] as Int? { lengths.add(length) }
            if let count = row[5] as Int? { pages.add(count) }
            if let average = row[6] as Int? { averages.add(average) }
        }
        let shown = all - hidden
        profile.totals.editions = all
        profile.totals.hiddenEditions = hidden
        profile.completeness = Self.facts.enumerated().map { place, fact in
            let count = known.entries.reduce(0) { $1.value >> place & 1 == 1 ? $0 + $1.count : $0 }
            return .init(field: fact.0, known: count, share: Self.share(count, of: shown))
        }
        profile.years = spread(years, of: shown, ValueRange.years)
        profile.descriptionLengths = spread(lengths, of: shown, ValueRange.lengths)
        profile.pages = spread(pages, of: shown, ValueRange.pages)
        profile.averageRatings = spread(averages, of: shown, scale: 100, ValueRange.quarterStars)
        profile.editionJoins = zip(0..., Self.joins + ["other"]).compactMap { place, method in
            let count = joins[place]
            guard count > 0 || place < Self.joins.count else { return nil }
            return .init(method: method, editions: count, share: Self.share(count, of: shown))
        }
        try countCategories()
    }

    private func spread(_ tally: Tally, of all: Int, scale: Int = 1, _ ranges: [ValueRange]) -> Distribution {
        let known = tally.entries.reduce(0) { $0 + $1.count }
        return Distribution(tally, unknown: all - known, scale: scale, ranges: ranges)
    }

    /// SQLite sorts the names here, in a temporary file where they are many, since a catalogue may have any number.
    private mutating func countCategories() throws {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT name, editions, COUNT(*) OVER () AS names
                FROM (
                    SELECT c.value AS name, COUNT(*) AS editions
                    FROM editions, json_each(editions.categories) c WHERE NOT hidden AND categories <> '[]'
                    GROUP BY c.value
                )
                ORDER BY editions DESC, name LIMIT ?
                """, arguments: [LibraryProfile.limit])
        profile.categories.top = rows.map { .init(name: $0["name"], count: $0["editions"]) }
        profile.categories.more = (rows.first?["names"] ?? 0) - rows.count
    }

    /// How many editions works have, in the order of the index by work.
    mutating func countWorks() throws {
        profile.totals.works = try count("SELECT COUNT(*) FROM works")
        // The index does not tell which are hidden. Mostly none is, and then there is nothing to join.
        let sql =
            profile.totals.hiddenEditions == 0
            ? "SELECT COUNT(*) FROM editions GROUP BY workId"
            : """
            WITH gone AS MATERIALIZED (
                SELECT workId, COUNT(*) AS count FROM editions WHERE hidden GROUP BY workId
            )
            SELECT COUNT(*) - COALESCE(MAX(gone.count), 0) FROM editions LEFT JOIN gone USING (workId)
            GROUP BY editions.workId
            """
        var tally = Tally()
        let counts = try Row.fetchCursor(db, sql: sql)
        var works = 0
        while let row = try counts.next() {
            guard let count = row[0] as Int?, count > 0 else { continue }
            tally.add(count)
            works += 1
        }
        profile.editionsPerWork = Distribution(
            tally, unknown: profile.totals.works - works, ranges: ValueRange.editions)
    }
}
