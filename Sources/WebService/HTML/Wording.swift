import Recommender

/// Numbers and years as readers see them: the same on every machine, whatever its locale.
enum Wording {
    /// `long` as `Long`.
    static func capitalized(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() }

    /// `4.0` as `4`, `3.75` as it is.
    static func plain(_ number: Double) -> String {
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// The order of the hits, for the line above them.
    static func order(_ sort: SearchRequest.Sort) -> String {
        switch sort {
        case .relevance: "best first"
        case .rating: "best liked first"
        case .popularity: "most read first"
        case .newest: "newest first"
        case .oldest: "oldest first"
        }
    }

    /// `1234567` as `1,234,567`.
    static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { grouped += "," }
            grouped.append(digit)
        }
        return number < 0 ? "−" + grouped : grouped
    }

    /// `1, "page", "pages"` as `1 page`.
    static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(grouped(number)) \(number == 1 ? one : many)"
    }

    /// `-750` as `750 BC`. Nil for 0, a year that no calendar of readers has.
    static func year(_ year: Int) -> String? {
        switch year {
        case ..<0: "\(year.magnitude) BC"
        case 0: nil
        default: String(year)
        }
    }

    /// With a fixed number of decimals, rounded half away from zero.
    static func decimal(_ number: Double, places: Int) -> String {
        guard number.isFinite, number.magnitude < 1e12 else { return "?" }
        let unit = (0..<places).reduce(1) { value, _ in value * 10 }
        let scaled = Int((number.magnitude * Double(unit)).rounded())
        let fraction = String(scaled % unit)
        let padded = String(repeating: "0", count: max(0, places - fraction.count)) + fraction
        let sign = number < 0 && scaled > 0 ? "−" : ""
        return sign + grouped(scaled / unit) + (places > 0 ? "." + padded : "")
    }

    /// `4.2 of 5 from 1,234 readers`, or nil when nobody has rated.
    static func rating(_ average: Double?, readers: Int) -> String? {
        guard let average, readers > 0 else { return nil }
        return "\(decimal(average, places: 1)) of 5 from \(count(readers, "reader", "readers"))"
    }

    /// `A`, `A and B`, `A, B and C`.
    static func list(_ names: [String]) -> String {
        guard names.count > 1, let last = names.last else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }

    /// The first words of a text, at most `length` characters, cut between words.
    static func excerpt(_ text: String, length: Int) -> String {
        guard text.count > length else { return text }
        let head = text.prefix(length)
        let cut = head.lastIndex(of: " ") ?? head.endIndex
        return head[..<cut] + "…"
    }
}
