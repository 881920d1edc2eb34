extension Normaliser {
    /// A rating as stars of five: `4`, `4.25`, `4/5`, `8/10`, `8 out of 10`, `80 %`, `★★★★☆`, `★★★½`. O(n).
    ///
    /// A best rating that stands in the text goes before the source's scale. Nothing, a word for nothing and 0 are
    /// absent: the book was not rated. The result is not cut to five, so that the contract can tell what is out of range.
    public mutating func stars(_ raw: String, scale: RatingScale, field: String) -> NumberReading<Double> {
        if let value = PlainNumber.decimal(raw) { return Self.stars(value, of: scale.max) }
        if raw.utf8.count > 64 { return .unreadable }
        let text = WhiteSpace.trimmed(raw)
        // Unlike an empty field, a NaN is a computation gone wrong.
        if text.lowercased() == "nan" { return .unreadable }
        if AbsentWords.areAll(of: text) { return .absent }
        guard let (value, best) = StarText.read(text, scale: scale) else { return .unreadable }
        let reading = Self.stars(value, of: best)
        if case .value(let stars) = reading, text.utf8.contains(where: { !"0123456789.".utf8.contains($0) }) {
            note(.numberRead, field: field, before: raw, after: "\(stars)")
        }
        return reading
    }

    private static func stars(_ value: Double, of best: Double) -> NumberReading<Double> {
        guard value.isFinite, best > 0, best.isFinite else { return .unreadable }
        return value == 0 ? .absent : .value(best == 5 ? value : value / best * 5)
    }
}

/// The notations of a rating.
enum StarText {
    static func read(_ text: String, scale: RatingScale) -> (value: Double, best: Double)? {
        if let drawn = drawn(text) { return drawn }
        var rest = text.lowercased()
        for word in ["stars", "star", "★", "⭐️", "⭐"] where rest.hasSuffix(word) {
            rest = WhiteSpace.trimmed(rest.dropLast(word.count))
            break
        }
        if rest.hasSuffix("%") { return number(rest.dropLast()).map { ($0, 100) } }
        for separator in ["/", " out of ", " of "] {
            let parts = rest.split(separator: separator, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            guard let value = number(parts[0]), let best = number(parts[1]), best > 0 else { return nil }
            return (value, best)
        }
        return number(rest[...]).map { ($0, scale.max) }
    }

    /// `4`, `4,5`, `4½`.
    private static func number(_ text: Substring) -> Double? {
        var text = WhiteSpace.trimmed(text)
        var half = 0.0
        if text.hasSuffix("½") {
            half = 0.5
            text = WhiteSpace.trimmed(text.dropLast())
        }
        guard let value = Numeral(text, as: .decimal)?.double, half == 0 || value == value.rounded() else { return nil }
        return value + half
    }

    /// Stars one by one: full ones count, empty ones tell how many there could be, at least five.
    private static func drawn(_ text: String) -> (value: Double, best: Double)? {
        var full = 0.0
        var places = 0.0
        for scalar in text.unicodeScalars {
            switch scalar {
            case "★", "⭐", "🌟":
                guard places == full else { return nil }
                full += 1
                places += 1
            case "½", "⯨", "⯪":
                guard places == full else { return nil }
                full += 0.5
                places += 1
            case "☆": places += 1
            case "\u{FE0F}", "\u{FE0E}", " ": continue
            default: return nil
            }
        }
        return places > 0 ? (full, max(places, 5)) : nil
    }
}
