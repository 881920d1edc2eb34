import Catalog
import TextIndex

/// How well each work answers the words of a query as they are spelt, and by words that are close to them in meaning: BM25F
/// over title, subtitle and series, authors, subjects and description (Robertson and Zaragoza 2009), as a share of what a work
/// that had them all would get.
///
/// A word and its relatives count once: by whichever of them says most of the work.
struct Keywords {
    /// A word that is looked for.
    struct Term {
        /// As the reader spelt it.
        let word: String
        let stem: String
        /// Nil where no work has it.
        let term: Int?
        let related: [(term: Int, closeness: Float)]
    }

    let terms: [Term]
    /// 0...1, by row.
    private(set) var values: [Float]

    /// What a word counts for that is as close in meaning as can be without being the same.
    static let relatedWeight: Float = 0.8

    /// O(postings of the words and their relatives + works * words).
    /// - Parameter words: folded.
    init(_ words: [String], in lexicon: Lexicon, readsRelated: Bool = true) {
        let index = lexicon.keywords
        let stemmer = Stemmer()
        let telling = words.filter { !CommonWords.contains($0) }
        var seen: Set<String> = []
        terms = (telling.isEmpty ? words : telling).compactMap { word in
            let stem = stemmer.stem(word)
            guard seen.insert(stem).inserted else { return nil }
            let term = index.term(stem)
            return Term(
                word: word, stem: stem, term: term, related: readsRelated ? term.map(lexicon.related(to:)) ?? [] : [])
        }
        values = [Float](repeating: 0, count: index.documentCount)
        var total: Float = 0
        var best = values
        for asked in terms {
            guard let term = asked.term else {
                total += index.inverseDocumentFrequencyOfUnknown
                continue
            }
            let weight = index.inverseDocumentFrequency(term)
            total += weight
            Self.raise(&best, to: index, term, 1)
            for (other, closeness) in asked.related {
                Self.raise(&best, to: index, other, closeness * Self.relatedWeight)
            }
            for row in values.indices {
                values[row] += weight * best[row]
                best[row] = 0
            }
        }
        guard total > 0 else { return }
        for row in values.indices { values[row] /= total }
    }

    private static func raise(_ best: inout [Float], to index: InvertedIndex, _ term: Int, _ weight: Float) {
        index.forEachPosting(term) { row, impact in best[row] = max(best[row], weight * impact) }
    }
}
