import Catalog
import CatalogStore
import Ranking
import TextIndex
import VectorIndex

/// Completes what a reader types: every word but the last as it is spelt, or nearly so, and the last as the beginning of one.
struct Suggester: Sendable {
    private let lexicon: Lexicon
    /// By row.
    private let readers: [UInt32]
    private let authors: CodedLists
    /// Of all books of each author, by code.
    private let authorReaders: [Int]

    /// O(works).
    init(_ columns: CatalogColumns, _ lexicon: Lexicon) {
        self.lexicon = lexicon
        readers = columns.ratingsCounts
        authors = columns.authors
        var sums = [Int](repeating: 0, count: authors.names.count)
        for row in 0..<columns.count {
            for code in authors[row] { sums[Int(code)] += Int(columns.ratingsCounts[row]) }
        }
        authorReaders = sums
    }

    /// Rows of works whose names have all the words, the most read first.
    struct Found {
        /// Rows whose titles begin with the words come before others.
        var titles: [Int]
        /// Codes of authors all of whose words are asked for.
        var authors: [Int]
    }

    /// O(vocabulary near the words + postings).
    /// - Parameters:
    ///   - words: folded, at least one.
    ///   - isOpen: the last word may go on.
    func find(_ words: [String], isOpen: Bool, limit: Int) -> Found {
        let index = lexicon.names
        var rows: RowFilter?
        var meant: [Set<UInt32>] = []
        for (place, word) in words.enumerated() {
            let terms = terms(of: word, isOpen: isOpen && place == words.count - 1)
            guard !terms.isEmpty else { return Found(titles: [], authors: []) }
            var own = RowFilter(count: index.documentCount)
            for term in terms { index.forEachPosting(Int(term)) { row, _ in own.insert(row) } }
            if rows == nil { rows = own } else { rows?.formIntersection(own) }
            meant.append(terms)
        }
        guard let rows else { return Found(titles: [], authors: []) }
        var titles: [(row: Int, begins: Bool)] = []
        var writers: [Int] = []
        // An author of many books is looked at once.
        var seen: Set<UInt32> = []
        var mostRead = BoundedRanking(capacity: Self.mostLookedAt)
        rows.forEach { mostRead.offer(($0, Double(readers[$0]))) }
        for (row, _) in mostRead.kept {
            lexicon.withNames(ofWorkAt: row) { names in
                func says(_ name: Lexicon.Terms) -> Bool {
                    name.contains { term in meant.contains { $0.contains(term) } }
                }
                guard says(names.title) || says(names.other) else { return }
                titles.append((row, begins: names.title.contains { meant[0].contains($0) }))
            }
            for code in authors[row] where seen.insert(code).inserted {
                let own = FoldedText.words(of: authors.names[Int(code)]).compactMap(index.term).map(UInt32.init)
                if meant.allSatisfy({ terms in own.contains(where: terms.contains) }) { writers.append(Int(code)) }
            }
        }
        titles.sort { ($0.begins ? 1 : 0, readers[$0.row], $1.row) > ($1.begins ? 1 : 0, readers[$1.row], $0.row) }
        let ranked = writers.sorted { (authorReaders[$0], $1) > (authorReaders[$1], $0) }
        return Found(titles: Array(titles.prefix(limit).map(\.row)), authors: Array(ranked.prefix(limit)))
    }

    /// Beginnings of a letter or two fit a large part of a catalogue, of which only the most read can be shown.
    private static let mostLookedAt = 2_000

    /// At most so many words of one beginning: "a" begins thousands.
    private static let mostTerms = 3_000

    private func terms(of word: String, isOpen: Bool) -> Set<UInt32> {
        let index = lexicon.names
        if isOpen {
            let range = index.terms(withPrefix: word)
            if !range.isEmpty { return Set(range.prefix(Self.mostTerms).map(UInt32.init)) }
        } else if let term = index.term(word) {
            return [UInt32(term)]
        }
        let length = word.unicodeScalars.count
        guard length >= 4, length <= 40 else { return [] }
        var terms = Set(lexicon.nearNames.terms(near: word, edits: length < 7 ? 1 : 2).map { UInt32($0.term) })
        if isOpen {
            for beginning in Self.beginnings(near: word) {
                terms.formUnion(index.terms(withPrefix: beginning).prefix(Self.mostTerms).map(UInt32.init))
            }
        }
        return terms
    }

    /// What may have been meant by the beginning of a word with one mistake in it: two letters swapped, one too many, another
    /// one, or one missing. O(length * letters).
    private static func beginnings(near word: String) -> [String] {
        let scalars = Array(word.unicodeScalars)
        let letters = "abcdefghijklmnopqrstuvwxyz".unicodeScalars
        var all: [[Unicode.Scalar]] = []
        for place in scalars.indices {
            var changed = scalars
            changed.remove(at: place)
            all.append(changed)
            for letter in letters {
                changed = scalars
                changed[place] = letter
                all.append(changed)
                changed = scalars
                changed.insert(letter, at: place)
                all.append(changed)
            }
            if place > 0 {
                changed = scalars
                changed.swapAt(place - 1, place)
                all.append(changed)
            }
        }
        return all.map { String(String.UnicodeScalarView($0)) }
    }

    func readers(ofAuthor code: Int) -> Int { authorReaders[code] }
    func author(_ code: Int) -> String { authors.names[code] }
    func readers(ofWorkAt row: Int) -> Int { Int(readers[row]) }
}

extension Recommender {
    public func suggestions(for text: String, limit: Int) throws -> [Suggestion] {
        guard text.utf8.count <= SearchRequest.longestQuery else {
            throw RequestError.queryTooLong(bytes: text.utf8.count)
        }
        guard SearchRequest.limits.contains(limit) else { throw RequestError.limitOutOfRange(limit) }
        let words = FoldedText.words(of: text)
        guard !words.isEmpty, words.count <= 12 else { return [] }
        // A space after a word says that it is whole.
        let isOpen = text.last.map { !$0.isWhitespace } ?? true
        let found = suggester.find(words, isOpen: isOpen, limit: limit * 2)
        var suggestions = found.authors.prefix(max(1, limit / 3)).map { code in
            Suggestion(kind: .author, text: suggester.author(code), readers: suggester.readers(ofAuthor: code))
        }
        var series: [SeriesName: Int] = [:]
        var titles: [Suggestion] = []
        for (row, shown) in try zip(found.titles, shownWorks(atRows: found.titles)) {
            let work = shown.work
            let readers = suggester.readers(ofWorkAt: row)
            titles.append(
                Suggestion(kind: .title, text: work.title, authors: work.authors, book: work.id, readers: readers))
            if let name = work.series.map(SeriesName.init),
                words.dropLast().allSatisfy(FoldedText.words(of: name.text).contains),
                FoldedText.words(of: name.text).contains(where: { $0.hasPrefix(words[words.count - 1]) })
            {
                series[name, default: 0] += readers
            }
        }
        suggestions += series.sorted { ($0.value, $1.key.text) > ($1.value, $0.key.text) }.prefix(max(1, limit / 3)).map
        {
            Suggestion(kind: .series, text: $0.key.text, readers: $0.value)
        }
        suggestions += titles
        let ranked = suggestions.enumerated().sorted {
            ($0.element.readers, $1.offset) > ($1.element.readers, $0.offset)
        }
        return Array(ranked.prefix(limit).map(\.element))
    }
}
