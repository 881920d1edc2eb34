/// A list as a programming language writes it: `['Fiction', "Children's", 'O\'Brien']`, `["a","b"]`.
enum ListText {
    /// The items, unescaped; nil when the text is not in brackets.
    ///
    /// Items without quotes are taken as they stand, up to the next comma; `None`, `null` and `nan` among them are left
    /// out. O(n).
    static func items(of raw: String) -> [String]? {
        let text = WhiteSpace.trimmed(raw)
        let scalars = Array(text.unicodeScalars)
        guard scalars.count >= 2, scalars[0] == "[", scalars[scalars.count - 1] == "]" else { return nil }
        var items: [String] = []
        var index = 1
        let end = scalars.count - 1
        while index < end {
            while index < end, WhiteSpace.contains(scalars[index]) || scalars[index] == "," { index += 1 }
            guard index < end else { break }
            let quote = scalars[index]
            if quote == "'" || quote == "\"" {
                guard let (item, next) = quoted(scalars, from: index + 1, by: quote, end: end) else { return nil }
                items.append(item)
                index = next
                while index < end, WhiteSpace.contains(scalars[index]) { index += 1 }
                guard index == end || scalars[index] == "," else { return nil }
            } else {
                var item = String.UnicodeScalarView()
                while index < end, scalars[index] != "," {
                    item.append(scalars[index])
                    index += 1
                }
                let word = WhiteSpace.trimmed(String(item))
                if !AbsentWords.areAll(of: word) { items.append(word) }
            }
        }
        return items
    }

    /// The text up to the closing quote, and the place behind that.
    private static func quoted(
        _ scalars: [Unicode.Scalar], from start: Int, by quote: Unicode.Scalar, end: Int
    ) -> (String, Int)? {
        var item = String.UnicodeScalarView()
        var index = start
        while index < end {
            let scalar = scalars[index]
            index += 1
            if scalar == quote { return (String(item), index) }
            guard scalar == "\\", index < end else {
                item.append(scalar)
                continue
            }
            let escaped = scalars[index]
            index += 1
            switch escaped {
            case "n", "r", "t": item.append(" ")
            case "b", "f": break
            case "x": append(&item, hexadecimal(scalars, &index, digits: 2, end: end))
            case "u": append(&item, unicode(scalars, &index, end: end))
            case "U": append(&item, hexadecimal(scalars, &index, digits: 8, end: end))
            default: item.append(escaped)
            }
        }
        return nil
    }

    private static func append(_ item: inout String.UnicodeScalarView, _ value: UInt32?) {
        item.append(value.flatMap(Unicode.Scalar.init) ?? "\u{FFFD}")
    }

    /// Four digits; or eight, when they are the two halves of a character beyond the first 65,536.
    private static func unicode(_ scalars: [Unicode.Scalar], _ index: inout Int, end: Int) -> UInt32? {
        let first = hexadecimal(scalars, &index, digits: 4, end: end)
        guard let high = first, (0xD800..<0xDC00).contains(high), index + 1 < end, scalars[index] == "\\",
            scalars[index + 1] == "u"
        else { return first }
        var next = index + 2
        guard let low = hexadecimal(scalars, &next, digits: 4, end: end), (0xDC00..<0xE000).contains(low) else {
            return first
        }
        index = next
        return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
    }

    private static func hexadecimal(
        _ scalars: [Unicode.Scalar], _ index: inout Int, digits: Int, end: Int
    ) -> UInt32? {
        var value: UInt32 = 0
        for place in index..<(index + digits) {
            guard place < end, let digit = Character(scalars[place]).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        index += digits
        return value
    }
}
