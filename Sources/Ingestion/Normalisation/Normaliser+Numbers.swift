extension Normaliser {
    /// A count: `1234`, `1,234`, `342 pages`, `2008.0`, `1e3`. O(n); plain digits in one pass.
    ///
    /// `1.234` is 1234, since a count has no decimals; `12.000` is unreadable, since it could be twelve.
    public mutating func wholeNumber(_ raw: String, field: String) -> NumberReading<Int> {
        if let value = PlainNumber.whole(raw) { return .value(value) }
        return read(raw, field: field, units: NumberWords.counts) { Numeral($0, as: .whole)?.int }
    }

    /// A number that may have decimals: `4.25`, `4,25`, `1,234.5`. O(n); plain digits in one pass.
    ///
    /// `1.234` has three decimals; `1,234` is unreadable, since it could be either.
    public mutating func decimal(_ raw: String, field: String) -> NumberReading<Double> {
        if let value = PlainNumber.decimal(raw) { return .value(value) }
        return read(raw, field: field, units: NumberWords.stars) { Numeral($0, as: .decimal)?.double }
    }

    private mutating func read<Value>(
        _ raw: String, field: String, units: Set<String>, with parse: (String) -> Value?
    ) -> NumberReading<Value> {
        if AbsentWords.areAll(of: raw) { return .absent }
        let text = WhiteSpace.trimmed(raw)
        guard let value = parse(NumberWords.withoutWords(text, units: units)) else { return .unreadable }
        // A sign is part of the plain notation, and so are spaces around it.
        if Int(text) == nil, Double(text) == nil || text.contains(where: { $0 == "e" || $0 == "E" }) || value is Int {
            note(.numberRead, field: field, before: raw, after: "\(value)")
        }
        return .value(value)
    }
}

/// Words around numbers.
enum NumberWords {
    static let counts: Set<String> = [
        "page", "pages", "p", "p.", "pp", "pp.", "pg", "pgs", "pg.", "seiten", "s.", "páginas", "rating", "ratings",
        "review", "reviews", "vote", "votes", "reader", "readers", "copies",
    ]
    static let stars: Set<String> = ["star", "stars", "★", "⭐", "⭐️"]
    private static let about: [String] = [
        "approximately ", "approx. ", "approx ", "about ", "circa ", "ca. ", "ca.", "c. ", "c.", "~", "≈",
    ]

    /// `ca. 342 pages` without the words; also without the pages of a preface (`xii, 342 p.`). O(n).
    static func withoutWords(_ text: String, units: Set<String>) -> String {
        guard text.utf8.count <= 64 else { return text }
        var rest = text.lowercased()
        if let word = about.first(where: { rest.hasPrefix($0) }) { rest = String(rest.dropFirst(word.count)) }
        guard let last = rest.lastIndex(where: \.isNumber) else { return text }
        let unit = WhiteSpace.trimmed(rest[rest.index(after: last)...])
        // An unknown word stays, and makes the number unreadable.
        if units.contains(unit) { rest = String(rest[...last]) }
        if let comma = rest.firstIndex(of: ","), comma > rest.startIndex,
            rest[..<comma].allSatisfy({ "ivxlc".contains($0) })
        {
            rest = String(rest[rest.index(after: comma)...])
        }
        return WhiteSpace.trimmed(rest)
    }
}
