/// Words set in lines at a size at which they fit, for pictures, where nothing breaks lines for us.
///
/// Widths are estimates for a bold book face: the reader's machine chooses the real one. They err on the wide side.
struct TextSetting: Equatable {
    let lines: [String]
    let size: Double
    /// Distance from one baseline to the next, in units of the size.
    static let leading = 1.16

    var height: Double { Double(lines.count) * size * Self.leading }

    /// Takes the largest of the sizes at which the words fit. At the smallest, words are broken and the rest is cut.
    ///
    /// - Parameters:
    ///   - sizes: From large to small; at least one.
    ///   - spacing: What is added after each character, in units of the size.
    init(_ text: String, width: Double, height: Double, sizes: [Double], spacing: Double = 0) {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        for size in sizes {
            let lines = Self.wrap(words, width: width / size, spacing: spacing)
            let longest = lines.map { Self.width(of: $0, spacing: spacing) }.max() ?? 0
            if longest * size <= width, Double(lines.count) * size * Self.leading <= height {
                self.lines = lines
                self.size = size
                return
            }
        }
        let size = sizes.last ?? 1
        let pieces = words.flatMap { Self.pieces(of: $0, width: width / size, spacing: spacing) }
        let lines = Self.wrap(pieces, width: width / size, spacing: spacing)
        let room = max(1, Int(height / (size * Self.leading)))
        self.lines = lines.count <= room ? lines : lines.prefix(room - 1) + [lines[room - 1] + "…"]
        self.size = size
    }

    /// The width of a text at size 1.
    static func width(of text: String, spacing: Double = 0) -> Double {
        text.reduce(0) { $0 + width(of: $1) + spacing }
    }

    private static func width(of character: Character) -> Double {
        switch character {
        case "i", "j", "l", "t", "f", "r", "I", "'", "’", ",", ".", ":", ";", "!", "|", "(", ")", "[", "]", "-": 0.38
        case " ": 0.27
        case "m", "w": 0.86
        case "M", "W", "@", "%", "—", "…": 1.0
        case "a"..."z", "0"..."9": 0.56
        case "A"..."Z", "&": 0.74
        default: character.unicodeScalars.first.map { $0.value < 0x2E80 ? 0.66 : 1.02 } ?? 0.6
        }
    }

    private static func wrap(_ words: [String], width: Double, spacing: Double) -> [String] {
        var lines: [String] = []
        for word in words {
            if let last = lines.last, Self.width(of: last + " " + word, spacing: spacing) <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(word)
            }
        }
        return lines
    }

    /// A word too long for a line, in pieces that are not.
    private static func pieces(of word: String, width: Double, spacing: Double) -> [String] {
        var pieces = [""]
        for character in word {
            let longer = pieces[pieces.count - 1] + String(character)
            if Self.width(of: longer, spacing: spacing) <= width || pieces[pieces.count - 1].isEmpty {
                pieces[pieces.count - 1] = longer
            } else {
                pieces.append(String(character))
            }
        }
        return pieces
    }
}
