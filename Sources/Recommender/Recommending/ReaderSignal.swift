public import Catalog

/// What readers do with books, as numbers that models learn from.
public enum ReaderSignal {
    /// A reader who gives so many stars likes the book.
    public static let likingStars = 4.0
    /// A reader who gives no more than these does not.
    public static let dislikingStars = 2.0
    /// As many stars as a like without any stands for.
    public static let like = 4.5

    /// And as a dislike.
    public static let dislike = 1.5

    /// How strongly a reader is drawn to books like one they marked. Even one that they did not enjoy tells what they pick up:
    /// over held-out readers of the real ratings these values serve better than any that leave low ratings out
    /// (`docs/recommendations.md`). Nil for what tells nothing.
    public static func strength(stars: Double?, shelf: ReaderMark.Shelf = .read) -> Float? {
        guard let stars else {
            return switch shelf {
            case .read, .reading: 0.8
            case .wantToRead: 0.5
            case .abandoned: 0.3
            }
        }
        let scale: [Float] = [0.3, 0.3, 0.5, 0.7, 0.9, 1.2]
        let place = min(max(stars, 0), 5)
        let below = Int(place)
        let above = min(below + 1, 5)
        return scale[below] + (scale[above] - scale[below]) * Float(place - Double(below))
    }
}
