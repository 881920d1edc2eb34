import Foundation

/// Text reduced to what matters when titles and names are compared.
public enum FoldedText {
    /// Lower case, without accents, letters and digits of every script kept, everything else one space. O(n).
    public static func fold(_ text: String) -> String {
        words(of: text).joined(separator: " ")
    }

    /// The folded words in their order. An apostrophe joins what it stands between: "don't" is one word.
    public static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        func endWord() {
            if !word.isEmpty { words.append(String(word)) }
            word = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            // Most of any description: without a look into the tables of Unicode.
            case "a"..."z", "0"..."9": word.append(scalar)
            case "A"..."Z": word.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
            case "'", "\u{2019}": continue
            case "\0"..."\u{7F}": endWord()
            default:
                for part in String(scalar).decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
                    switch part.properties.generalCategory {
                    case .nonspacingMark: continue
                    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
                        .spacingMark,
                        .decimalNumber, .letterNumber, .otherNumber:
                        word.append(part)
                    default: endWord()
                    }
                }
            }
        }
        endWord()
        return words
    }
}
