/// What two editions must have in common to be editions of one work: the work's own title and its first author.
///
/// Two editions are one work exactly when their keys are equal, so that joining does not depend on the order in which
/// editions come, and what is joined to one of them is joined to all. The key is a function of a single edition: it
/// keeps what tells works apart (the title, the number of a volume, "graphic novel", "study guide") and leaves out what
/// only tells editions apart (the series, the binding, the jubilee) or describes ("A Novel", a long subtitle, which
/// sources leave out as they please).
///
/// `docs/ingestion.md` states the rules; `Tests/CatalogTests/Pairs/work_pairs.csv` is what they are measured on.
public struct WorkKey: Hashable, Sendable, CustomStringConvertible {
    /// `title|surname initial`, folded: `hobbit|tolkien j`, `bleach v3|kubo t`, `twilight v1 =graphic|meyer s`.
    public let description: String

    /// The number of the rules. To be raised with every change of a key: libraries then join their editions anew, once.
    public static let rules = 1

    /// O(n) in the length of title, subtitle and the first author's name.
    ///
    /// - Parameter authors: One name in each, in the source's order.
    /// - Returns: nil when the edition must stay a work of its own: nothing is left of its title or of its authors, or
    ///   the title is one that different books of an author share ("Three Complete Novels").
    public init?(title: String, subtitle: String?, authors: [String]) {
        self.init(title: title, subtitle: subtitle, series: nil, authors: authors)
    }

    public init?(_ edition: Edition) {
        self.init(
            title: edition.title, subtitle: edition.subtitle, series: edition.series, authors: edition.authors)
    }

    private init?(title: String, subtitle: String?, series: String?, authors: [String]) {
        guard let author = AuthorName.first(of: authors) else { return nil }
        var reading = TitleReading(
            title: title, subtitle: subtitle, series: series, author: author, isRetold: AuthorName.isRetold(by: authors)
        )
        guard let title = reading.workTitle() else { return nil }
        description = "\(title)|\(author.key)"
    }
}
