import Catalog
import CatalogStore
import Foundation

/// A work with all that an answer says of it whatever was asked for.
struct ShownWork: Sendable {
    let work: Work
    /// Its description as `FoldedText.fold` gives it, in UTF-8, a space before and after: a set of the words would be larger
    /// by far.
    private let foldedDescription: [UInt8]
    /// What readers think of it, as a sentence.
    let rating: String

    init(_ work: Work) {
        self.work = work
        foldedDescription = Array(" \(work.description.map(FoldedText.fold) ?? "") ".utf8)
        rating = Wording.rating(of: work)
    }

    /// Whether this folded word stands in the description. O(length of the description).
    func mentions(_ word: String) -> Bool {
        var word = word
        return word.withUTF8 { word in
            foldedDescription.withUnsafeBufferPointer { text in
                guard let first = word.first, text.count > word.count + 1 else { return false }
                for start in 1..<text.count - word.count where text[start] == first {
                    if text[start - 1] == 0x20, text[start + word.count] == 0x20,
                        memcmp(text.baseAddress! + start, word.baseAddress!, word.count) == 0
                    {
                        return true
                    }
                }
                return false
            }
        }
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
                let work = ShownWork(work)
                recentlyShown.keep(work, for: row)
                shown[row] = work
            }
        }
        return rows.compactMap { shown[$0] }
    }
}
