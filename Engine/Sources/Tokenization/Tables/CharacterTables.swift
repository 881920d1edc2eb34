/// What becomes of a code point in the first steps of tokenization.
enum CharacterKind: UInt8 {
    /// It stays, or is mapped.
    case ordinary
    /// It goes, before anything else happens: control characters and the like.
    case removed
    /// It parts words.
    case space
    /// It goes as an accent: a nonspacing mark.
    case mark
    /// As `mark`; but marks do not move across it (its combining class is 0).
    case blockingMark
    /// It is a word of its own, mapped or not.
    case ideograph
}

/// What GPT-2's pre-tokenization takes a code point for.
enum WordClass: UInt8 {
    case letter
    case number
    case space
    /// Anything else: punctuation, symbols, marks, control characters.
    case other
}

/// Character properties as the `tokenizers` library sees them, for code
/// points beyond ASCII unless said otherwise.
///
/// The tables in the files beside this one are generated. Swift's own
/// properties would come near, but follow the Unicode version of the standard
/// library, while a model was trained with the characters of its day.
enum CharacterTables {
    /// The kind of `point`. O(log n).
    static func kind(of point: UInt32) -> CharacterKind {
        guard let run = run(of: point, first: kindFirst, last: kindLast) else { return .ordinary }
        return kindOfRun[run]
    }

    /// Whether `point` is punctuation, a word of its own; ASCII included.
    /// O(log n).
    static func isPunctuation(_ point: UInt32) -> Bool {
        run(of: point, first: punctuationFirst, last: punctuationLast) != nil
    }

    /// The canonical combining class of a mark that is kept, else 0. O(log n).
    static func combiningClass(_ point: UInt32) -> UInt8 {
        guard let run = run(of: point, first: classFirst, last: classLast) else { return 0 }
        return classOfRun[run]
    }

    /// The class of `point`; ASCII included. O(log n).
    static func wordClass(of point: UInt32) -> WordClass {
        guard let run = run(of: point, first: wordClassFirst, last: wordClassLast) else { return .other }
        return wordClassOfRun[run]
    }

    /// Calls `body` with what `point` becomes by canonical decomposition,
    /// removal of accents and lowercasing, in this order. O(log n).
    @inline(__always)
    static func withFolding(of point: UInt32, _ body: (UInt32) -> Void) {
        if (0xAC00...0xD7A3).contains(point) {
            // Hangul syllables decompose by arithmetic: Unicode Standard, 3.12.
            let index = point - 0xAC00
            body(0x1100 + index / 588)
            body(0x1161 + index % 588 / 28)
            if !index.isMultiple(of: 28) { body(0x11A7 + index % 28) }
            return
        }
        let place = upperBound(of: point, in: mappedFrom)
        if place > 0, mappedFrom[place - 1] == point {
            body(mappedTo[place - 1])
        } else if let parts = expansion[point] {
            for part in parts { body(part) }
        } else {
            body(point)
        }
    }

    private static let expansion: [UInt32: [UInt32]] = {
        var expansion: [UInt32: [UInt32]] = [:]
        var place = 0
        while place < expansions.count {
            let end = place + 2 + Int(expansions[place + 1])
            expansion[expansions[place]] = Array(expansions[place + 2..<end])
            place = end
        }
        return expansion
    }()

    private static func run(of point: UInt32, first: [UInt32], last: [UInt32]) -> Int? {
        let run = upperBound(of: point, in: first) - 1
        return run >= 0 && point <= last[run] ? run : nil
    }

    /// The number of elements of the rising `points` that are <= `point`.
    private static func upperBound(of point: UInt32, in points: [UInt32]) -> Int {
        var low = 0
        var high = points.count
        while low < high {
            let middle = (low + high) / 2
            if points[middle] <= point { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
