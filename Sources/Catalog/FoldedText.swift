import Foundation

/// Text reduced to what matters when titles and names are compared.
public enum FoldedText {
    /// Lower case, without accents, letters and digits of every script kept, everything else one space. O(n).
    public static func fold(_ text: String) -> String {
        words(of: text).joined(separator: " ")
    }

    /// The folded words in their order. An apostrophe joins what it stands between: "don't" is one word.
    public static func words(of text: String) -> [String] {
        let plain = text.decomposedStringWithCompatibilityMapping.lowercased()
        var words: [String] = []
        var word = String.UnicodeScalarView()
        for scalar in plain.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .nonspacingMark: continue
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .spacingMark,
                .decimalNumber, .letterNumber, .otherNumber:
                word.append(scalar)
            default:
                if scalar == "'" || scalar == "\u{2019}" { continue }
                if !word.isEmpty { words.append(String(word)) }
                word = String.UnicodeScalarView()
            }
        }
        if !word.isEmpty { words.append(String(word)) }
        return words
    }
}
