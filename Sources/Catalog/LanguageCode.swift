import Foundation

/// The language that a book is written in, by its code in ISO 639-1 or, where that has none, in ISO 639-2: `en`, `grc`.
public enum LanguageCode {
    /// Reads what sources write: `eng`, `en-US`, `EN_gb`, `English`. Nil for what is no language. O(1).
    public static func of(_ text: String) -> String? {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        if let named = byName[text] { return named }
        let code = String(text.prefix { $0.isASCII && $0.isLetter })
        guard (2...3).contains(code.count),
            code.count == text.count || "-_".contains(text.dropFirst(code.count).prefix(1))
        else { return nil }
        let language = Locale.Language(identifier: bibliographic[code] ?? code).languageCode
        guard let language, language.isISOLanguage else { return nil }
        return language.identifier(.alpha2) ?? language.identifier
    }

    /// The language's name in English; the code itself where it has none.
    public static func name(_ code: String) -> String {
        english.localizedString(forLanguageCode: code) ?? code
    }

    private static let english = Locale(identifier: "en_US")

    /// Libraries' own codes (ISO 639-2/B) of languages that have another one in ISO 639-2/T.
    private static let bibliographic = [
        "alb": "sq", "arm": "hy", "baq": "eu", "bur": "my", "chi": "zh", "cze": "cs", "dut": "nl", "fre": "fr",
        "geo": "ka", "ger": "de", "gre": "el", "ice": "is", "mac": "mk", "mao": "mi", "may": "ms", "per": "fa",
        "rum": "ro", "slo": "sk", "tib": "bo", "wel": "cy",
    ]

    private static let byName: [String: String] = Locale.LanguageCode.isoLanguageCodes.reduce(into: [:]) {
        names, code in
        guard let short = code.identifier(.alpha2), let name = english.localizedString(forLanguageCode: short) else {
            return
        }
        names[name.lowercased()] = short
    }
}
