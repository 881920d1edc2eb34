import Catalog

/// How the words of a query name a book.
struct TitleMatch: Equatable {
    enum Kind: Equatable {
        /// The whole title stands in the query, perhaps with subtitle or authors.
        case wholeTitle
        /// The query names an author and nothing else.
        case author
        /// The query is a part of the title, perhaps with an author.
        case partOfTitle
    }

    let kind: Kind
    /// 0...1
    let value: Double

    /// - Parameter query: folded words, every one of which stands in the title, the subtitle or the authors.
    /// - Returns: nil when the words name nothing.
    init?(query: [String], title: String, subtitle: String?, authors: [String]) {
        let asked = Self.significant(query)
        let main = Self.significant(FoldedText.words(of: title))
        let whole = main.union(FoldedText.words(of: subtitle ?? ""))
        let names = Set(authors.flatMap(FoldedText.words(of:)))
        guard !asked.isEmpty, !main.isEmpty else { return nil }
        if main.isSubset(of: asked) {
            kind = .wholeTitle
            value = 1
        } else if asked.isSubset(of: names) {
            kind = .author
            value = 0.6
        } else {
            let shared = asked.intersection(whole)
            guard !shared.isEmpty else { return nil }
            kind = .partOfTitle
            value = 0.8 * Double(shared.count) / Double(whole.count)
        }
    }

    /// Readers leave articles out as they please.
    private static func significant(_ words: [String]) -> Set<String> {
        let all = Set(words)
        let content = all.subtracting(["the", "a", "an"])
        return content.isEmpty ? all : content
    }
}
