/// One thing that can be said of a book without its catalogue saying so: what the label models score, what readers object
/// to.
public enum BookLabel: Sendable, Hashable {
    case fiction
    case genre(Genre)
    case mood(Mood)
    case emotion(Emotion)
    case pace(Pace)
    case contentNote(ContentNote)

    /// Every one, in the order of the columns of a bundle.
    public static let all: [BookLabel] =
        [.fiction] + Genre.allCases.map(BookLabel.genre) + Mood.allCases.map(BookLabel.mood)
        + Emotion.allCases.map(BookLabel.emotion) + Pace.allCases.map(BookLabel.pace)
        + ContentNote.allCases.map(BookLabel.contentNote)

    private static let columns = Dictionary(uniqueKeysWithValues: zip(all, all.indices))
    private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })

    /// Its place in `all`. O(1).
    public var column: Int { Self.columns[self] ?? 0 }

    /// Its name for programs: `fiction`, `genre.fantasy`, `mood.dark`, `note.war`.
    public var code: String {
        switch self {
        case .fiction: "fiction"
        case .genre(let genre): "genre.\(genre.rawValue)"
        case .mood(let mood): "mood.\(mood.rawValue)"
        case .emotion(let emotion): "emotion.\(emotion.rawValue)"
        case .pace(let pace): "pace.\(pace.rawValue)"
        case .contentNote(let note): "note.\(note.rawValue)"
        }
    }

    /// Nil for a code that no label has. O(1).
    public init?(code: String) {
        guard let label = Self.byCode[code] else { return nil }
        self = label
    }

    /// Its name for readers, in lower case unless it is a name: “dark”, “historical fiction”.
    public var name: String {
        switch self {
        case .fiction: "fiction"
        case .genre(let genre): genre.name.lowercased()
        case .mood(let mood): mood.rawValue
        case .emotion(let emotion): emotion.rawValue
        case .pace(let pace): "\(pace.rawValue)-paced"
        case .contentNote(let note): note.name.lowercased()
        }
    }
}
