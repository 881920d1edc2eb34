import CatalogStore

extension LibraryPage {
    private static let ratings = (one: "rating", many: "ratings")

    /// What readers gave, and how much of it there is.
    static func readers(_ profile: LibraryProfile) -> Chapter {
        let rated =
            profile.totals.works == 0
            ? ""
            : " \(Wording.grouped(profile.ratedWorks)) of \(Wording.count(profile.totals.works, "work", "works")) "
                + "(\(Wording.percent(Double(profile.ratedWorks) / Double(profile.totals.works)))) have a rating."
        return Chapter(
            anchor: "readers", title: "Readers",
            figures: [
                Figure(
                    id: "stars", title: "Stars", unit: ratings, column: "Stars", wholeStars(profile.stars),
                    value: { Wording.decimal($0, places: 2) }, empty: "Nobody has rated a book.",
                    remarks: [
                        hasHalves(profile.stars)
                            ? "Stars between two half stars count with the greater." : "No reader gave half stars."
                    ]),
                Figure(
                    id: "per-reader", title: "Ratings per reader", unit: ("reader", "readers"), column: "Ratings",
                    profile.ratingsPerReader, value: { Wording.decimal($0, places: 1) },
                    without: ("has rated nothing", "have rated nothing"), empty: "No reader has rated a book."),
                Figure(
                    id: "per-book", title: "Ratings per book", unit: ("book", "books"), column: "Ratings",
                    profile.ratingsPerBook, value: { Wording.decimal($0, places: 1) }, empty: "No book is rated.",
                    remarks: [
                        "A work counts with the ratings of all its editions. What readers rate and no work is known for "
                            + "counts as a book of its own.\(rated)"
                    ]),
            ])
    }

    private static func hasHalves(_ stars: Distribution) -> Bool {
        stars.ranges.contains { $0.label.hasSuffix(".5") && $0.count > 0 }
    }

    /// Without the half stars, where nobody gave any.
    private static func wholeStars(_ stars: Distribution) -> Distribution {
        guard !hasHalves(stars) else { return stars }
        var whole = stars
        whole.ranges.removeAll { $0.label.hasSuffix(".5") }
        return whole
    }
}
