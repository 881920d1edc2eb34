import Foundation

/// A title taken apart at its punctuation, words folded: what stands between colons, and what stands in brackets.
///
/// Punctuation parts a title differently in every source, so each part is looked at by itself later.
struct TitleParts {
    /// What stands between two colons, dashes, or the title and the subtitle.
    struct Piece {
        /// Folded words, and among them "," for a comma, "#" for a number sign and "and" for an ampersand.
        var words: [String] = []
        /// It holds " / ", " ; " or " * ": the names of several works in one book.
        var isList = false
    }

    private(set) var pieces: [Piece] = [Piece()]
    /// What stood in brackets at the end of a piece. Brackets within a piece are part of its wording.
    private(set) var brackets: [[String]] = []

    private var word: [UInt8] = []
    /// The words of the bracket that is open.
    private var inner: [String] = []
    private var depth = 0

    /// A subtitle may begin with a bracket, a title may not: "(The Book) ..." would be all of its name.
    private let followsTitle: Bool

    /// No title is longer; what comes later is not read.
    private static let longest = 2_000

    /// O(n) in the length of the text.
    init(_ text: String, followingTitle: Bool = false) {
        followsTitle = followingTitle
        word.reserveCapacity(24)
        let scalars = Array(text.unicodeScalars.prefix(Self.longest))
        var index = 0
        while index < scalars.count {
            index += take(scalars, at: index)
        }
        endWord()
        if !inner.isEmpty { brackets.append(inner) }
        pieces.removeAll { $0.words.allSatisfy { $0 == "," } }
    }

    mutating func append(_ other: TitleParts) {
        pieces += other.pieces
        brackets += other.brackets
    }
}

extension TitleParts {
    /// - Returns: how many scalars it took.
    private mutating func take(_ scalars: [Unicode.Scalar], at index: Int) -> Int {
        let scalar = scalars[index]
        func at(_ offset: Int) -> Unicode.Scalar {
            let place = index + offset
            return scalars.indices.contains(place) ? scalars[place] : " "
        }
        switch scalar {
        case "a"..."z", "0"..."9": word.append(UInt8(scalar.value))
        case "A"..."Z": word.append(UInt8(scalar.value) | 0x20)
        case "'", "\u{2019}", "\u{2018}", "\u{2BC}", "\u{2BB}", "`", "\u{B4}": break
        case ".":
            // "2.0" is a number, "J.R.R." one word; any other period parts words.
            if at(-1).isDigit && at(1).isDigit {
                word.append(UInt8(ascii: "."))
            } else if !(isInitials(scalars, before: index) && at(1).isASCIILetter && at(2) == ".") {
                endWord()
            }
        case ",":
            // "20,000" is one number.
            if at(-1).isDigit && at(1).isDigit && at(2).isDigit && at(3).isDigit && !at(4).isDigit { break }
            mark(",")
        case ":", "\u{FF1A}", "\u{2014}", "|": endPiece()
        case "-", "\u{2010}", "\u{2013}", "\u{2212}": return takeDash(scalars, at: index)
        case "/", "*": if at(-1) == " " && at(1) == " " { markList() } else { endWord() }
        case ";": markList()
        case "&": mark("and")
        case "+": if at(-1) == " " { mark("and") } else { endWord() }
        case "#": mark("#")
        case "(", "[", "{":
            endWord()
            depth += 1
        case ")", "]", "}":
            endWord()
            depth = max(0, depth - 1)
            if depth == 0 { endBracket(next: scalars[(index + 1)...].first { $0 != " " }) }
        case "\0"..."\u{7F}": endWord()
        default: takeOther(scalar)
        }
        return 1
    }

