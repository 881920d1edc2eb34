import CatalogStore

/// What became of every row of a file: `rows` is the sum of `accepted`, `merged`, `updated`, `unchanged` and
/// `quarantined`.
public struct IngestReport: Sendable, Equatable, Codable {
    /// The file's name, without its folder.
    public var source: String
    /// Of the file's bytes, lower-case hexadecimal.
    public var sha256 = ""
    public var rows = 0
    /// Rows that made a new work.
    public var accepted = 0
    /// Rows that joined a work as another edition.
    public var merged = 0
    /// Rows whose edition was there with other facts.
    public var updated = 0
    /// Rows whose edition was there with the same facts.
    public var unchanged = 0
    public var quarantined = 0
    /// How many rows each rule refused.
    public var byRule: [String: Int] = [:]

    public init(source: String) {
        self.source = source
    }

    mutating func count(_ outcome: EditionOutcome) {
        rows += 1
        switch outcome {
        case .accepted: accepted += 1
        case .merged: merged += 1
        case .updated: updated += 1
        case .unchanged: unchanged += 1
        }
    }

    mutating func count(_ violation: BookContract.Violation) {
        rows += 1
        quarantined += 1
        byRule[violation.rule.rawValue, default: 0] += 1
    }
}
