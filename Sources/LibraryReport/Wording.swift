/// Numbers as readers see them: the same on every machine, whatever its locale.
enum Wording {
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

    /// `0.1234` as `12.3%`. Nothing is rounded to all or nothing.
    static func percent(_ share: Double) -> String {
        guard share > 0 else { return "0%" }
        if share < 0.001 { return "<0.1%" }
        if share >= 1 { return "100%" }
        if share > 0.999 { return ">99.9%" }
        return "\(decimal(share * 100, places: 1))%"
    }

    /// With at most this number of decimals, rounded half away from zero, without zeros at the end.
    static func decimal(_ number: Double, places: Int) -> String {
        guard number.isFinite, number.magnitude < 1e12 else { return "?" }
        let unit = (0..<places).reduce(1) { value, _ in value * 10 }
        let scaled = Int((number.magnitude * Double(unit)).rounded())
        var fraction = String(scaled % unit)
        fraction = String(repeating: "0", count: max(0, places - fraction.count)) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let sign = number < 0 && scaled > 0 ? "−" : ""
        return sign + grouped(scaled / unit) + (fraction.isEmpty ? "" : ".\(fraction)")
    }

    /// `-750` as `750 BC`; without a separator, as years are written.
    static func year(_ year: Double) -> String {
        let digits = String(Int(min(year.magnitude, 1e15)))
        return year < 0 ? "\(digits) BC" : digits
    }

    /// `2026-01-31T08:05:09Z` as `2026-01-31 08:05 UTC`; anything else as it is.
    static func moment(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        guard scalars.count == 20, scalars[10] == "T", scalars[19] == "Z" else { return text }
        var moment = String.UnicodeScalarView()
        moment.append(contentsOf: scalars[0..<10])
        moment.append(" ")
        moment.append(contentsOf: scalars[11..<16])
        return "\(String(moment)) UTC"
    }

    /// At most `width` narrow characters of a name, for one line of a plot.
    static func excerpt(_ text: String, width: Int) -> String {
        var (excerpt, used) = ("", 0)
        for character in text {
            // From Hangul on, most scripts have characters twice as wide as ours.
            used += (character.unicodeScalars.first?.value ?? 0) >= 0x1100 ? 2 : 1
            if used > width { return excerpt + "…" }
            excerpt.append(character == "\n" ? " " : character)
        }
        return excerpt
    }
}
