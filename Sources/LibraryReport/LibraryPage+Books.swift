import CatalogStore

extension LibraryPage {
    private static let editions = (one: "edition", many: "editions")

    /// What is known of editions, and how it is spread.
    static func books(_ profile: LibraryProfile) -> Chapter {
        Chapter(
            anchor: "books", title: "Books",
            figures: [
                completeness(profile),
                Figure(
                    id: "years", title: "Years", unit: editions, column: "Years", profile.years,
                    value: { Wording.year($0.rounded()) }, without: ("has no year", "have no year"),
                    empty: "No edition tells its year.",
                    remarks: ["By decade; by century before 1800, where centuries without an edition are left out."]),
                Figure(
                    id: "lengths", title: "Lengths of descriptions", unit: editions, column: "Characters",
                    profile.descriptionLengths, value: { Wording.grouped(Int($0.rounded())) },
                    without: ("has no description", "have no description"), empty: "No edition has a description.",
                    remarks: ["In characters. Each bar's range is twice as wide as the one before."]),
                Figure(
                    id: "pages", title: "Pages", unit: editions, column: "Pages", profile.pages,
                    value: { Wording.grouped(Int($0.rounded())) },
                    without: ("does not tell its pages", "do not tell their pages"),
                    empty: "No edition tells its pages."),
                Figure(
                    id: "averages", title: "Average ratings", unit: editions, column: "Stars", profile.averageRatings,
                    value: { Wording.decimal($0, places: 2) }, without: ("has no average", "have no average"),
                    empty: "No edition tells its average rating.",
                    remarks: ["As the sources tell them, in stars of five."]),
                Figure(
                    id: "categories", title: "Categories", unit: editions, column: "Category", profile.categories,
                    more: ("category more", "categories more"), empty: "No edition tells its category.",
                    remarks: ["An edition counts in each of its categories."]),
            ])
    }

    private static func completeness(_ profile: LibraryProfile) -> Figure {
        let shown = profile.totals.editions - profile.totals.hiddenEditions
        let title = "What is known of editions"
        guard shown > 0 else {
            return Figure(id: "completeness", title: title, empty: "There are no editions.")
        }
        let parts = profile.completeness.map { "\(name(of: $0.field)): \(Wording.percent($0.share))" }
        return Figure(
            id: "completeness", title: title,
            remarks: ["The share of \(Wording.count(shown, "edition", "editions")) that tells each fact."],
            plot: BarPlot(
                id: "completeness-plot", title: title,
                words: "The share of editions with each fact. \(parts.joined(separator: "; ")).",
                labels: .beside, whole: 1,
                profile.completeness.map {
                    .init(label: name(of: $0.field), amount: $0.share, text: Wording.percent($0.share))
                }),
            table: Figure.Table(
                caption: title, columns: ["Fact", "Known", "Missing", "Share"],
                rows: profile.completeness.map { fact in
                    .init(
                        name: name(of: fact.field),
                        cells: [
                            Wording.grouped(fact.known), Wording.grouped(shown - fact.known),
                            Wording.percent(fact.share),
                        ])
                }))
    }

    private static func name(of field: String) -> String {
        switch field {
        case "isbn13": "ISBN"
        case "averageRating": "Average rating"
        case "coverURL": "Cover address"
        default: field.capitalisedFirst
        }
    }
}
