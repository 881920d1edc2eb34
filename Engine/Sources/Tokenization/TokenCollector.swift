/// The state of one text's tokenization: the tokens so far, and the word that
/// is being read.
struct TokenCollector {
    private let vocabulary: Vocabulary
    private let special: SpecialTokens
    private let lowercases: Bool
    /// How many tokens are wanted, the last one not counted.
    private let limit: Int
    private var tokens: [Int32] = []

    /// The word so far, in UTF-8; only its first characters if it is too long.
    private var word: [UInt8] = []
    /// The number of characters (code points) of the word.
    private var wordLength = 0
    /// Kept marks that wait for their canonical order.
    private var marks: [(point: UInt32, combiningClass: UInt8)] = []

    /// Beyond this many characters a word counts as unknown.
    private static let longestWord = 100

    init(tokenizer: WordPieceTokenizer, limit: Int) {
        vocabulary = tokenizer.vocabulary
        special = tokenizer.special
        lowercases = tokenizer.lowercases
        self.limit = limit
        tokens.reserveCapacity(min(limit + 1, 64))
        word.reserveCapacity(4 * Self.longestWord)
    }

    private var isFull: Bool { tokens.count >= limit }

    /// Adds `token` if there is room.
    mutating func append(_ token: Int32) {
        if !isFull { tokens.append(token) }
    }

    /// All tokens, closed by `end`.
    mutating func finish(with end: Int32) -> [Int32] {
        tokens.append(end)
        return tokens
    }

    /// Adds the tokens of `text`, until there are enough.
    mutating func take(_ text: String) {
        var text = text
        text.withUTF8 { unsafe take($0) }
    }

    private mutating func take(_ text: UnsafeBufferPointer<UInt8>) {
        var place = 0
        while place < text.count, !isFull {
            let byte = unsafe text[place]
            if byte < 0x80 {
                if byte == 0x5B, let literal = unsafe special.literal(in: text, at: place) {
                    endWord()
                    append(literal.id)
                    place += literal.length
                } else {
                    takeASCII(byte)
                    place += 1
                }
            } else {
                unsafe takeBeyondASCII(Self.decode(text, at: &place))
            }
        }
        endWord()
    }

    /// Reads one code point beyond ASCII, of which a `String` has only well
    /// formed ones.
    @inline(__always)
    private static func decode(_ text: UnsafeBufferPointer<UInt8>, at place: inout Int) -> UInt32 {
        let byte = unsafe UInt32(text[place])
        let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        var point = byte & (0x7F >> UInt32(length))
        for next in place + 1..<place + length { point = unsafe point << 6 | UInt32(text[next] & 0x3F) }
        place += length
        return point
    }
}

// MARK: - Characters

extension TokenCollector {
    @inline(__always)
    private mutating func takeASCII(_ byte: UInt8) {
        switch byte {
        case 0x61...0x7A, 0x30...0x39:
            addStarter(byte)
        case 0x41...0x5A:
            addStarter(lowercases ? byte | 0x20 : byte)
        case 0x20, 0x09, 0x0A, 0x0D:
            endWord()
        case 0x00..<0x20, 0x7F:
            return
        default:
            // All other ASCII characters are punctuation.
            endWord()
            addStarter(byte)
            endWord()
        }
    }

    private mutating func takeBeyondASCII(_ point: UInt32) {
        switch CharacterTables.kind(of: point) {
        case .removed:
            return
        case .space:
            endWord()
        case .mark:
            if !lowercases { add(point) }
        case .blockingMark:
            if lowercases { placeMarks() } else { add(point) }
        case .ideograph:
            endWord()
            fold(point)
            endWord()
        case .ordinary:
            fold(point)
        }
    }

    private mutating func fold(_ point: UInt32) {
        guard lowercases else {
            add(point)
            return
        }
        CharacterTables.withFolding(of: point) { add($0) }
    }

    /// Adds a character that is not changed any more.
    private mutating func add(_ point: UInt32) {
        // Without lowercasing nothing is decomposed, and nothing reordered.
        let combiningClass = lowercases ? CharacterTables.combiningClass(point) : 0
        if combiningClass != 0 {
            // More of them than a word may have make it unknown in any order.
            if marks.count <= Self.longestWord {
                marks.append((point, combiningClass))
            } else {
                wordLength += 1
            }
            return
        }
        placeMarks()
        if CharacterTables.isPunctuation(point) {
            endWord()
            write(point)
            endWord()
        } else {
            write(point)
        }
    }

    /// Adds waiting marks to the word, in the order of their classes; those
    /// of one class stay in theirs. Unicode Standard, 3.11, D109.
    private mutating func placeMarks() {
        guard !marks.isEmpty else { return }
        let ordered = marks.enumerated().sorted {
            ($0.element.combiningClass, $0.offset) < ($1.element.combiningClass, $1.offset)
        }
        marks.removeAll(keepingCapacity: true)
        for mark in ordered { write(mark.element.point) }
    }

    @inline(__always)
    private mutating func addStarter(_ byte: UInt8) {
        if !marks.isEmpty { placeMarks() }
        wordLength += 1
        if wordLength <= Self.longestWord { word.append(byte) }
    }

    private mutating func write(_ point: UInt32) {
        wordLength += 1
        guard wordLength <= Self.longestWord, let scalar = Unicode.Scalar(point) else { return }
        word += UTF8.encode(scalar)!
    }
}

// MARK: - Words

extension TokenCollector {
    /// Adds the tokens of the word, if there is one, and starts another.
    private mutating func endWord() {
        if !marks.isEmpty { placeMarks() }
        guard wordLength > 0 else { return }
        let before = tokens.count
        let isKnown = wordLength <= Self.longestWord && appendPieces()
        if !isKnown {
            tokens.removeSubrange(before...)
            append(special.unknown)
        }
        word.removeAll(keepingCapacity: true)
        wordLength = 0
    }

    /// Adds the pieces of the word, each the longest that the vocabulary has
    /// there. False if there is none somewhere; tokens may then hold the
    /// pieces before it.
    private mutating func appendPieces() -> Bool {
        // All pieces count, those too for which there is no room: one that is
        // not found makes the entire word unknown.
        let word = word
        return unsafe word.withUnsafeBufferPointer { word in
            var start = 0
            while start < word.count {
                guard let piece = unsafe longestPiece(of: word, from: start) else { return false }
                if tokens.count < limit { tokens.append(piece.id) }
                start = piece.end
            }
            return true
        }
    }

    @inline(__always)
    private func longestPiece(of word: UnsafeBufferPointer<UInt8>, from start: Int) -> (id: Int32, end: Int)? {
        let continues = start > 0
        var best: (id: Int32, end: Int)?
        var hash = Vocabulary.Hash.basis(continues: continues)
        let longest = min(word.count, start + vocabulary.longest)
        for place in start..<longest {
            hash = unsafe Vocabulary.Hash.adding(word[place], to: hash)
            let piece = unsafe UnsafeBufferPointer(rebasing: word[start...place])
            if let id = unsafe vocabulary.find(piece, hash: hash, continues: continues) { best = (id, place + 1) }
        }
        return best
    }
}
