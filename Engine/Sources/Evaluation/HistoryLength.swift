/// Readers by how many items are known of them, for figures of each kind: a mean over all hides that those of whom little
/// is known are served worse.
public enum HistoryLength: Int, Sendable, Hashable, Comparable, CaseIterable {
    case oneToThree, fourToTen, elevenToThirty, over30

    /// Nil without items. O(1).
    public init?(itemCount: Int) {
        switch itemCount {
        case ..<1: return nil
        case ...3: self = .oneToThree
        case ...10: self = .fourToTen
        case ...30: self = .elevenToThirty
        default: self = .over30
        }
    }

    /// For a table: "1-3", "4-10", "11-30", "31+".
    public var name: String {
        switch self {
        case .oneToThree: "1-3"
        case .fourToTen: "4-10"
        case .elevenToThirty: "11-30"
        case .over30: "31+"
        }
    }

    public static func < (a: HistoryLength, b: HistoryLength) -> Bool { a.rawValue < b.rawValue }
}
