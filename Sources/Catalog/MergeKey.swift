/// What two editions must have in common to be editions of one work: title, subtitle and first author, folded.
///
/// A subtitle that only names the form ("A Novel") says nothing about which work it is and is left out; any other
/// subtitle counts, so that two volumes, or a novel and its study guide, stay apart. Editions without an author are
/// joined to nothing: a bare title is shared by too many books.
public struct MergeKey: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// - Returns: nil when the edition must stay a work of its own.
    public init?(_ edition: Edition) {
        let title = FoldedText.fold(edition.title)
        let author = edition.authors.first.map(FoldedText.fold) ?? ""
        guard !title.isEmpty, !author.isEmpty else { return nil }
        let subtitle = FoldedText.fold(edition.subtitle ?? "")
        description = "\(title)|\(Self.forms.contains(subtitle) ? "" : subtitle)|\(author)"
    }

    private static let forms: Set<String> = [
        "a novel", "novel", "a memoir", "memoir", "a play", "stories", "a story", "short stories", "poems",
        "a biography",
        "essays", "a mystery", "a thriller", "a romance",
    ]
}
