import Catalog
import Foundation

/// Single facts, by their types. `cell` is the value as it stands in the file; nil when blank or without a column.
extension RowScope {
    mutating func line(_ fact: Fact) throws(Violation) -> String? { try line(fact, cell(fact)) }

    mutating func line(_ fact: Fact, _ cell: String?) throws(Violation) -> String? {
        guard let cell else { return try limited(fact, nil) }
        return try limited(fact, format.isOwn ? own(cell) : normaliser.line(cell, field: fact.name))
    }

    /// An address on the web. It is no prose: its `&` begin no entities.
    mutating func address(_ fact: Fact) throws(Violation) -> String? {
        guard let cell = cell(fact) else { return try limited(fact, nil) }
        return try limited(fact, format.isOwn ? own(cell) : WhiteSpace.trimmed(cell))
    }

    mutating func text(_ fact: Fact, _ cell: String?) throws(Violation) -> String? {
        guard let cell else { return try limited(fact, nil) }
        return try limited(fact, format.isOwn ? own(cell) : normaliser.text(cell, field: fact.name))
    }

    mutating func list(_ fact: Fact, _ cell: String?) throws(Violation) -> [String] {
        guard let cell else { return try limited(fact, []) }
        if format.isOwn { return try limited(fact, ownList(fact, cell)) }
        return try limited(fact, normaliser.list(cell, field: fact.name))
    }

    /// The people of `authors`, then those of `moreAuthors`.
    mutating func authors() throws(Violation) -> [String] {
        var people: [String] = []
        if let cell = cell(.authors) { people = try format.isOwn ? ownList(.authors, cell) : names(cell) }
        if let cell = cell(.moreAuthors) {
            var seen = Set(people)
            people += names(cell).filter { seen.insert($0).inserted }
        }
        return try limited(.authors, people)
    }

    private mutating func names(_ cell: String) -> [String] {
        normaliser.authors(cell, field: Fact.authors.name, commas: format.authorCommas)
    }

    mutating func whole(_ fact: Fact, _ cell: String?) throws(Violation) -> Int? {
        guard let cell else {
            try absent(fact)
            return nil
        }
        let reading = normaliser.wholeNumber(cell, field: fact.name)
        return try limited(fact, cell, reading, Double.init, remedy: "Write a whole number, or nothing.")
    }

    mutating func year(_ cell: String?) throws(Violation) -> Int? {
        guard let cell else {
            try absent(.year)
            return nil
        }
        let reading = normaliser.year(cell, field: Fact.year.name)
        let year = try limited(.year, cell, reading, Double.init, remedy: "Write the year as a number, or nothing.")
        guard year == 0 else { return year }
        // There was none between 1 BC and 1 AD: this is how sources write "not known".
        noteUnknown(.year, cell)
        return nil
    }

    /// A mean of stars, of five whatever the source's scale.
    mutating func averageRating() throws(Violation) -> Double? {
        guard let cell = cell(.averageRating) else {
            try absent(.averageRating)
            return nil
        }
        var reading = normaliser.decimal(cell, field: Fact.averageRating.name)
        if format.scale != 5, case .value(let value) = reading { reading = .value(value / format.scale * 5) }
        return try limited(
            .averageRating, cell, reading, { $0 }, remedy: "Write a number with a point for decimals, or nothing.")
    }

    /// Days since 1970-01-01. The contract's bounds are years.
    mutating func day() throws(Violation) -> Int? {
        guard let cell = cell(.day) else {
            try absent(.day)
            return nil
        }
        switch normaliser.day(cell, field: Fact.day.name) {
        case .absent:
            try absent(.day)
            return nil
        case .unreadable:
            try broken(.notADate, .day, cell, remedy: "Write the day as year-month-day, 2024-05-31, or nothing.")
            return nil
        case .value(let day):
            let limits = plan.limits(of: .day)
            guard plan.days.contains(day) else {
                try broken(
                    .outOfRange, .day, cell,
                    remedy: "The year must be \(Self.words(limits)); leave the day empty if it is not known.")
                return nil
            }
            return day
        }
    }
}

/// Cells of our own export, which are taken as they stand.
extension RowScope {
    func own(_ cell: String) -> String {
        plan.isEscaped ? SpreadsheetText.unescape(cell) : cell
    }

    /// A list as a JSON array.
    mutating func ownList(_ fact: Fact, _ cell: String) throws(Violation) -> [String] {
        let text = own(cell)
        guard let list = try? JSONDecoder().decode([String].self, from: Data(text.utf8)) else {
            try broken(.notJSON, fact, cell, remedy: "Write the list as a JSON array of texts: [\"one\", \"two\"].")
            return []
        }
        return list
    }
}
