import TextIndex

/// Judges how well the words of one query name a work.
struct NameJudge {
    /// What of the query may stand for a term.
    private struct Asked {
        /// The best of `readings`, 0...1.
        var likeness: Float = 0
        var readings: [(number: Int, likeness: Float)] = []
    }

    private let words: [String]
    private let isArticle: [Bool]
    private let weights: [Float]
    private let totalWeight: Float
    private let readings: [NameSearch.Reading]
    private let lexicon: Lexicon
    private var terms: [UInt32: Asked] = [:]
    /// Of the work that is judged: how much of each word of the query stands in its names.
    private var coverage: [Float]
    /// Of the work that is judged: the term that each reading stands for in its names.
    private var meant: [(term: UInt32, likeness: Float)?]

    /// Of a work whose author is asked for and nothing else.
    private static let authorValue: Float = 0.8

    /// - Parameters:
    ///   - words: those of the query, folded.
    ///   - weights: what each of them says of a name.
    init(_ words: [String], _ readings: [NameSearch.Reading], _ weights: [Float], in lexicon: Lexicon) {
        self.words = words
        self.readings = readings
        self.weights = weights
        self.lexicon = lexicon
        isArticle = words.map(Lexicon.articles.contains)
        totalWeight = weights.reduce(0, +)
        coverage = [Float](repeating: 0, count: words.count)
        meant = [(term: UInt32, likeness: Float)?](repeating: nil, count: readings.count)
        for (number, reading) in readings.enumerated() {
            for (term, likeness) in reading.terms {
                terms[term, default: Asked()].readings.append((number, likeness))
                terms[term]!.likeness = max(terms[term]!.likeness, likeness)
            }
        }
    }

    /// Nil where the words hardly name the work. O(terms of its names).
    mutating func match(_ row: Int) -> NameMatch? {
        guard totalWeight > 0 else { return nil }
        for place in coverage.indices { coverage[place] = 0 }
        for reading in meant.indices { meant[reading] = nil }
        let lexicon = lexicon
        return lexicon.withNames(ofWorkAt: row) { names in
            let title = look(at: names.title)
            let other = look(at: names.other)
            let authors = look(at: names.authors).share
            let whole = max(title.share, (title + other).share)
            let asked = zip(coverage, weights).reduce(0) { $0 + $1.0 * $1.1 } / totalWeight
            let isAuthor = authors > 0 && whole == 0 && asked > 0.9
            // Squared, so that a name that is nearly named stands far above all that share a word with the query.
            let both = isAuthor ? Self.authorValue * asked : asked * whole
            let value = both * both
            guard value > 0.002 else { return nil }
            let isExact = isExact(names.title)
            let kind: NameMatch.Kind =
                isExact
                ? .exactTitle
                : isAuthor
                    ? .author
                    : isMisspelt(names.title) ? .misspeltTitle : title.share > 0.99 ? .wholeTitle : .partOfTitle
            return NameMatch(kind: kind, value: Double(isExact ? 1 : value), corrections: corrections())
        }
    }

    /// How much of a name stands in the query.
    private struct Found {
        var sum: Float = 0
        var total: Float = 0

        var share: Float { total > 0 ? sum / total : 0 }

        static func + (first: Found, second: Found) -> Found {
            Found(sum: first.sum + second.sum, total: first.total + second.total)
        }
    }

    private mutating func look(at name: Lexicon.Terms) -> Found {
        var found = Found()
        for term in name {
            let weight = lexicon.nameWeights[Int(term)]
            found.total += weight
            guard let asked = terms[term] else { continue }
            found.sum += asked.likeness * weight
            for (number, likeness) in asked.readings {
                for place in readings[number].positions { coverage[place] = max(coverage[place], likeness) }
                // Of terms that are as alike, the first in the vocabulary: the same every time.
                if meant[number].map({ ($0.likeness, term) < (likeness, $0.term) }) ?? true {
                    meant[number] = (term, likeness)
                }
            }
        }
        return found
    }

    /// Whether the words are that title; articles are left out and put in as readers please.
    private func isExact(_ title: Lexicon.Terms) -> Bool {
        words.indices.contains { coverage[$0] == 1 && !isArticle[$0] }
            && words.indices.allSatisfy { coverage[$0] == 1 || isArticle[$0] }
            && title.allSatisfy { terms[$0]?.likeness == 1 || lexicon.articleTerms.contains($0) }
    }

    /// Whether the words are that title but for how they are spelt. A word that some name has is not taken for another.
    private func isMisspelt(_ title: Lexicon.Terms) -> Bool {
        words.indices.contains { coverage[$0] > 0 && !isArticle[$0] }
            && words.indices.allSatisfy { place in
                isArticle[place] || coverage[place] >= NameSearch.splitLikeness
                    || coverage[place] > 0 && lexicon.names.term(words[place]) == nil
            } && title.allSatisfy { terms[$0] != nil || lexicon.articleTerms.contains($0) }
    }

    /// What was read otherwise than it was spelt.
    private func corrections() -> [Understanding.Correction] {
        zip(readings, meant).compactMap { reading, meant in
            guard reading.positions.count == 1, let meant, meant.likeness < 1 else { return nil }
            let word = words[reading.positions.lowerBound]
            let term = lexicon.names.word(Int(meant.term))
            // Half of a word that is two here is no other spelling of it.
            let isHalf = word.utf8.count > term.utf8.count + 2 && (word.hasPrefix(term) || word.hasSuffix(term))
            return term == word || isHalf ? nil : .init(from: word, to: term)
        }
    }
}
