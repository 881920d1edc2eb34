import Catalog
import CatalogStore
import CollaborativeFiltering
import Recommender

/// A reader whom training learns from: out of the files that were ingested, or one whom the service remembers.
struct LibraryReader: Sendable {
    struct Mark: Sendable, Hashable {
        var row: Int
        /// Nil when the reader has not rated.
        var stars: Double?
        var shelf = ReaderMark.Shelf.read

        /// How strongly it draws the reader; nil for what tells nothing.
        var signal: Signal? {
            ReaderSignal.strength(stars: stars, shelf: shelf).map { Signal(item: row, value: $0) }
        }

        var isLike: Bool { (stars ?? 0) >= ReaderSignal.likingStars }
    }

    var name: String
    var isSimulated: Bool
    /// One a work, by rising row.
    var marks: [Mark]

    /// Hands `body` every reader who marked a work that is here. O(marks).
    /// - Parameter rows: by work.
    static func forEach(in library: Library, rows: [WorkID: Int], _ body: (LibraryReader) throws -> Void) throws {
        func give(_ name: String, _ isSimulated: Bool, _ marks: [Mark]) throws {
            var kept: [Int: Mark] = [:]
            for mark in marks {
                // Of several editions, the one that was liked best.
                guard (mark.stars ?? 0) >= (kept[mark.row]?.stars ?? 0) else { continue }
                kept[mark.row] = mark
            }
            guard !kept.isEmpty else { return }
            try body(
                LibraryReader(
                    name: name, isSimulated: isSimulated, marks: kept.values.sorted { $0.row < $1.row }))
        }
        try library.forEachReader { reader in
            try give(
                reader.name, reader.isSimulated,
                reader.marks.compactMap { mark in
                    rows[mark.work].map { Mark(row: $0, stars: mark.stars, shelf: mark.shelf) }
                })
        }
        for (name, taste) in try library.tastes() {
            try give(
                "service/\(name)", false,
                taste.standings.compactMap { work, standing in
                    guard let row = rows[work] else { return nil }
                    return switch standing.verdict {
                    case .rated(let stars): Mark(row: row, stars: stars)
                    case .liked: Mark(row: row, stars: ReaderSignal.like)
                    case .disliked: Mark(row: row, stars: ReaderSignal.dislike)
                    // Who does not want to see a book has not read it.
                    case .dismissed: nil
                    case nil: Mark(row: row, stars: nil, shelf: standing.shelf == .read ? .read : .wantToRead)
                    }
                })
        }
    }
}
