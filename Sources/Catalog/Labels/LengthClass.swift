/// How long a book is, by its pages.
public enum LengthClass: String, Sendable, Codable, CaseIterable {
    /// Up to 200 pages.
    case short
    /// 201 to 450 pages.
    case medium
    /// More than 450 pages.
    case long

    /// Nil for a number of pages that no book has.
    public init?(pages: Int) {
        switch pages {
        case ..<1: return nil
        case ...200: self = .short
        case ...450: self = .medium
        default: self = .long
        }
    }
}
