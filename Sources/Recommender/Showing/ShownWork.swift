import Catalog
import CatalogStore

/// A work with all that an answer says of it whatever was asked for.
struct ShownWork: Sendable {
    let work: Work
    let impression: Impression
    /// The folded words of its description, each once, in rising order: a set of them would be larger by far.
    private let descriptionWords: [String]
    /// What readers think of it, as a sentence.
    let rating: String

    init(_ work: Work, _ impression: Impression) {
        self.work = work
        self.impression = impression
        descriptionWords = Set(work.description.map(FoldedText.words) ?? []).sorted()
        rating = Wording.rating(of: work)
    }

    /// Whether this folded word stands in the description. O(log words).
    func mentions(_ word: String) -> Bool {
        var (low, high) = (0, descriptionWords.count)
        while low < high {
            let middle = (low + high) / 2
            if descriptionWords[middle] < word { low = middle + 1 } else { high = middle }
        }
        return low < descriptionWords.count && descriptionWords[low] == word
    }
}

extension Recommender {
    /// About 2 KB each.
    static let shownWorksKept = 4_096

    /// The works at these rows, in that order: from the snapshot unless they were shown lately.
    func shownWorks(atRows rows: [Int]) throws -> [ShownWork] {
        var shown: [Int: ShownWork] = [:]
        for row in rows { shown[row] = recentlyShown[row] }
        let missing = rows.filter { shown[$0] == nil }
        if !missing.isEmpty {
            for (row, work) in try zip(missing, snapshot.works(atRows: missing)) {
                let work = ShownWork(work, impression(of: work, row: row, isWhole: false))
                recentlyShown.keep(work, for: row)
                shown[row] = work
            }
        }
        return rows.compactMap { shown[$0] }
    }
}
