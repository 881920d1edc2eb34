/// What holds for every row of a file, worked out once.
final class RowPlan: Sendable {
    let format: SourceFormat
    let columns: ColumnMap
    let file: String
    let shelfReader: String?
    /// Whether cells of our own export are guarded against spreadsheets: in CSV, not in JSON.
    let isEscaped: Bool
    /// The days that the contract allows; it names years.
    let days: ClosedRange<Int>
    /// The rules over several facts.
    let rules: [CrossFieldRule]
    /// By the fact's raw value.
    private let limits: [Limits]

    /// A field's rule with its bounds as numbers.
    struct Limits: Sendable {
        var required = false
        var lower = -Double.infinity
        var upper = Double.infinity
        var maxLength = Int.max
        var refuses = false
    }

    init(
        format: SourceFormat, header: [String], contract: DataContract, currentYear: Int, file: String,
        shelfReader: String?, dialect: Dialect
    ) throws(FormatError) {
        let section = format.section(of: contract)
        var limits = Array(repeating: Limits(), count: Fact.allCases.count)
        for (fact, rule) in section.fields {
            var limit = Limits(required: rule.required, refuses: rule.onViolation == .quarantine)
            if let bound = rule.min { limit.lower = bound.value(inYear: currentYear) }
            if let bound = rule.max { limit.upper = bound.value(inYear: currentYear) }
            if let length = rule.maxLength { limit.maxLength = length }
            limits[fact.rawValue] = limit
        }
        columns = try ColumnMap(header: header, format: format, file: file)
        self.format = format
        self.file = file
        self.shelfReader = shelfReader
        self.limits = limits
        days = Self.days(limits[Fact.day.rawValue])
        if case .delimited = dialect { isEscaped = true } else { isEscaped = false }
        rules = section.rules
    }

    private static func days(_ limits: Limits) -> ClosedRange<Int> {
        func year(_ bound: Double) -> Int { Int(min(max(bound, 1), 9_999)) }
        let first = CivilDay.number(year: year(limits.lower), month: 1, day: 1) ?? .min
        let last = CivilDay.number(year: year(limits.upper), month: 12, day: 31) ?? .max
        return first...max(first, last)
    }

    func limits(of fact: Fact) -> Limits { limits[fact.rawValue] }
}

extension SourceFormat {
    /// The part of the contract that rules the format's rows.
    public func section(of contract: DataContract) -> DataContract.Section {
        switch shape {
        case .edition, .openLibrary: contract.books
        case .mark, .person: contract.ratings
        case .tag, .tagging: contract.tags
        }
    }
}
