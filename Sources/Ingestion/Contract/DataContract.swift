/// What rows must be to enter the library, and how many may fail: `config/contract.yaml`, compiled in, or another file.
public struct DataContract: Sendable, Hashable {
    /// The version of the form that contracts are written in.
    public static let supportedVersion = 1

    public var version: Int
    public var thresholds: Thresholds
    /// For editions of books.
    public var books: Section
    /// For what readers say of books.
    public var ratings: Section
    /// For tags and their use.
    public var tags: Section
    /// SHA-256 of the contract's text in lower-case hexadecimal: tells in a run's lineage which contract held.
    public var digest: String

    /// When a whole run fails.
    public struct Thresholds: Sendable, Hashable {
        /// A larger share of quarantined rows fails the run. 0...1
        public var quarantinedShare: Double
        /// Fewer rows fail the run.
        public var minimumRows: Int
    }

    /// The rules for one kind of row.
    public struct Section: Sendable, Hashable {
        public var fields: [Fact: FieldRule]
        public var rules: [CrossFieldRule]
        /// What tells a row from all others of its source: for books the first of these facts that the row has, else
        /// its title, authors and year; elsewhere all of them together.
        public var unique: [Fact]
        public var onDuplicate: Repetition
    }

    /// What becomes of a second row of one file that `unique` does not tell from an earlier one.
    public enum Repetition: String, Sendable, CaseIterable {
        /// It is refused, as `duplicateEdition`.
        case quarantine
        /// It takes the place of the earlier one.
        case latest
    }
}

/// What becomes of a value that breaks a rule.
public enum Consequence: String, Sendable, CaseIterable {
    /// The row is refused and kept whole.
    case quarantine
    /// The value is left out, with a step `setToUnknown`, and the row goes in.
    case unknown
}

/// The limits of one fact.
public struct FieldRule: Sendable, Hashable {
    /// A row without the fact is refused, whatever `onViolation` says.
    public var required: Bool
    /// Nil: no limit. For days these are years, for lists the number of entries.
    public var min: Bound?
    public var max: Bound?
    /// In characters; of lists, each entry.
    public var maxLength: Int?
    public var onViolation: Consequence

    public init(
        required: Bool = false, min: Bound? = nil, max: Bound? = nil, maxLength: Int? = nil,
        onViolation: Consequence = .quarantine
    ) {
        self.required = required
        self.min = min
        self.max = max
        self.maxLength = maxLength
        self.onViolation = onViolation
    }

    /// A limit that is a number, or moves with the calendar.
    public enum Bound: Sendable, Hashable {
        case number(Double)
        /// `thisYear+2`
        case thisYear(plus: Int)

        func value(inYear year: Int) -> Double {
            switch self {
            case .number(let number): number
            case .thisYear(let offset): Double(year + offset)
            }
        }
    }
}

/// A rule over several facts of a row.
public struct CrossFieldRule: Sendable, Hashable {
    /// The stable name that reports count by.
    public var name: String
    public var condition: Condition
    /// For `unknown`, the first fact that the rule names is left out.
    public var onViolation: Consequence

    public init(name: String, condition: Condition, onViolation: Consequence) {
        self.name = name
        self.condition = condition
        self.onViolation = onViolation
    }

    /// What must hold. The words are the keys of the contract.
    public enum Condition: Sendable, Hashable {
        /// Two ISBNs, both right, name the same edition.
        case agree(Fact, Fact)
        /// Two texts, folded, are not the same.
        case differs(Fact, Fact)
        /// The first number is not there where the second is 0.
        case notWhenZero(Fact, Fact)
        /// At least one of them is there.
        case anyOf([Fact])

        /// The fact that is left out or named when the rule is broken.
        var subject: Fact? {
            switch self {
            case .agree(let fact, _), .differs(let fact, _), .notWhenZero(let fact, _): fact
            case .anyOf(let facts): facts.first
            }
        }
    }

    /// What to do about a row that breaks the rule.
    public var remedy: String {
        switch condition {
        case .agree(let one, let other):
            "\(one) and \(other) are both right and name different editions. Leave the wrong one empty."
        case .differs(let one, let other): "The \(one) repeats the \(other). Leave it empty."
        case .notWhenZero(let one, let other):
            "There can be no \(one) where the \(other) is 0. Correct one of them, or leave it empty."
        case .anyOf(let facts): "Fill in one of: \(facts.map(\.name).joined(separator: ", "))."
        }
    }
}
