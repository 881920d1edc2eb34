import Foundation

/// A series without the place in it: "Earthsea Cycle #1" and "Earthsea Cycle, Book 2" are one.
public struct SeriesName: Hashable, Sendable {
    /// As the source writes it.
    public let text: String
    private let folded: String

    public init(_ series: String) {
        var words = series.prefix { $0 != "#" }.split(separator: " ")
        while words.count > 1, let last = words.last, Self.isPlace(last) { words.removeLast() }
        text = words.joined(separator: " ").trimmingCharacters(in: Self.around)
        folded = FoldedText.fold(text)
    }

    private static let around = CharacterSet(charactersIn: ",;:(- ")

    /// "Book", "vol." and numbers at the end name the place.
    private static func isPlace(_ word: Substring) -> Bool {
        let bare = FoldedText.fold(String(word))
        return ["", "book", "vol", "volume", "part", "no", "number"].contains(bare) || Int(bare) != nil
    }

    public static func == (a: SeriesName, b: SeriesName) -> Bool { a.folded == b.folded }
    public func hash(into hasher: inout Hasher) { hasher.combine(folded) }
}
