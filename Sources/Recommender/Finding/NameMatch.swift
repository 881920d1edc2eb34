import Catalog
import Ranking
import TextIndex

/// How the words of a query name a work.
struct NameMatch: Equatable {
    enum Kind: Equatable {
        /// The query is the title, perhaps with subtitle, series or authors, and nothing else.
        case exactTitle
        /// The query is the title, perhaps with more of the name, but for how it is spelt.
        case misspeltTitle
        /// The whole title stands in the query, or nearly so.
        case wholeTitle
        /// The query names an author and nothing else.
        case author
        /// The query is a part of the title, perhaps with an author.
        case partOfTitle
    }

    let kind: Kind
    /// 0...1
    let value: Double
    /// Words that were taken to be others, as the reader and as the work spells them.
    let corrections: [Understanding.Correction]

    /// How sure it is that the query is the title and nothing else, 0...1.
    var certainty: Double {
        switch kind {
        case .exactTitle: 1
        case .misspeltTitle: value
        case .wholeTitle, .author, .partOfTitle: 0
        }
    }
}

/// Finds works by what they are called, whatever the spelling: up to two edits in words of five letters or more, one in shorter
/// ones (optimal string alignment distance), words joined or split, words missing or added.
struct NameSearch {
    /// The terms that one word of the query, or two of them joined, may stand for.
    struct Reading {
        let positions: Range<Int>
        /// Likeness by term, 0...1.
        var terms: [UInt32: Float]
    }

    /// Words beyond so many describe a book; names are looked for as they are spelt then.
    private static let mostWordsForSpelling = 12
    private static let mostWordsForKnown = 5
    private static let mostWords = 24
    private static let candidates = 100

    private let words: [String]
    private let lexicon: Lexicon
    private var readings: [Reading] = []
    /// What each word of the query says of a name.
    private let weights: [Float]

    /// O(words * vocabulary), and much less where little of it is near.
    /// - Parameter words: folded.
    init(_ words: [String], in lexicon: Lexicon, readsSpelling: Bool = true) {
        self.words = words
        self.lexicon = lexicon
        let index = lexicon.names
        weights = words.map { word in
            let weight = index.term(word).map(index.inverseDocumentFrequency) ?? Self.unknownWeight
            return CommonWords.contains(word) ? weight * Lexicon.commonWeight : weight
        }
        guard words.count <= Self.mostWords else { return }
        let readsSpelling = readsSpelling && words.count <= Self.mostWordsForSpelling
        for (place, word) in words.enumerated() {
            let edits = readsSpelling ? Self.edits(word, of: words.count, in: index) : 0
            readings.append(Reading(positions: place..<place + 1, terms: Self.near(word, edits: edits, in: lexicon)))
        }
        guard readsSpelling else { return }
        for place in words.indices.dropLast() {
            let pair = words[place...place + 1]
            let joined = pair.joined()
            guard joined.unicodeScalars.count >= 5 else { continue }
            let isMisspelt = pair.contains { index.term($0) == nil }
            let own = readings[place].terms.keys
            let next = readings[place + 1].terms.keys
            let terms = (isMisspelt ? Self.near(joined, edits: 1, in: lexicon) : Self.same(joined, in: lexicon))
                .filter { !own.contains($0.key) && !next.contains($0.key) }
            if !terms.isEmpty {
                readings.append(
                    Reading(positions: place..<place + 2, terms: terms.mapValues { $0 * Self.joinedLikeness }))
            }
        }
        for (place, word) in words.enumerated() where index.term(word) == nil {
            let scalars = Array(word.unicodeScalars)
            guard scalars.count >= 6 else { continue }
            for cut in 2..<scalars.count - 1 {
                let head = String(String.UnicodeScalarView(scalars[..<cut]))
                let tail = String(String.UnicodeScalarView(scalars[cut...]))
                guard let first = index.term(head), let second = index.term(tail) else { continue }
                for term in [first, second] {
                    readings[place].terms[UInt32(term)] = max(
                        readings[place].terms[UInt32(term)] ?? 0, Self.splitLikeness)
                }
            }
        }
    }

    /// Of a word that no name has: about that of a rare one.
    private static let unknownWeight: Float = 7
    private static let joinedLikeness: Float = 0.95
    /// Of a word and each of the two that it is, joined.
    static let splitLikeness: Float = 0.9

    private static func same(_ word: String, in lexicon: Lexicon) -> [UInt32: Float] {
        lexicon.names.term(word).map { [UInt32($0): 1] } ?? [:]
    }

    private static func near(_ word: String, edits: Int, in lexicon: Lexicon) -> [UInt32: Float] {
        let length = word.unicodeScalars.count
        guard edits > 0, length <= 40 else { return same(word, in: lexicon) }
        var terms: [UInt32: Float] = [:]
        for (term, distance) in lexicon.nearNames.terms(near: word, edits: edits) {
            terms[UInt32(term)] = 1 - 1.2 * Float(distance) / Float(max(4, length))
        }
        return terms
    }

    /// How many edits a word of the query may be away from what was meant. One that is there is seldom meant to be another, but
    /// in a short title it may.
    private static func edits(_ word: String, of words: Int, in index: InvertedIndex) -> Int {
        if words > mostWordsForKnown, index.term(word) != nil { return 0 }
        let length = word.unicodeScalars.count
        return length < 3 ? 0 : length < 5 ? 1 : 2
    }

    /// The works that the words name, by row. O(postings of the terms).
    func matches() -> [Int: NameMatch] {
        guard !readings.isEmpty else { return [:] }
        let index = lexicon.names
        var sums = [Float](repeating: 0, count: index.documentCount)
        var best = sums
        for reading in readings where !reading.terms.isEmpty {
            // Each work counts once, by whichever of the terms says most.
            for (term, likeness) in reading.terms {
                let weight = likeness * index.inverseDocumentFrequency(Int(term))
                index.forEachBlock(ofDocumentsWith: Int(term)) { rows in
                    for row in rows where best[Int(row)] < weight { best[Int(row)] = weight }
                }
            }
            for term in reading.terms.keys {
                index.forEachBlock(ofDocumentsWith: Int(term)) { rows in
                    for row in rows {
                        sums[Int(row)] += best[Int(row)]
                        best[Int(row)] = 0
                    }
                }
            }
        }
        var ranking = BoundedRanking(capacity: Self.candidates)
        ranking.offer(sums)
        var judge = NameJudge(words, readings, weights, in: lexicon)
        return ranking.kept.reduce(into: [:]) { matches, kept in
            if kept.score > 0 { matches[kept.row] = judge.match(kept.row) }
        }
    }
}

extension Lexicon {
    /// What words that stand nowhere were probably meant to be: what the work that they name best has in their place.
    func corrections(of words: [String], by names: [Int: NameMatch]) -> [String: String] {
        let stemmer = Stemmer()
        let unknown = Set(words.filter { !CommonWords.contains($0) && keywords.term(stemmer.stem($0)) == nil })
        guard !unknown.isEmpty,
            let best = names.max(by: { ($0.value.value, $1.key) < ($1.value.value, $0.key) })?.value, best.value > 0.04
        else { return [:] }
        return best.corrections.reduce(into: [:]) { meant, correction in
            if unknown.contains(correction.from) { meant[correction.from] = correction.to }
        }
    }
}
