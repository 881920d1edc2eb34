/// A broken rule at one place of a row: why the row is refused, in words that a person can act on.
public struct Violation: Error, Sendable, Hashable {
    /// How much of a value is shown; the row is kept whole beside it.
    public static let longestValue = 200

    /// The stable name that reports count by: one of `Rule`, `missing…` with the fact's name, or the name of a
    /// cross-field rule of the contract.
    public var rule: String
    /// The fact, by its name in the contract; nil when the row as a whole is at fault.
    public var field: String?
    /// The value at fault, at most 200 characters of it.
    public var value: String?
    /// What to do about it.
    public var remedy: String

    public init(rule: String, field: String? = nil, value: String? = nil, remedy: String) {
        self.rule = rule
        self.field = field
        self.value = value.map { String($0.prefix(Self.longestValue)) }
        self.remedy = remedy
    }

    init(_ rule: Rule, _ fact: Fact?, value: String? = nil, remedy: String) {
        self.init(rule: rule.rawValue, field: fact?.name, value: value, remedy: remedy)
    }

    /// The rules that hold for every contract. Their raw values do not change.
    public enum Rule: String, Sendable, CaseIterable {
        // Of the record, before its fields are looked at.
        case unclosedQuote, textAfterQuote, recordTooLong, notUTF8, nulByte, fieldCount, notJSON
        // Of a value.
        case missingTitle, invalidISBN, notANumber, notADate, outOfRange, tooLong, tooMany, unknownShelf, unknownItem
        // Of a row among the others of its file.
        case duplicateEdition
    }
}

extension Violation {
    /// A second row with the key of an earlier one, and other facts.
    public static func duplicate(of key: String, onLine line: Int) -> Violation {
        Violation(
            .duplicateEdition, nil, value: key,
            remedy: "Line \(line) has the same edition with other facts. Keep one of the two.")
    }

    /// - Parameter fact: the fact that is required and empty.
    static func missing(_ fact: Fact) -> Violation {
        Violation(rule: missingRule(of: fact), field: fact.name, remedy: missingRemedy(of: fact))
    }

    /// `missingTitle` for `title`.
    static func missingRule(of fact: Fact) -> String {
        "missing" + fact.name.prefix(1).uppercased() + fact.name.dropFirst()
    }

    private static func missingRemedy(of fact: Fact) -> String {
        switch fact {
        case .title: "Give the book a title."
        case .reader: "Give the reader a name or a number."
        case .item: "Name the book that is meant."
        case .stars: "Give the rating, or leave the row out."
        case .tagID: "Give the tag its number."
        case .tagName: "Give the tag a name, or leave the row out."
        case .tagCount: "Give the number of readers who used the tag."
        default: "Fill in the \(fact.name), or leave the row out."
        }
    }
}
