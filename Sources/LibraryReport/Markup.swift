import Mustache

/// Escapes text for HTML and XML, in elements and in quoted attributes, scalar by scalar.
///
/// The template library's own escaping goes by `Character`, and lets a quotation mark pass that a combining accent
/// follows.
struct Markup: MustacheContentType {
    /// The name under which templates ask for it.
    static let name = "REPORT"

    func escapeText(_ text: String) -> String { Self.escape(text) }

    /// O(bytes). Characters that XML 1.0 does not allow (section 2.2) are left out.
    static func escape(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "&": escaped += "&amp;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\t", "\n", "\r": escaped.unicodeScalars.append(scalar)
            case "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": continue
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
