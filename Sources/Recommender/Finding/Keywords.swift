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
    let values: [Float]

    /// What a word counts for that is as close in meaning as can be without being the same.
    static let relatedWeight: Float = 0.8

    /// O(works + postings of the words and their relatives).
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
        func weight(_ asked: Term) -> Float {
            asked.term.map(index.inverseDocumentFrequency) ?? index.inverseDocumentFrequencyOfUnknown
        }
        let total = terms.reduce(0) { $0 + weight($1) }
        var values = [Float](repeating: 0, count: index.documentCount)
        var best = values
        for asked in terms {
            guard let term = asked.term, total > 0 else { continue }
            let related = asked.related.map { (term: $0.term, factor: $0.closeness * Self.relatedWeight) }
            index.accumulateBest(
                of: [(term, 1)] + related, weight: weight(asked) / total, into: &values, using: &best)
        }
        self.values = values
    }
}
