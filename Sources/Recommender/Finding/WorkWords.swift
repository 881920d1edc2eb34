public import Catalog

/// The words of a work as the indexes have them. Training writes them and answers look for them, so both ask here.
public enum WorkWords {
    /// Folded words of the title, of its second form, subtitle and series, and of the authors.
    public static func names(of work: Work) -> [[String]] {
        let (title, second) = forms(of: work.title)
        let others = [second, work.subtitle, work.series].compactMap(\.self)
        return [
            FoldedText.words(of: title), others.flatMap(FoldedText.words(of:)),
            work.authors.flatMap(FoldedText.words(of:)),
        ]
    }

    /// "Moby-Dick, or, The Whale" is asked for as "Moby-Dick".
    private static func forms(of title: String) -> (first: String, second: String?) {
        // Few titles have such a mark, and looking for one takes far less than matching.
        guard title.utf8.contains(where: { ",;:".utf8.contains($0) }),
            let join = title.firstMatch(of: /[,;:](?= or,? )/.ignoresCase())?.range, join.lowerBound > title.startIndex
        else { return (title, nil) }
        return (String(title[..<join.lowerBound]), String(title[join.upperBound...]))
    }

    /// Folded words of title, subtitle and series, authors, subjects and description.
    public static func keywords(of work: Work) -> [[String]] {
        names(of: work) + [
            work.categories.flatMap(FoldedText.words(of:)), FoldedText.words(of: work.description ?? ""),
        ]
    }
}
