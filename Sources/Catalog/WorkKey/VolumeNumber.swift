/// The number of a volume, book, part or issue within the words of a title.
struct VolumeNumber {
    /// As it stands in the key: `v3`, `b3`, `p3`, `n3`: a part is not a volume, nor an issue one.
    var mark: String
    /// The words of the piece before and after it.
    var before: [String]
    var after: [String]
    /// "Book Three of ...", "Part Two in ...": the place of a work in a series, not of a volume in a work.
    var isPlaceInSeries = false
    var isRange = false

    /// The first such number in the words, where it ends them or something parts it from what follows. O(n).
    init?(in words: [String]) {
        // Most titles have none: without a look into the tables.
        guard words.contains(where: { $0.utf8.first.map(Self.mayBeginNumber) == true }) else { return nil }
        for index in words.indices {
            guard let letter = Self.letters[words[index]] else { continue }
            if let found = Self.number(in: words, after: index) {
                // "The No. 1 Ladies' Detective Agency", "Book 1 Blues": part of the wording.
                let next = found.end < words.count ? words[found.end] : ","
                guard Self.partings.contains(next) || letter == "v" else { continue }
                self.init(words, from: index, to: found.end, mark: letter + found.text)
                isRange = found.isRange
                return
            }
            if index > 0, let ordinal = Self.ordinal(words[index - 1]), letter != "n",
                index + 1 == words.count || Self.partings.contains(words[index + 1])
            {
                self.init(words, from: index - 1, to: index + 1, mark: letter + ordinal)
                return
            }
        }
        return nil
    }

    private init(_ words: [String], from start: Int, to end: Int, mark: String) {
        self.mark = mark
        before = Array(words[..<start])
        while before.last == "," || before.last.map(Self.fillers.contains) == true { before.removeLast() }
        after = Array(words[end...])
        if let next = after.first, next == "of" || next == "in" || next == "from" || next == "de" {
            // "2 of 2" counts, "3 of the Wheel of Time" names the series.
            if after.count > 1, after[1].utf8.first.map({ $0 >= 0x30 && $0 <= 0x39 }) == true {
                after.removeFirst(2)
            } else if next != "de" {
                isPlaceInSeries = true
            }
        }
        while after.first == "," { after.removeFirst() }
    }

    /// The number after a word such as "volume", with what makes a range of it: `1-3`, `1 and 2`, `one to three`.
    private static func number(in words: [String], after index: Int) -> (text: String, end: Int, isRange: Bool)? {
        var place = index + 1
        // "Vol. Book 20", "Vol. #3"
        while place < words.count, letters[words[place]] != nil || words[place] == "the" { place += 1 }
        guard place < words.count, let first = value(words[place], after: words[index]) else { return nil }
        var last: String?
        place += 1
        while place + 1 < words.count, joiners.contains(words[place]),
            let next = value(words[place + 1], after: words[index])
        {
            // After a comma only a greater number belongs to it: "Books 1, 2".
            last = next
            place += 2
        }
        if let last { return ("\(first)-\(last)", place, true) }
        return (first, place, first.contains("-"))
    }

    private static func value(_ word: String, after unit: String) -> String? {
        guard let byte = word.utf8.first else { return nil }
        if byte >= 0x30, byte <= 0x39 {
            return word.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2D || $0 == 0x2E } ? word : nil
        }
        guard unit != "#", unit != "no", unit != "v" else { return nil }
        return TitleNumbers.roman(word).map(String.init)
    }

    /// A digit, or the first letter of a Roman numeral.
    private static func mayBeginNumber(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39 || byte == UInt8(ascii: "i") || byte == UInt8(ascii: "v")
            || byte == UInt8(ascii: "x")
    }

    private static func ordinal(_ word: String) -> String? {
        word.hasSuffix("th") && word.utf8.first.map { $0 >= 0x30 && $0 <= 0x39 } == true
            ? String(word.dropLast(2)) : nil
    }

    private static let letters: [String: String] = [
        "vol": "v", "vols": "v", "volume": "v", "volumes": "v", "v": "v", "tome": "v", "tomo": "v", "band": "v",
        "bk": "b", "book": "b", "books": "b", "part": "p", "episode": "p", "parts": "p", "pt": "p", "teil": "p",
        "#": "n", "no": "n", "nr": "n", "number": "n", "issue": "n",
    ]
    private static let partings: Set<String> = [",", "of", "in", "from", "de"]
    private static let joiners: Set<String> = [",", "and", "to", "through"]
    private static let fillers: Set<String> = ["the", "novelization"]
}
