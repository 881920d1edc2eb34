/// The ranges of each distribution. Together they hold every integer, so that nothing is lost.
extension ValueRange {
    /// Centuries before 1800, decades from then on.
    static let years: [ValueRange] = {
        var ranges = [ValueRange(label: "before 10000 BC", values: .min ... -10_001, isLeftOutWhenEmpty: true)]
        for century in stride(from: 100, through: 1, by: -1) {
            // There is no year 0; where one is told, it is the last before our era.
            let last = century == 1 ? 0 : -100 * (century - 1) - 1
            ranges.append(
                ValueRange(
                    label: "\(ordinal(century)) century BC", values: -100 * century...last, isLeftOutWhenEmpty: true))
        }
        for century in 1...18 {
            // 1800 ends its century, and begins the decades.
            let last = century == 18 ? 1_799 : 100 * century
            ranges.append(
                ValueRange(
                    label: "\(ordinal(century)) century", values: 100 * (century - 1) + 1...last,
                    isLeftOutWhenEmpty: true))
        }
        for decade in stride(from: 1_800, to: 2_100, by: 10) {
            // Beyond our days there are slips of the pen only, far from one another.
            ranges.append(
                ValueRange(
                    label: "\(decade)–\(decade + 9)", values: decade...decade + 9, isLeftOutWhenEmpty: decade >= 2_030))
        }
        return ranges + [ValueRange(label: "2100 or later", values: 2_100 ... .max, isLeftOutWhenEmpty: true)]
    }()

    static let pages = steps(Array(stride(from: 100, through: 1_000, by: 100)))
    /// Each is twice as wide as the one before.
    static let lengths = steps([50, 100, 200, 400, 800, 1_600, 3_200, 6_400])

    /// In hundredths of a star.
    static let quarterStars: [ValueRange] = {
        let quarters = stride(from: 100, through: 450, by: 25).map { from in
            ValueRange(label: "\(stars(from))–\(stars(from + 24))", values: from...from + 24)
        }
        return [ValueRange(label: "under 1", values: .min...99)] + quarters
            + [ValueRange(label: "4.75–5", values: 475 ... .max)]
    }()

    /// In hundredths of a star.
    static let halfStars: [ValueRange] = (1...10).map { half in
        ValueRange(
            label: half.isMultiple(of: 2) ? "\(half / 2)" : "\(half / 2).5",
            values: (half == 1 ? .min : 50 * (half - 1) + 1)...(half == 10 ? .max : 50 * half))
    }

    /// 1, 2–3, 4–7, 8–15, ...
    static let powersOfTwo: [ValueRange] = {
        let ranges = (0..<40).map { power in
            let (first, last) = (1 << power, (2 << power) - 1)
            return ValueRange(label: power == 0 ? "1" : "\(grouped(first))–\(grouped(last))", values: first...last)
        }
        return ranges + [ValueRange(label: "more", values: 1 << 40 ... .max)]
    }()

    static let editions: [ValueRange] =
        (1...5).map { ValueRange(label: "\($0)", values: $0...$0) } + [
            ValueRange(label: "6–10", values: 6...10), ValueRange(label: "11–20", values: 11...20),
            ValueRange(label: "21–50", values: 21...50), ValueRange(label: "over 50", values: 51 ... .max),
        ]

    /// Ranges that begin at these values, with open ones before and after.
    private static func steps(_ starts: [Int]) -> [ValueRange] {
        guard let first = starts.first, let last = starts.last else { return [] }
        let between = zip(starts, starts.dropFirst()).map { from, next in
            ValueRange(label: "\(grouped(from))–\(grouped(next - 1))", values: from...next - 1)
        }
        return [ValueRange(label: "under \(first)", values: .min...first - 1)] + between
            + [ValueRange(label: "\(grouped(last)) and more", values: last ... .max)]
    }

    /// `4th`
    private static func ordinal(_ number: Int) -> String {
        switch (number % 100, number % 10) {
        case (11...13, _): "\(number)th"
        case (_, 1): "\(number)st"
        case (_, 2): "\(number)nd"
        case (_, 3): "\(number)rd"
        default: "\(number)th"
        }
    }

    /// Hundredths as `3.25`.
    private static func stars(_ hundredths: Int) -> String {
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// With a comma between thousands.
    private static func grouped(_ number: Int) -> String {
        guard number >= 1_000 else { return "\(number)" }
        let rest = "\(number % 1_000)"
        return grouped(number / 1_000) + "," + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
