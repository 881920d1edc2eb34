import Catalog
import CatalogStore

/// A work with all that an answer says of it whatever was asked for.
struct ShownWork: Sendable {
    let work: Work
    /// The folded words of its description.
    let descriptionWords: Set<String>
    /// What readers think of it, as a sentence.
    let rating: String

    init(_ work: Work) {
        self.work = work
        descriptionWords = Set(work.description.map(FoldedText.words) ?? [])
        rating = Wording.rating(of: work)
    }
}

extension Recommender {
    /// About 10 KB each.
    static let shownWorksKept = 1_024

    /// The works at these rows, in that order: from the snapshot unless they were shown lately.
    func shownWorks(atRows rows: [Int]) throws -> [ShownWork] {
        var shown: [Int: ShownWork] = [:]
        for row in rows { shown[row] = recentlyShown[row] }
        let missing = rows.filter { shown[$0] == nil }
        if !missing.isEmpty {
            for (row, work) in try zip(missing, snapshot.works(atRows: missing)) {
                let work = ShownWork(work)
                recentlyShown.keep(work, for: row)
                shown[row] = work
            }
        }
        return rows.compactMap { shown[$0] }
    }
}
