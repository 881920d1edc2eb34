/// Which column of a file holds which fact of a book.
///
/// Columns are recognised by name, without regard to case, spaces, hyphens and underscores. Unknown ones are reported,
/// never guessed.
public struct BookColumns: Sendable, Equatable {
    /// A fact that a column can hold. The raw value is the name that error messages use.
    public enum Fact: String, Sendable, CaseIterable {
        case isbn13, isbn, title, subtitle, authors, categories, description, year, pages, averageRating, ratingsCount
        case coverURL

        /// The names under which the column is known, folded.
        var names: Set<String> {
            switch self {
            case .isbn13: ["isbn13", "ean"]
            // Beside an isbn13 column, sources put the ISBN-10 here.
            case .isbn: ["isbn", "isbn10"]
            case .title: ["title", "booktitle"]
            case .subtitle: ["subtitle"]
            case .authors: ["authors", "author", "bookauthor"]
            case .categories: ["categories", "category", "genres", "genre", "subjects"]
            case .description: ["description", "summary", "blurb"]
            case .year: ["publishedyear", "year", "publicationyear", "originalpublicationyear", "yearofpublication"]
            case .pages: ["numpages", "pages", "pagecount", "numberofpages"]
            case .averageRating: ["averagerating", "avgrating", "rating"]
            case .ratingsCount: ["ratingscount", "numratings", "numberofratings"]
            case .coverURL: ["thumbnail", "cover", "coverurl", "imageurl"]
            }
        }
    }

    /// How many fields every record must have.
    public let count: Int
    /// Columns of the file that hold no known fact.
    public let unmapped: [String]
    private let indices: [Fact: Int]

    /// - Throws: `IngestionError` when there is no title column, or two columns hold one fact.
    public init(header: [String], source: String) throws(IngestionError) {
        var indices: [Fact: Int] = [:]
        var unmapped: [String] = []
        for (index, name) in header.enumerated() {
            let folded = name.lowercased().filter { $0.isLetter || $0.isNumber }
            guard let fact = Fact.allCases.first(where: { $0.names.contains(folded) }) else {
                unmapped.append(name)
                continue
            }
            if let earlier = indices[fact] {
                throw .ambiguousColumns(source: source, fact: fact.rawValue, columns: [header[earlier], name])
            }
            indices[fact] = index
        }
        guard indices[.title] != nil else { throw .missingColumn(source: source, fact: "title", found: header) }
        count = header.count
        self.indices = indices
        self.unmapped = unmapped
    }

    /// The number of the fact's column, from 0; nil when the file has none.
    public func index(of fact: Fact) -> Int? { indices[fact] }

    /// The fact that the column with this number holds.
    func fact(at index: Int) -> Fact? { indices.first { $0.value == index }?.key }

    /// The fact's value in a record, trimmed; nil when empty or without a column.
    func value(of fact: Fact, in fields: [String]) -> String? {
        guard let index = indices[fact], index < fields.count else { return nil }
        let trimmed = fields[index].trimmed
        return trimmed.isEmpty ? nil : trimmed
    }
}

extension String {
    /// Without white space at its ends.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return first == startIndex && last == index(before: endIndex) ? self : String(self[first...last])
    }
}
