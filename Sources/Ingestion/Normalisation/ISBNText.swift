import Catalog

/// The notations of an ISBN.
enum ISBNText {
    enum Reading: Equatable {
        case absent
        /// With what was done to the text to get there.
        case isbn(ISBN13, steps: [NormalisationStep.Kind])
        case lossy(LossyISBN)
        /// A number of another kind, or a placeholder.
        case otherNumber
        /// With the digits that were read, as far as they are digits.
        case wrong(digits: String)
    }

    /// The longest text that is looked at.
    private static let longest = 200

    /// O(n).
    static func read(_ raw: String) -> Reading {
        if AbsentWords.areAll(of: raw) { return .absent }
        guard raw.utf8.count <= longest else { return .wrong(digits: "") }
        var text = ISBNWrapping.removed(from: raw)
        if text.isEmpty || AbsentWords.areAll(of: text) { return .absent }
        var steps: [NormalisationStep.Kind] = []
        if let float = FloatISBN(text) {
            switch float {
            case .lossy(let lossy): return lossy.isOfABook ? .lossy(lossy) : .otherNumber
            case .exact(let digits):
                text = digits
                steps.append(.isbnReadFromFloat)
            }
        } else if let parts = several(text) {
            return parts
        }
        let digits = significant(text)
        if steps.isEmpty, digits != WhiteSpace.trimmed(raw).uppercased() { steps.append(.isbnUnwrapped) }
        guard let digits else { return isASIN(text) ? .otherNumber : .wrong(digits: "") }
        return read(digits: digits, steps: steps)
    }

    /// - Parameter digits: digits, of which the last may be an `X`.
    private static func read(digits: String, steps: [NormalisationStep.Kind]) -> Reading {
        if ISBNPlaceholders.contain(digits) { return .otherNumber }
        let count = digits.utf8.count
        switch count {
        case 13:
            if let isbn = ISBN13(digits) { return .isbn(isbn, steps: steps) }
        case 14 where digits.hasPrefix("0"):
            // The number of a trading unit of one copy.
            if let isbn = ISBN13(String(digits.dropFirst())) { return .isbn(isbn, steps: [.isbnUnwrapped]) }
        case 7...10:
            // Spreadsheets take an ISBN-10 for a number and drop its zeros. More than three are no accident.
            let padded = String(repeating: "0", count: 10 - count) + digits
            if let isbn = ISBN13(isbn10: padded) {
                return .isbn(isbn, steps: steps + (count < 10 ? [.isbnLeadingZerosRestored] : []) + [.isbn10Converted])
            }
        default: break
        }
        return isOtherArticle(digits) ? .otherNumber : .wrong(digits: digits)
    }

    /// Several ISBNs in one field: the first that is right. Nil when it is one text.
    private static func several(_ text: String) -> Reading? {
        let parts = text.split { ";,|/".contains($0) }
        guard parts.count > 1 else { return nil }
        for part in parts {
            guard let digits = significant(ISBNWrapping.removed(from: String(part))),
                case .isbn(let isbn, let steps) = read(digits: digits, steps: [.isbnUnwrapped])
            else { continue }
            return .isbn(isbn, steps: steps)
        }
        return .wrong(digits: "")
    }

    /// The digits without hyphens, dashes and spaces; nil when there is anything else.
    private static func significant(_ text: String) -> String? {
        var digits = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9": digits.unicodeScalars.append(scalar)
            // Cyrillic and Greek keyboards have letters of the same shape.
            case "X", "x", "Х", "х", "Χ", "χ": digits.append("X")
            case "-", "\u{2010}"..."\u{2015}", "\u{2212}", "\u{AD}", "\u{FE63}", "\u{FF0D}", "\u{200B}", "\u{200E}",
                "\u{200F}", "\u{FEFF}":
                continue
            default:
                guard WhiteSpace.contains(scalar) else { return nil }
            }
        }
        guard !digits.isEmpty, !digits.dropLast().contains("X") else { return nil }
        return digits
    }

    /// An article number of other goods (GS1) with a right checksum: thirteen digits, or twelve, or eleven of twelve
    /// whose first was a zero.
    private static func isOtherArticle(_ digits: String) -> Bool {
        guard (11...13).contains(digits.utf8.count), !digits.hasSuffix("X") else { return false }
        let values = Array((String(repeating: "0", count: 13 - digits.utf8.count) + digits).utf8).map { Int($0) - 0x30 }
        guard !(values[0] == 9 && values[1] == 7 && values[2] >= 8) else { return false }
        return values.enumerated().reduce(0) { $0 + $1.element * ($1.offset.isMultiple(of: 2) ? 1 : 3) } % 10 == 0
    }

    /// Amazon's own numbers of what has no ISBN: `B` and nine letters or digits.
    private static func isASIN(_ text: String) -> Bool {
        text.utf8.count == 10 && text.hasPrefix("B") && text.utf8.contains { $0 <= 0x39 }
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
    }
}

/// Numbers that pass every checksum and name no book.
enum ISBNPlaceholders {
    static func contain(_ digits: String) -> Bool {
        if Set(digits.utf8).count <= 1 { return true }
        let body =
            switch digits.utf8.count {
            case 13: digits.dropFirst(3).dropLast()
            case 10: digits.dropLast()
            default: digits[...]
            }
        return Set(body.utf8).count <= 1 || examples.contains(String(body))
    }

    /// Of textbooks on ISBNs.
    private static let examples: Set<String> = ["123456789", "012345678"]
}
