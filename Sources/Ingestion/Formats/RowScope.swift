import Catalog

/// One record on its way to a row. What is done to its values is noted in `steps`; the first broken rule that
/// quarantines is thrown.
struct RowScope {
    let plan: RowPlan
    let fields: [String]
    var normaliser = Normaliser()

    init(plan: RowPlan, fields: [String]) {
        self.plan = plan
        self.fields = fields
    }

    var format: SourceFormat { plan.format }

    var steps: [NormalisationStep] { normaliser.steps }

    /// The fact's value as it stands in the file; nil when blank.
    func cell(_ fact: Fact) -> String? { plan.columns.cell(of: fact, in: fields) }

    /// Whether the contract allows that there is no value: otherwise the row is refused.
    func absent(_ fact: Fact) throws(Violation) {
        if plan.limits(of: fact).required { throw .missing(fact) }
    }

    /// Refuses the row, or makes the value unknown, as the contract says.
    mutating func broken(
        _ rule: Violation.Rule, _ fact: Fact, _ value: String, remedy: @autoclosure () -> String
    ) throws(Violation) {
        let limits = plan.limits(of: fact)
        guard !limits.refuses && !limits.required else {
            throw Violation(rule, fact, value: value, remedy: remedy())
        }
        noteUnknown(fact, value)
    }

    mutating func noteUnknown(_ fact: Fact, _ value: String) {
        normaliser.note(.setToUnknown, field: fact.name, before: value, after: nil)
    }

    /// Notes that a rule over several facts is broken, and says whether its first fact is to be left out.
    mutating func breaks(_ rule: CrossFieldRule, value: String?) throws(Violation) {
        guard rule.onViolation == .unknown else {
            throw Violation(
                rule: rule.name, field: rule.condition.subject?.name, value: value, remedy: rule.remedy)
        }
        if let fact = rule.condition.subject { noteUnknown(fact, value ?? "") }
    }

    /// Text that is longer than the contract allows is not taken.
    mutating func limited(_ fact: Fact, _ text: String?) throws(Violation) -> String? {
        guard let text, !text.isEmpty else {
            try absent(fact)
            return nil
        }
        let longest = plan.limits(of: fact).maxLength
        // Bytes are never fewer than characters, and are counted at once.
        guard text.utf8.count > longest, text.count > longest else { return text }
        try broken(
            .tooLong, fact, text,
            remedy: "It has \(text.count) characters; \(longest) are allowed. Shorten it, or check for a missing quote."
        )
        return nil
    }

    /// A list that the contract limits in its number of entries and their length.
    mutating func limited(_ fact: Fact, _ list: [String]) throws(Violation) -> [String] {
        guard !list.isEmpty else {
            try absent(fact)
            return []
        }
        let limits = plan.limits(of: fact)
        guard Double(list.count) <= limits.upper, Double(list.count) >= limits.lower else {
            try broken(
                .tooMany, fact, list.joined(separator: "; "),
                remedy: "It has \(list.count) entries; \(Self.words(limits)) are allowed.")
            return []
        }
        guard list.contains(where: { $0.utf8.count > limits.maxLength && $0.count > limits.maxLength }) else {
            return list
        }
        var kept: [String] = []
        for entry in list {
            if entry.count <= limits.maxLength {
                kept.append(entry)
            } else {
                try broken(
                    .tooLong, fact, entry,
                    remedy:
                        "An entry has \(entry.count) characters; \(limits.maxLength) are allowed. Check how the list "
                        + "is separated.")
            }
        }
        return kept
    }

    /// A number that a cell that is not blank was read as.
    mutating func limited<Value>(
        _ fact: Fact, _ cell: String, _ reading: NumberReading<Value>, _ number: (Value) -> Double, remedy: String
    ) throws(Violation) -> Value? {
        switch reading {
        case .absent:
            try absent(fact)
            return nil
        case .unreadable:
            try broken(.notANumber, fact, cell, remedy: remedy)
            return nil
        case .value(let value):
            let limits = plan.limits(of: fact)
            let number = number(value)
            guard number >= limits.lower, number <= limits.upper else {
                try broken(
                    .outOfRange, fact, cell,
                    remedy: "It must be \(Self.words(limits)); leave it empty if it is not known.")
                return nil
            }
            return value
        }
    }

    /// `from 1 to 5`
    static func words(_ limits: RowPlan.Limits) -> String {
        func text(_ bound: Double) -> String { Int(exactly: bound).map(String.init) ?? "\(bound)" }
        switch (limits.lower.isFinite, limits.upper.isFinite) {
        case (true, true): return "from \(text(limits.lower)) to \(text(limits.upper))"
        case (true, false): return "\(text(limits.lower)) or more"
        case (false, true): return "at most \(text(limits.upper))"
        case (false, false): return "any number"
        }
    }
}
