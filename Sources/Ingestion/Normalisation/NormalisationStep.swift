/// Something that was done to a value on its way in, shown per row in the report.
public struct NormalisationStep: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// Text that was UTF-8 read as Windows-1252 (or Latin-1), read back; only when the round trip proves it.
        case mojibakeRepaired
        /// Quotes and dashes of Windows-1252 that were read as control characters of Latin-1.
        case windowsCharactersRead
        case markupRemoved, entitiesDecoded, controlCharactersRemoved
        /// An ISBN written as a spreadsheet formula (`="0316769487"`), with a prefix, or with separators.
        case isbnUnwrapped
        case isbn10Converted, isbnLeadingZerosRestored, isbnReadFromFloat
        /// A float notation that has lost digits: which ISBN it was cannot be proved.
        case isbnUnprovable
        /// A list written as text (`['Fiction', 'Drama']`), taken apart.
        case listUnpacked
        case authorInverted, authorRoleRemoved, authorsSeparated
        case seriesSeparated
        /// A number or a date in another than the plain notation.
        case numberRead, dateRead
        /// A value that cannot be true (a year in the far future, 0 pages), now unknown.
        case setToUnknown
    }

    /// The fact, by its name in the contract: `isbn13`, `title`, `authors`.
    public var field: String
    public var step: Kind
    public var before: String
    /// Nil when the value is unknown now.
    public var after: String?

    public init(field: String, step: Kind, before: String, after: String?) {
        self.field = field
        self.step = step
        self.before = before
        self.after = after
    }
}
