/// Text in a CSV file that spreadsheets open: a cell that begins like a formula would be run there.
///
/// Such a cell is written with one more apostrophe before it, which our own formats take away again. The list of first
/// characters is OWASP's ("CSV Injection").
public enum SpreadsheetText {
    /// Whether a spreadsheet would take the cell for a formula: it begins with `=`, `+`, `-`, `@`, a tab or a line's end
    /// (the wide forms of East Asian keyboards too), and is no plain number.
    public static func isLive(_ cell: String) -> Bool {
        guard let first = cell.unicodeScalars.first, startsFormula(first) else { return false }
        return !isPlainNumber(cell)
    }

    /// The cell as it is written: never live, and given back by `unescape`. O(n).
    public static func escape(_ cell: String) -> String {
        startsFormula(after: cell.unicodeScalars) && !isPlainNumber(cell) ? "'" + cell : cell
    }

    /// The cell as it was before `escape`. O(n).
    public static func unescape(_ cell: String) -> String {
        guard cell.utf8.first == apostrophe, startsFormula(after: cell.unicodeScalars) else { return cell }
        return String(cell.unicodeScalars.dropFirst())
    }

    private static let apostrophe = UInt8(ascii: "'")

    /// Whether what follows any apostrophes starts a formula.
    private static func startsFormula(after scalars: String.UnicodeScalarView) -> Bool {
        scalars.first { $0 != "'" }.map(startsFormula) ?? false
    }

    // As scalars: `\r\n` is one character of Swift's, and an accent joins the `=` before it.
    private static func startsFormula(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
        default: false
        }
    }

    /// `-750`, `+1.5`, `-1e5`
    static func isPlainNumber(_ cell: String) -> Bool {
        var rest = cell.utf8[...]
        func skipDigits() -> Bool {
            let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
            rest = rest[digits.endIndex...]
            return !digits.isEmpty
        }
        func skip(_ bytes: String) -> Bool {
            guard let first = rest.first, bytes.utf8.contains(first) else { return false }
            rest = rest.dropFirst()
            return true
        }
        _ = skip("+-")
        guard skipDigits() else { return false }
        if skip("."), !skipDigits() { return false }
        if skip("eE") {
            _ = skip("+-")
            guard skipDigits() else { return false }
        }
        return rest.isEmpty
    }
}
