import Catalog

/// An ISBN that a spreadsheet or a data frame took for a float: `9.78043902348e+12`, `9780439023481.0`.
enum FloatISBN: Equatable {
    /// All digits are there.
    case exact(digits: String)
    case lossy(LossyISBN)

    /// Nil when the text has neither a decimal point nor an exponent, or is no number.
    init?(_ text: String) {
        let text = text.lowercased()
        guard text.contains("e") || text.contains(".") else { return nil }
        let halves = text.split(separator: "e", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return nil }
        // Only beside an exponent is a comma the decimal comma of a European spreadsheet.
        let mantissa = halves.count == 2 ? String(halves[0].replacing(",", with: ".")) : String(halves[0])
        let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, !parts[0].isEmpty, parts.allSatisfy({ $0.utf8.allSatisfy { $0 &- 0x30 < 10 } }) else {
            return nil
        }
        var exponent = 0
        if halves.count == 2 {
            guard let power = Int(halves[1]), (0...20).contains(power) else { return nil }
            exponent = power
        }
        let whole = String(parts[0])
        let fraction = parts.count == 2 ? String(parts[1]) : ""
        let known = whole + fraction
        let length = whole.utf8.count + exponent
        if known.utf8.count >= length {
            guard known.utf8.dropFirst(length).allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
            self = .exact(digits: String(known.prefix(length)))
        } else {
            guard let value = Int(known), known.utf8.count <= 15, length <= 15 else { return nil }
            self = .lossy(LossyISBN(known: value, lost: length - known.utf8.count, length: length))
        }
    }
}

/// The leading digits of a number, rounded.
struct LossyISBN: Equatable {
    /// The digits that are there.
    var known: Int
    /// How many are not.
    var lost: Int
    /// How many there were.
    var length: Int

    /// Whether the number can be an ISBN-13 at all.
    var isOfABook: Bool {
        guard length == 13 else { return false }
        let prefix = String(known).prefix(3)
        return ["978", "979"].contains { $0.hasPrefix(prefix) || prefix == $0 }
    }

    /// Whether the ISBN, rounded to as many digits, gives the digits that are there.
    func agrees(with isbn: ISBN13) -> Bool {
        guard length == 13, lost <= 13, let number = Int(isbn.digits) else { return false }
        let unit = (0..<lost).reduce(1) { unit, _ in unit * 10 }
        return abs(number - known * unit) * 2 <= unit
    }
}
