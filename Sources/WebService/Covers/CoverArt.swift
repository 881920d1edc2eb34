import Recommender

/// A typographic cover, drawn from what the catalogue knows: the same book has the same cover on every machine.
///
/// The category chooses a family of three cloths, the title and the authors choose within it, and the ornament. Text
/// is set for a picture of 320 by 480 and still reads at 96 wide.
struct CoverArt {
    static let width = 320.0
    static let height = 480.0
    static let margin = 30.0

    let title: TextSetting
    let authors: TextSetting
    let palette: CoverPalette
    let ornament: Ornament
    /// Turns an ornament that has a free choice, 0..<1000.
    let turn: Int
    /// What a screen reader says when the picture is opened by itself.
    let label: String

    enum Ornament: Int, CaseIterable {
        case sun, frame, waves, arches, leaves, rules, lattice
    }

    init(_ book: Book) {
        let hash = StableHash.fnv1a("\(book.title)\u{0}\(book.authors.joined(separator: "\u{0}"))".utf8)
        let category = StableHash.fnv1a((book.categories.first ?? "").utf8)
        let families = UInt64(CoverPalette.all.count / 3)
        let shade = Int(category % families) + Int(hash % 3) * Int(families)
        palette = CoverPalette.all[shade]
        // Other bits than the shade took, so that shade and ornament are chosen independently.
        ornament = Ornament.allCases[Int((hash >> 20) % UInt64(Ornament.allCases.count))]
        turn = Int((hash >> 40) % 1_000)
        label = book.authors.isEmpty ? book.title : "\(book.title), \(Wording.list(book.authors))"

        let inner = Self.width - 2 * Self.margin
        title = TextSetting(
            Self.shortTitle(of: book.title), width: inner, height: 212, sizes: [50, 45, 40, 36, 32, 28, 25, 22])
        authors = TextSetting(
            Self.byline(of: book.authors).uppercased(), width: inner, height: 44, sizes: [19, 17, 15, 13],
            spacing: 0.08)
    }

    /// The title without a series in brackets at its end, which no cover would print in the title's size.
    static func shortTitle(of title: String) -> String {
        guard title.hasSuffix(")"), let bracket = title.lastIndex(of: "("), bracket > title.startIndex else {
            return title
        }
        return String(title[..<bracket])
    }

    private static func byline(of authors: [String]) -> String {
        switch authors.count {
        case 0: ""
        case 1, 2: authors.joined(separator: " & ")
        default: "\(authors[0]) & others"
        }
    }
}
