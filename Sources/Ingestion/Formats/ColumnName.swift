/// The name of a column, as columns are compared: letters and digits only, in lower case. `Book-Title`, `book_title`
/// and `BookTitle` are one.
struct ColumnName: Hashable, Sendable, ExpressibleByStringLiteral {
    let folded: String

    init(_ name: String) {
        folded = name.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    init(stringLiteral value: String) {
        self.init(value)
    }

    /// Columns that hold what a reader wrote for themselves, or who they are. They are dropped wherever they appear,
    /// from the rows kept in quarantine too, unless a mapping file names them as something else.
    static let personal: Set<ColumnName> = [
        "My Review", "Review", "Review Text", "Private Notes", "Spoiler", "Content Warning Description",
        "Recommended For", "Recommended By", "Location", "Age", "Email", "User Email",
    ]
}
