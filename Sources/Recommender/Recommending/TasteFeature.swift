/// What speaks for a book to a reader.
public enum TasteFeature: Int, Sendable, CaseIterable {
    /// Readers of what they marked went on to it (EASE).
    case readers
    /// It has many readers in common with what they marked (cosine of its readers).
    case company
    /// Its description is close to those of what they like.
    case meaning
    /// It is by an author of whom they like a book.
    case author
    /// It is of a series of which they like a book.
    case series
    /// Its genres are those of what they like.
    case genre
    /// It feels as what they like does.
    case mood
    /// How many readers here marked it.
    case popularity
    /// How well known and well liked it is everywhere.
    case standing
    /// How far it is from what they do not like.
    case distance
    /// How few readers here marked it. Never learned, only asked for.
    case novelty

    /// As files and answers call it.
    public var name: String {
        switch self {
        case .readers: "readers"
        case .company: "company"
        case .meaning: "meaning"
        case .author: "author"
        case .series: "series"
        case .genre: "genre"
        case .mood: "mood"
        case .popularity: "popularity"
        case .standing: "standing"
        case .distance: "distance"
        case .novelty: "novelty"
        }
    }
}
