extension Normaliser {
    /// The year of a date: `1984`, `-750`, `750 BC`, `c. 1850`, `[1999?]`, `©1999`, `May 2003`, `01/02/2003`. Negative
    /// before our era. O(n); plain digits in one pass.
    public mutating func year(_ raw: String, field: String) -> NumberReading<Int> {
        if let year = PlainNumber.whole(raw), abs(year) <= 9_999 { return .value(year) }
        if Self.isNoDate(raw) { return .absent }
        guard let year = Self.year(raw) else { return .unreadable }
        note(.dateRead, field: field, before: raw, after: "\(year)")
        return .value(year)
    }

    /// A day, in days since 1970-01-01 of the Gregorian calendar: `2017/01/23`, `2017-01-23T10:00:00Z`, `Jan 23, 2017`,
    /// seconds or milliseconds since 1970. O(n); the plain forms in one pass.
    ///
    /// Of a moment it is the day that was written, whatever the time zone; of seconds, the day in Greenwich. A day that
    /// does not exist is unreadable, and so is `01/02/2003`.
    public mutating func day(_ raw: String, field: String) -> NumberReading<Int> {
        if let day = Self.plainDay(raw) { return .value(day) }
        if Self.isNoDate(raw) { return .absent }
        guard let day = Self.day(raw) else { return .unreadable }
        note(.dateRead, field: field, before: raw, after: "\(day)")
        return .value(day)
    }

    private static func year(_ raw: String) -> Int? {
        let text = WhiteSpace.trimmed(raw)
        if let plain = PlainNumber.whole(text), abs(plain) <= 9_999 { return plain }
        // 1984.0 and 1.984e+03 are how programs write a column of which some years are unknown.
        let mantissa = text.prefix { $0 != "e" && $0 != "E" }
        let isComputed = text.count > mantissa.count || text.hasSuffix(".0") || text.hasSuffix(".00")
        if isComputed, mantissa.utf8.allSatisfy({ "0123456789.-".utf8.contains($0) }) {
            guard let year = Numeral(text, as: .decimal)?.int, abs(year) <= 9_999 else { return nil }
            return year
        }
        return DateReading(text)?.year
    }

    private static func day(_ raw: String) -> Int? {
        let text = WhiteSpace.trimmed(raw)
        if let day = plainDay(text) { return day }
        var digits = text
        if digits.hasSuffix(".0") { digits.removeLast(2) }
        if digits.utf8.count >= 9, let moment = PlainNumber.whole(digits), moment > 0 {
            switch digits.utf8.count {
            case 9, 10: return moment / 86_400
            case 12, 13: return moment / 86_400_000
            default: return nil
            }
        }
        guard let date = DateReading(text), let month = date.month, let day = date.day else { return nil }
        return CivilDay.number(year: date.year, month: month, day: day)
    }

    /// `2017-01-23` or `2017/01/23`.
    private static func plainDay(_ text: String) -> Int? {
        let bytes = text.utf8Span.span
        guard bytes.count == 10, bytes[4] == bytes[7], bytes[4] == UInt8(ascii: "-") || bytes[4] == UInt8(ascii: "/"),
            let year = PlainNumber.digits(4, of: bytes, from: 0),
            let month = PlainNumber.digits(2, of: bytes, from: 5),
            let day = PlainNumber.digits(2, of: bytes, from: 8)
        else { return nil }
        return CivilDay.number(year: year, month: month, day: day)
    }

    /// Also dates of nothing but zeros, which databases write.
    private static func isNoDate(_ raw: String) -> Bool {
        AbsentWords.areAll(of: raw)
            || (raw.utf8.count <= 32 && raw.utf8.count > 4 && raw.utf8.contains(UInt8(ascii: "0"))
                && raw.utf8.allSatisfy { "0-/:. T".utf8.contains($0) })
            || WhiteSpace.trimmed(raw) == "0"
    }
}
