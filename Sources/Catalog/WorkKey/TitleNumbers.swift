/// Numbers in titles: words for them, and the place of a volume among others.
enum TitleNumbers {
    /// Words for numbers replaced by digits, as one source writes "Nineteen Eighty-Four" and another "1984", and words
    /// by their usual spelling. Ordinals become `4th`. O(n).
    static func inDigits(_ words: [String]) -> [String] {
        var result: [String] = []
        result.reserveCapacity(words.count)
        var open: (value: Int, room: Int)?
        func close() {
            if let number = open { result.append(String(number.value)) }
            open = nil
        }
        for (index, word) in words.enumerated() {
            // "one hundred and one"
            if word == "and", let number = open, number.room >= 100, index + 1 < words.count,
                case .cardinal(let next) = readings[words[index + 1]], next < number.room
            {
                continue
            }
            switch readings[word] {
            case .cardinal(let value):
                if let number = open, let sum = extended(number, by: value) {
                    open = sum
                } else {
                    close()
                    open = (value, room(under: value))
                }
            case .ordinal(let value):
                if let number = open, number.room > value {
                    open = nil
                    result.append("\(number.value + value)th")
                } else {
                    close()
                    result.append("\(value)th")
                }
            case .spelling(let usual):
                close()
                result.append(usual)
            case nil:
                close()
                result.append(digits(of: word))
            }
        }
        close()
        return result
    }

    /// The value of a Roman numeral up to 39, in small letters.
    static func roman(_ word: String) -> Int? {
        let values = word.utf8.map { $0 == UInt8(ascii: "i") ? 1 : $0 == UInt8(ascii: "v") ? 5 : 10 }
        guard !word.isEmpty, word.utf8.allSatisfy({ "ivx".utf8.contains($0) }) else { return nil }
        var sum = 0
        for (index, value) in values.enumerated() {
            sum += index + 1 < values.count && values[index + 1] > value ? -value : value
        }
        return sum
    }

    /// - Returns: the number so far and what may still be added to it, or nil: the next word begins another number.
    private static func extended(_ number: (value: Int, room: Int), by value: Int) -> (value: Int, room: Int)? {
        switch value {
        case 100, 1_000, 1_000_000:
            guard number.value < value else { return nil }
            return (number.value * value, value)
        case 10...99 where (10...99).contains(number.value) && number.value % 10 != 0 || number.value == 20:
            // A year: nineteen eighty-four, twenty twelve.
            return (number.value * 100 + value, value >= 20 ? 10 : 1)
        default:
            guard number.room > value else { return nil }
            return (number.value + value, value >= 20 ? 10 : 1)
        }
    }

    /// After "twenty" a number under ten may follow, after "two" nothing but a hundred.
    private static func room(under value: Int) -> Int {
        value >= 20 && value < 100 ? 10 : value >= 100 ? value : 1
    }

    /// "07" is "7", "21st" and "2nd" are "21th" and "2th".
    private static func digits(of word: String) -> String {
        guard let first = word.utf8.first, first >= 0x30, first <= 0x39 else { return word }
        let bytes = word.utf8
        let digits = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }
        let rest = bytes.dropFirst(digits.count)
        let trimmed = digits.drop { $0 == 0x30 }
        let number = trimmed.isEmpty ? "0" : String(decoding: trimmed, as: UTF8.self)
        if rest.isEmpty { return number }
        let ending = String(decoding: rest, as: UTF8.self)
        if ["st", "nd", "rd"].contains(ending) { return number + "th" }
        return ending.first == "-" ? number + "-" + Self.digits(of: String(ending.dropFirst())) : number + ending
    }

    private enum Reading { case cardinal(Int), ordinal(Int), spelling(String) }

    /// One look into one table for each word.
    private static let readings: [String: Reading] = cardinals.mapValues(Reading.cardinal)
        .merging(ordinals.mapValues(Reading.ordinal)) { first, _ in first }
        .merging(TitleVocabulary.spelling.mapValues(Reading.spelling)) { first, _ in first }

    private static let cardinals: [String: Int] = [
        "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
        "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
        "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1_000,
        "million": 1_000_000,
    ]

    private static let ordinals: [String: Int] = [
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
        "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
        "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
    ]
}
