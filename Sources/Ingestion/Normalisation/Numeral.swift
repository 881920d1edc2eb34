/// A number as it is written, with its separators understood.
struct Numeral {
    /// What a lone separator before three digits means depends on what is being read.
    enum Kind { case whole, decimal }

    var isNegative = false
    /// ASCII digits.
    var whole: [UInt8] = []
    var fraction: [UInt8] = []
    var exponent = 0

    /// Reads `1234`, `1,234`, `1 234,5`, `1.5e3`.
    ///
    /// - Returns: nil when it is no number, or when it could be two: `1,234` where decimals may be, `12.000` where they
    ///   may not.
    init?(_ text: String, as kind: Kind) {
        guard var rest = Self.ascii(text)?[...], !rest.isEmpty else { return nil }
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
            isNegative = rest.removeFirst() == UInt8(ascii: "-")
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "e")) {
            guard let exponent = Self.exponent(rest[(mark + 1)...]) else { return nil }
            self.exponent = exponent
            rest = rest[..<mark]
        }
        guard let point = Self.decimalPoint(in: rest, as: exponent == 0 ? kind : .decimal) else { return nil }
        guard let whole = Self.joined(rest[..<point]) else { return nil }
        self.whole = whole
        fraction = Array(rest[point...].dropFirst())
        guard fraction.allSatisfy(Self.isDigit), !whole.isEmpty || !fraction.isEmpty else { return nil }
    }

    /// Nil unless it is a whole number that an `Int` holds.
    var int: Int? {
        var digits = whole + fraction
        var power = exponent - fraction.count
        while power < 0, let last = digits.last, last == UInt8(ascii: "0") {
            digits.removeLast()
            power += 1
        }
        if digits.isEmpty { return 0 }
        guard power >= 0, power <= 18 else { return nil }
        let text = (isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self)
        return Int(text + String(repeating: "0", count: power))
    }

    /// The nearest `Double`; nil when it is too large for one.
    var double: Double? {
        let digits = String(decoding: whole, as: UTF8.self) + "." + String(decoding: fraction, as: UTF8.self)
        guard let value = Double("\(isNegative ? "-" : "")0\(digits)0e\(exponent)"), value.isFinite else { return nil }
        return value
    }

    /// Lower-case ASCII; digits of other scripts, fixed spaces and the true minus become what a keyboard has.
    private static func ascii(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch scalar {
            case "A"..."Z": bytes.append(UInt8(scalar.value) | 0x20)
            case "\0"..."\u{7F}": bytes.append(UInt8(scalar.value))
            case "\u{2212}", "\u{2013}": bytes.append(UInt8(ascii: "-"))
            case "\u{2019}": bytes.append(UInt8(ascii: "'"))
            default:
                if WhiteSpace.contains(scalar) {
                    bytes.append(UInt8(ascii: " "))
                } else if scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue {
                    bytes.append(UInt8(ascii: "0") + UInt8(value))
                } else {
                    return nil
                }
            }
        }
        return bytes
    }

    private static func exponent(_ text: ArraySlice<UInt8>) -> Int? {
        let digits = text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+") ? text.dropFirst() : text
        guard (1...3).contains(digits.count), digits.allSatisfy(isDigit) else { return nil }
        return Int(String(decoding: text, as: UTF8.self))
    }

    /// Where the decimals begin, at the separator before them or at the end; nil when that cannot be told.
    private static func decimalPoint(in text: ArraySlice<UInt8>, as kind: Kind) -> Int? {
        let points = text.indices.filter { text[$0] == UInt8(ascii: ".") }
        let commas = text.indices.filter { text[$0] == UInt8(ascii: ",") }
        guard let last = (points + commas).max() else { return text.endIndex }
        let same = points.contains(last) ? points : commas
        if !points.isEmpty, !commas.isEmpty { return same.count == 1 ? last : nil }
        if same.count > 1 { return text.endIndex }
        let before = text[..<last]
        let after = text[(last + 1)...]
        let looksGrouped =
            after.count == 3 && (1...3).contains(before.count) && before.first != UInt8(ascii: "0")
            && (before + after).allSatisfy(isDigit)
        guard looksGrouped else { return last }
        switch (kind, text[last]) {
        case (.whole, UInt8(ascii: ",")): return text.endIndex
        // 12.000 is twelve to a computer and twelve thousand to a German.
        case (.whole, _): return after.allSatisfy { $0 == UInt8(ascii: "0") } ? nil : text.endIndex
        case (.decimal, UInt8(ascii: ".")): return last
        case (.decimal, _): return nil
        }
    }

    /// The digits before the decimals, whose separators must part groups of three.
    private static func joined(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let groups = text.split(omittingEmptySubsequences: false) { !isDigit($0) }
        guard groups.count > 1 else { return text.allSatisfy(isDigit) ? Array(text) : nil }
        let separators = Set(text.filter { !isDigit($0) })
        guard separators.count == 1, separators.isSubset(of: Set(".,' ".utf8)), (1...3).contains(groups[0].count),
            groups[0].first != UInt8(ascii: "0"), groups.dropFirst().allSatisfy({ $0.count == 3 })
        else { return nil }
        return groups.flatMap(\.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
