/// A part of the page with a heading: what it shows, as a plot and as a table, or a sentence where there is nothing.
struct Figure {
    let id: String
    let title: String
    var remarks: [String] = []
    /// Said in place of plot and table.
    var empty: String?
    var plot: BarPlot?
    var table: Table?

    struct Table {
        let caption: String
        let columns: [String]
        let rows: [Row]
        /// Shown when asked for: the same is in a plot.
        var isFolded = true
        /// The cells are words, not numbers: on a narrow screen they stand below one another.
        var isOfWords = false

        struct Row {
            let name: String
            let cells: [String]
        }
    }
}

/// Figures under one heading.
struct Chapter {
    let anchor: String
    let title: String
    var isWide = false
    let figures: [Figure]
}

extension Figure {
    /// Parts of a whole.
    /// - Parameters:
    ///   - unit: what is counted, for one and for many.
    ///   - column: the heading over the names.
    ///   - whole: what the shares in the table are of; nil where there are none.
    ///   - more: said of what is not among the entries.
    init(
        id: String, title: String, unit: (one: String, many: String), labels: BarPlot.Labels = .beside,
        column: String, _ entries: [(label: String, count: Int)], of whole: Int? = nil, more: String? = nil,
        empty: String, remarks: [String] = []
    ) {
        guard entries.contains(where: { $0.count > 0 }) else {
            self.init(id: id, title: title, remarks: [], empty: empty)
            return
        }
        func share(_ count: Int) -> String? {
            whole.map { Wording.percent($0 == 0 ? 0 : Double(count) / Double($0)) }
        }
        let parts = entries.filter { $0.count > 0 }.map { "\($0.label): \(Wording.grouped($0.count))" }
        let words = "\(unit.many.capitalisedFirst). \(parts.joined(separator: "; "))."
        self.init(
            id: id, title: title, remarks: remarks + [more].compactMap(\.self),
            plot: BarPlot(
                id: "\(id)-plot", title: title,
                words: ([words] + remarks + [more].compactMap(\.self)).joined(separator: " "),
                labels: labels,
                entries.map { label, count in
                    let number = Wording.grouped(count)
                    // Above the bar is room for the name only, so there is more beside it.
                    let text = labels == .above ? share(count).map { "\(number) · \($0)" } : nil
                    return .init(label: label, amount: Double(count), text: text ?? number)
                }),
            table: Table(
                caption: title, columns: [column, unit.many.capitalisedFirst] + (whole == nil ? [] : ["Share"]),
                rows: entries.map { label, count in
                    .init(name: label, cells: [Wording.grouped(count)] + [share(count)].compactMap(\.self))
                }))
    }
}

extension String {
    /// With a capital at the beginning.
    var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
