/// Horizontal bars with their names and values, as the template `plot` draws them.
///
/// Places are in per cent of the width and the text has the page's size, so that it can be read on a phone as on a
/// large screen.
struct BarPlot {
    struct Bar {
        let label: String
        let labelX: String
        let labelY: Int
        let anchor: String
        let left: String
        let top: Int
        /// The width of a whole; nil where there is none.
        let track: String?
        /// Nil for a bar without any length.
        let width: String?
        let thickness: Int
        let value: String
        let valueX: String
        let valueY: Int
    }

    /// Where the names stand: beside short ones there is room for the bar.
    enum Labels { case beside, above }

    let id: String
    let title: String
    /// The figures in words.
    let words: String
    let height: Int
    let bars: [Bar]

    /// - Parameter whole: what a bar of full length stands for, which is then shown behind the bars; nil where the
    ///   greatest value has the full length.
    init(id: String, title: String, words: String, labels: Labels, whole: Double? = nil, _ values: [Value]) {
        self.id = id
        self.title = title
        self.words = words
        let longest = whole ?? values.map(\.amount).max() ?? 0
        let step = labels == .beside ? 24 : 40
        // Room for the names and the values on a phone, where a character takes up to 2.3 per cent of the width.
        let longestLabel = values.map { Wording.excerpt($0.label, width: Self.narrow).count }.max() ?? 0
        let longestText = values.map(\.text.count).max() ?? 0
        let left = labels == .beside ? max(5, Double(longestLabel) * 2.3 + 2) : 0
        let room = 96 - left - Double(longestText) * 2.5
        height = step * values.count + 2
        bars = values.enumerated().map { index, value in
            let share = longest > 0 ? min(max(value.amount / longest, 0), 1) : 0
            // What is there can be seen, however little it is.
            let width = share > 0 ? max(share * room, 0.6) : 0
            let row = index * step
            let top = labels == .beside ? row + 4 : row + 18
            return Bar(
                label: Wording.excerpt(value.label, width: labels == .beside ? Self.narrow : Self.wide),
                labelX: labels == .beside ? Self.percent(left - 2) : "0%", labelY: row + (labels == .beside ? 16 : 13),
                anchor: labels == .beside ? "end" : "start", left: Self.percent(left), top: top,
                track: whole == nil ? nil : Self.percent(room), width: width > 0 ? Self.percent(width) : nil,
                thickness: 16, value: value.text, valueX: Self.percent(left + (whole == nil ? width : room)),
                valueY: top + 13)
        }
    }

    /// A bar's name, its length, and the value that is written.
    struct Value {
        var label: String
        var amount: Double
        var text: String
    }

    /// How many characters of a name are shown beside and above a bar.
    private static let (narrow, wide) = (18, 42)

    private static func percent(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        return hundredths.isMultiple(of: 100) ? "\(hundredths / 100)%" : "\(Double(hundredths) / 100)%"
    }
}
