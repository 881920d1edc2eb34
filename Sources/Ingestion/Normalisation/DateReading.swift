/// A date as it is written, as far as it is: a year, a month, a day.
struct DateReading: Equatable {
    /// Negative before our era.
    var year: Int
    var month: Int?
    /// Nil also when day and month cannot be told apart: `01/02/2003`.
    var day: Int?

    /// - Returns: nil when the text is no date, or more than one. O(n).
    init?(_ text: String) {
        guard text.utf8.count <= 80 else { return nil }
        var tokens = DateTokens(text)
        tokens.removeTime()
        guard let era = tokens.removeWords() else { return nil }
        let numbers = tokens.numbers
        if let month = tokens.month {
            guard era == nil, tokens.separatorsAreLight, let (year, day) = Self.yearAndDay(numbers) else { return nil }
            self.init(year: year, month: month, day: day)
            return
        }
        switch numbers.count {
        case 1 where tokens.isBareNumber:
            self.init(number: numbers[0], era: era, isNegative: tokens.isNegative)
        case 2 where era == nil:
            self.init(twoNumbers: numbers, separator: tokens.separators)
        case 3 where era == nil:
            self.init(threeNumbers: numbers, separators: tokens.separators)
        default: return nil
        }
    }

    private init(year: Int, month: Int? = nil, day: Int? = nil) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// A year alone, or eight digits of a whole date.
    private init?(number: DateTokens.Number, era: DateTokens.Era?, isNegative: Bool) {
        if number.digits == 8, era == nil, !isNegative {
            let (year, month, day) = (number.value / 10_000, number.value / 100 % 100, number.value % 100)
            guard (1_000...2_999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
            self.init(year: year, month: month, day: day)
            return
        }
        guard number.digits <= 4, era == nil || (!isNegative && number.value > 0) else { return nil }
        self.init(year: isNegative || era == .before ? -number.value : number.value)
    }

    /// `2003-05`, `05/2003`. A range of years is no date.
    private init?(twoNumbers numbers: [DateTokens.Number], separator: [Character]) {
        guard separator.count == 1, "-/.".contains(separator[0]) else { return nil }
        // 1984.5 is a number; 5.1984 is how a German writes a month.
        let yearIsFirst = numbers[0].digits == 4 && separator[0] != "."
        let (year, month) = yearIsFirst ? (numbers[0], numbers[1]) : (numbers[1], numbers[0])
        guard year.digits == 4, month.digits <= 2, (1...12).contains(month.value) else { return nil }
        self.init(year: year.value, month: month.value)
    }

    /// `2003-05-01`, `1.5.2003`, `13/02/2003`.
    private init?(threeNumbers numbers: [DateTokens.Number], separators: [Character]) {
        guard separators.count == 2, separators[0] == separators[1], "-/.".contains(separators[0]) else { return nil }
        let (a, b, c) = (numbers[0], numbers[1], numbers[2])
        func date(_ year: Int, _ month: Int, _ day: Int) -> Self? {
            (1...12).contains(month) && (1...31).contains(day) ? Self(year: year, month: month, day: day) : nil
        }
        if a.digits == 4, b.digits <= 2, c.digits <= 2, let date = date(a.value, b.value, c.value) {
            self = date
        } else if c.digits == 4, a.digits <= 2, b.digits <= 2 {
            let dayFirst = date(c.value, b.value, a.value)
            // Nobody who writes points puts the month first.
            let monthFirst = separators[0] == "." ? nil : date(c.value, a.value, b.value)
            switch (dayFirst, monthFirst) {
            case (let one?, let other?): self = one == other ? one : Self(year: c.value)
            case (let one?, nil), (nil, let one?): self = one
            case (nil, nil): return nil
            }
        } else {
            return nil
        }
    }

    /// What the numbers beside the name of a month are.
    private static func yearAndDay(_ numbers: [DateTokens.Number]) -> (year: Int, day: Int?)? {
        switch numbers.count {
        case 1 where numbers[0].digits == 4: return (numbers[0].value, nil)
        case 2:
            let (year, day) = numbers[0].digits == 4 ? (numbers[0], numbers[1]) : (numbers[1], numbers[0])
            guard year.digits == 4, day.digits <= 2, (1...31).contains(day.value) else { return nil }
            return (year.value, day.value)
        default: return nil
        }
    }
}