    /// A dash with a space beside it, and a double one, part as a colon does; between digits it makes a range.
    private mutating func takeDash(_ scalars: [Unicode.Scalar], at index: Int) -> Int {
        var end = index + 1
        while end < scalars.count, scalars[end] == "-" || scalars[end] == "\u{2013}" { end += 1 }
        let isDouble = end > index + 1
        let isSpaced = index > 0 && scalars[index - 1] == " " || end < scalars.count && scalars[end] == " "
        let before = scalars[..<index].last { $0 != " " }
        let after = scalars[end...].first { $0 != " " }
        if !isDouble, before?.isDigit == true, after?.isDigit == true {
            if isSpaced, let last = depth > 0 ? inner.popLast() : pieces[pieces.count - 1].words.popLast() {
                word = Array(last.utf8)
                while end < scalars.count, scalars[end] == " " { end += 1 }
            }
            word.append(UInt8(ascii: "-"))
        } else if isDouble || isSpaced {
            endPiece()
        } else {
            endWord()
        }
        return end - index
    }

    private mutating func takeOther(_ scalar: Unicode.Scalar) {
        if let folded = LatinLetters.folded(scalar) {
            word += folded
            return
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark: break
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .spacingMark,
            .decimalNumber, .letterNumber, .otherNumber:
            let parts = FoldedText.words(of: String(scalar))
            for (index, part) in parts.enumerated() {
                if index > 0 { endWord() }
                word += Array(part.utf8)
            }
        default: endWord()
        }
    }

    /// Is what stands before this period a single letter, or single letters with periods?
    private func isInitials(_ scalars: [Unicode.Scalar], before index: Int) -> Bool {
        guard index > 0, scalars[index - 1].isASCIILetter else { return false }
        guard index > 1 else { return true }
        return scalars[index - 2] == "." || word.count == 1
    }

    private mutating func endWord() {
        guard !word.isEmpty else { return }
        put(String(decoding: word, as: UTF8.self))
        word.removeAll(keepingCapacity: true)
    }

    private mutating func put(_ text: String) {
        if depth > 0 { inner.append(text) } else { pieces[pieces.count - 1].words.append(text) }
    }

    private mutating func mark(_ text: String) {
        endWord()
        put(text)
    }

    private mutating func markList() {
        mark(",")
        if depth == 0, !pieces[pieces.count - 1].words.isEmpty { pieces[pieces.count - 1].isList = true }
    }

    private mutating func endPiece() {
        endWord()
        if depth > 0 {
            inner.append(",")
        } else if !pieces[pieces.count - 1].words.isEmpty {
            pieces.append(Piece())
        }
    }

    /// - Parameter next: what follows the bracket.
    private mutating func endBracket(next: Unicode.Scalar?) {
        defer { inner.removeAll() }
        let endsPiece =
            switch next {
            case nil, ":", ",", ";", "-", "\u{2013}", "\u{2014}", ".", "(", "[": true
            default: false
            }
        if endsPiece && (followsTitle || pieces.count > 1 || !pieces[0].words.isEmpty) {
            brackets.append(inner)
        } else {
            pieces[pieces.count - 1].words += inner
        }
    }
}

/// The letters of Latin scripts with an accent, or that English writes otherwise, and what they are folded to.
enum LatinLetters {
    /// - Returns: nil for any scalar that is not such a letter.
    static func folded(_ scalar: Unicode.Scalar) -> [UInt8]? {
        let index = Int(scalar.value) - 0xC0
        guard index >= 0, index < table.count else { return nil }
        return table[index]
    }

    /// U+00C0...U+024F. An accent goes, as `FoldedText` does it; these letters no accent makes.
    private static let table: [[UInt8]?] = (0xC0...0x24F).map { value in
        guard let scalar = Unicode.Scalar(UInt32(value)) else { return nil }
        let lower = scalar.properties.lowercaseMapping
        let known = [
            "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h",
        ]
        let folded = known[lower] ?? FoldedText.fold(lower)
        return folded.isEmpty ? nil : Array(folded.utf8)
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { "0"..."9" ~= self }
    fileprivate var isASCIILetter: Bool { "a"..."z" ~= self || "A"..."Z" ~= self }
}
