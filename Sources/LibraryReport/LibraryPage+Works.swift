import CatalogStore

extension LibraryPage {
    /// How editions and what readers rate came together as works.
    static func works(_ profile: LibraryProfile) -> Chapter {
        Chapter(
            anchor: "works", title: "Works and joins",
            figures: [
                Figure(
                    id: "per-work", title: "Editions per work", unit: ("work", "works"), column: "Editions",
                    profile.editionsPerWork, value: { Wording.decimal($0, places: 2) },
                    without: ("has no edition that is shown", "have no edition that is shown"),
                    empty: "There are no works."),
                Figure(
                    id: "edition-joins", title: "How editions came to their works", unit: ("edition", "editions"),
                    labels: .above, column: "Joined by",
                    profile.editionJoins.map { (editionJoin($0.method), $0.editions) },
                    of: profile.editionJoins.reduce(0) { $0 + $1.editions }, empty: "There are no editions."),
                itemJoins(
                    profile, id: "item-joins", title: "How rated items came to their works", unit: ("item", "items"),
                    count: \.items, confidence: \.meanConfidence, empty: "Readers have not marked any item."),
                itemJoins(
                    profile, id: "rating-joins", title: "The same, counted by ratings", unit: ("rating", "ratings"),
                    count: \.ratings, confidence: \.meanConfidenceOfRatings, empty: "Nobody has rated an item."),
            ])
    }

    private static func itemJoins(
        _ profile: LibraryProfile, id: String, title: String, unit: (one: String, many: String),
        count: KeyPath<LibraryProfile.ItemJoins, Int>, confidence: KeyPath<LibraryProfile.ItemJoins, Double?>,
        empty: String
    ) -> Figure {
        let joins = profile.itemJoins
        let whole = joins.reduce(0) { $0 + $1[keyPath: count] }
        let sure = joins.compactMap { join in
            join[keyPath: confidence].map {
                "\(itemJoin(join.method).lowercasedFirst) \(Wording.decimal($0, places: 3))"
            }
        }
        var figure = Figure(
            id: id, title: title, unit: unit, labels: .above, column: "Joined by",
            joins.map { (itemJoin($0.method), $0[keyPath: count]) }, of: whole, empty: empty,
            remarks: sure.isEmpty ? [] : ["Mean confidence, where 1 is certain: \(sure.joined(separator: ", "))."])
        if let table = figure.table {
            figure.table = Figure.Table(
                caption: table.caption, columns: table.columns + ["Mean confidence"],
                rows: zip(table.rows, joins).map { row, join in
                    .init(
                        name: row.name,
                        cells: row.cells + [join[keyPath: confidence].map { Wording.decimal($0, places: 3) } ?? "none"])
                })
        }
        return figure
    }

    private static func editionJoin(_ method: String) -> String {
        switch method {
        case "first": "The first of its work"
        case "isbn": "The same ISBN"
        case "titleAuthor": "Title and author"
        case "byHand": "By hand"
        default: "In another way"
        }
    }

    private static func itemJoin(_ method: String) -> String {
        switch method {
        case "edition": "An edition of the same source"
        case "isbn": "The same ISBN"
        case "titleAuthor": "Title and author"
        case "unmatched": "No work is known yet"
        default: "In another way"
        }
    }
}

extension String {
    /// With a small letter at the beginning.
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
