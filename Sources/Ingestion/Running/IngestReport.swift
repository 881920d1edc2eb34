import CatalogStore
import Foundation

/// What became of every row of a file: `rows` is the sum of `accepted`, `merged`, `updated`, `unchanged`,
/// `quarantined`, `unmatched` and `ignored`.
public struct IngestReport: Sendable, Equatable, Codable {
    /// What was asked for: books, ratings, shelf.
    public var kind: String
    /// Whose data it is.
    public var source: String
    /// The file's name, without its folder; of an archive's entry, `archive.zip/entry.csv`.
    public var file: String
    /// Of the file's unpacked bytes, lower-case hexadecimal.
    public var sha256: String
    /// Unpacked.
    public var bytes: Int
    public var reading: Reading
    /// Columns that hold no known fact: reported, never guessed.
    public var unmappedColumns: [String] = []
    /// Columns that are left out since they hold a reader's own words, or who they are.
    public var personalColumns: [String] = []
    public var rows = 0
    public var accepted = 0
    public var merged = 0
    public var updated = 0
    public var unchanged = 0
    public var quarantined = 0
    public var unmatched = 0
    public var ignored = 0
    /// Editions that were hidden because their rows are gone.
    public var hidden = 0
    /// How many rows each rule refused.
    public var byRule: [String: Int] = [:]
    /// How often each step of normalisation was taken.
    public var byStep: [String: Int] = [:]

    mutating func count(_ counts: RowCounts) {
        rows = counts.rows
        accepted = counts.accepted
        merged = counts.merged
        updated = counts.updated
        unchanged = counts.unchanged
        quarantined = counts.quarantined
        unmatched = counts.unmatched
        ignored = counts.ignored
    }
}

/// How a file was read: enough to read a row of it again.
public struct Reading: Sendable, Equatable, Codable {
    /// The name of the format.
    public var format: String
    public var dialect: Dialect
    public var encoding: TextEncoding
    public var header: [String]
    /// The column that each fact was read from.
    public var columns: [String: String]
    /// The mapping file's text.
    public var mapping: String?
    /// The digest of the contract that held.
    public var contract: String
    /// Whose shelf it is.
    public var reader: String?

    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A value of strings, numbers and lists: it cannot fail.
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
