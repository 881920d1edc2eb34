public import Catalog

/// The words of a work as the indexes have them. Training writes them and answers look for them, so both ask here.
public enum WorkWords {
    /// Folded words of the title, of subtitle and series, and of the authors.
    public static func names(of work: Work) -> [[String]] {
        [
            FoldedText.words(of: work.title),
            FoldedText.words(of: work.subtitle ?? "") + FoldedText.words(of: work.series ?? ""),
            work.authors.flatMap(FoldedText.words(of:)),
        ]
    }

    /// Folded words of title, subtitle and series, authors, subjects and description.
    public static func keywords(of work: Work) -> [[String]] {
        names(of: work) + [
            work.categories.flatMap(FoldedText.words(of:)), FoldedText.words(of: work.description ?? ""),
        ]
    }
}
