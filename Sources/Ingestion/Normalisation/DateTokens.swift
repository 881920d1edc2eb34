/// The numbers, words and marks of a date.
struct DateTokens {
    enum Era { case before, after }

    struct Number: Equatable {
        var value: Int
        var digits: Int
    }

    fileprivate enum Token: Equatable {
        case number(Number)
        case word(String)
        case mark(Character)
    }

    private var tokens: [Token] = []
    private(set) var month: Int?

    init(_ text: String) {
        var rest = text.lowercased()
        for (written, meant) in DateWords.eras where rest.contains(written) {
            rest = rest.replacing(written, with: meant)
        }
        var characters = rest[...]
        while let first = characters.first {
            if first.isASCII, first.isNumber {
                let digits = characters.prefix { $0.isASCII && $0.isNumber }
                characters = characters[digits.endIndex...]
                tokens.append(.number(Number(value: Int(digits) ?? .max, digits: digits.count)))
            } else if first.isLetter {
                let word = characters.prefix(while: \.isLetter)
                characters = characters[word.endIndex...]
                tokens.append(.word(String(word)))
            } else {
                characters.removeFirst()
                if !first.isWhitespace { tokens.append(.mark(first == "–" ? "-" : first)) }
            }
        }
    }

    /// Takes out `T10:00:00.5Z`, `10:00 pm`, `13:55:02 -0700`: the day is the one that was written, wherever it was.
    mutating func removeTime() {
        guard let colon = tokens.firstIndex(of: .mark(":")), colon > 0, isNumber(at: colon - 1) else { return }
        var start = colon - 1
        if start > 0, tokens[start - 1] == .word("t") || tokens[start - 1] == .word("at") { start -= 1 }
        var end = colon
        while end < tokens.count, tokens[end] == .mark(":") || (end > colon && tokens[end] == .mark(".")),
            isNumber(at: end + 1)
        {
            end += 2
        }
        while end < tokens.count, case .word(let word) = tokens[end], DateWords.zones.contains(word) { end += 1 }
        if end < tokens.count, tokens[end] == .mark("+") || tokens[end] == .mark("-"), isNumber(at: end + 1) {
            end += 2
            if end < tokens.count, tokens[end] == .mark(":"), isNumber(at: end + 1) { end += 2 }
        }
        tokens.removeSubrange(start..<end)
    }

    /// Takes out the month and the words that change nothing (`c.`, `©`, `[…?]`, days of the week).
    /// - Returns: nil when there is a word that is not known; otherwise the era that was named, if one was.
    mutating func removeWords() -> Era?? {
        var era: Era?
        var kept: [Token] = []
        for (index, token) in tokens.enumerated() {
            switch token {
            case .number: kept.append(token)
            case .mark(let mark):
                if !"[](){}?©~,".contains(mark) { kept.append(token) }
            case .word(let word):
                if let number = DateWords.months[word] {
                    guard month == nil else { return nil }
                    month = number
                } else if word == "bc" || word == "bce" || word == "ad" || word == "ce" {
                    guard era == nil else { return nil }
                    era = word.hasPrefix("b") ? .before : .after
                } else if DateWords.ordinals.contains(word) {
                    guard index > 0, isNumber(at: index - 1) else { return nil }
                } else if !DateWords.idle.contains(word) {
                    return nil
                }
            }
        }
        // The point of an abbreviation, or of a sentence.
        tokens = kept.enumerated().filter { index, token in
            guard token == .mark(".") else { return true }
            let isBetween = index > 0 && index + 1 < kept.count && kept[index - 1].isNumber && kept[index + 1].isNumber
            return isBetween && month == nil
        }.map(\.element)
        return .some(era)
    }

    var numbers: [Number] {
        tokens.compactMap { if case .number(let number) = $0 { number } else { nil } }
    }

    /// The marks between the numbers; empty when there is a mark elsewhere, so that no date fits.
    var separators: [Character] {
        var marks: [Character] = []
        for (index, token) in tokens.enumerated() {
            guard case .mark(let mark) = token else { continue }
            guard index > 0, isNumber(at: index - 1), isNumber(at: index + 1) else { return [] }
            marks.append(mark)
        }
        return marks
    }

    /// Beside the name of a month, numbers may be parted by hyphens (`23-Jan-2017`) and nothing else.
    var separatorsAreLight: Bool { tokens.allSatisfy { $0.isNumber || $0 == .mark("-") || $0 == .mark("/") } }

    /// A minus before the first number.
    var isNegative: Bool { tokens.first == .mark("-") }

    /// Whether there is one number, maybe with a minus, and nothing else.
    var isBareNumber: Bool { tokens.count == (isNegative ? 2 : 1) && tokens.last?.isNumber == true }

    private func isNumber(at index: Int) -> Bool { tokens.indices.contains(index) && tokens[index].isNumber }
}

extension DateTokens.Token {
    fileprivate var isNumber: Bool { if case .number = self { true } else { false } }
}
