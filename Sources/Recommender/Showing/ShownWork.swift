import Catalog
import CatalogStore
import Enrichment

/// A work with all that an answer says of it whatever was asked for.
struct ShownWork: Sendable {
    let work: Work
    let impression: Impression
    /// The words of its description, each stem once, in rising order of the stems.
    private let described: [(stem: String, word: String)]
    /// The sentences of its description.
    let sentences: [Substring]
    /// What readers think of it, as a sentence.
    let rating: String

    /// - Parameter sentences: those of its description.
    init(_ work: Work, _ sentences: [Substring], _ impression: Impression) {
        self.work = work
        self.sentences = sentences
        self.impression = impression
        let stemmer = Stemmer()
        var words: [String: String] = [:]
        for word in Set(work.description.map(FoldedText.words) ?? []).sorted() where !CommonWords.contains(word) {
            let stem = stemmer.stem(word)
            if words[stem] == nil { words[stem] = word }
        }
        described = words.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        rating = Wording.rating(of: work)
    }

    /// The word of this stem that stands in the description. O(log words).
    func describing(_ stem: String) -> String? {
        var (low, high) = (0, described.count)
        while low < high {
            let middle = (low + high) / 2
            if described[middle].stem < stem { low = middle + 1 } else { high = middle }
        }
        return low < described.count && described[low].stem == stem ? described[low].word : nil
    }
}

extension Recommender {
    /// About 3 KB each.
    static let shownWorksKept = 4_096

    /// The works at these rows, in that order: from the snapshot unless they were shown lately.
    func shownWorks(atRows rows: [Int]) throws -> [ShownWork] {
        var shown: [Int: ShownWork] = [:]
        for row in rows { shown[row] = recentlyShown[row] }
        let missing = rows.filter { shown[$0] == nil }
        if !missing.isEmpty {
            for (row, work) in try zip(missing, snapshot.works(atRows: missing)) {
                let sentences = Sentences.split(work.description ?? "")
                let new = ShownWork(work, sentences, impression(ofWorkAt: row, sentences, isWhole: false))
                recentlyShown.keep(new, for: row)
                shown[row] = new
            }
        }
        return rows.compactMap { shown[$0] }
    }
}
