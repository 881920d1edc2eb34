/// The lower level of the genre scheme; the upper one is fiction or not.
public enum Genre: String, Sendable, Codable, CaseIterable {
    // Fiction.
    case literary, fantasy, scienceFiction = "science-fiction", mystery, thriller, horror, romance
    case historicalFiction = "historical-fiction", adventure, shortStories = "short-stories"
    // Non-fiction.
    case biography, history, science, nature, technology, philosophy, religion, psychology, selfHelp = "self-help"
    case business, politics, society, travel, art, music, film, cooking, sport, health, language
    case trueCrime = "true-crime"
    // Either.
    case humour, classics, poetry, drama, comics, children, youngAdult = "young-adult"

    public enum Side: String, Sendable, Codable {
        case fiction, nonFiction = "non-fiction", either
    }

    public var side: Side {
        switch self {
        case .literary, .fantasy, .scienceFiction, .mystery, .thriller, .horror, .romance, .historicalFiction,
            .adventure, .shortStories:
            .fiction
        case .humour, .classics, .poetry, .drama, .comics, .children, .youngAdult: .either
        default: .nonFiction
        }
    }

    public var name: String {
        switch self {
        case .literary: "Literary fiction"
        case .fantasy: "Fantasy"
        case .scienceFiction: "Science fiction"
        case .mystery: "Mystery"
        case .thriller: "Thriller"
        case .horror: "Horror"
        case .romance: "Romance"
        case .historicalFiction: "Historical fiction"
        case .adventure: "Adventure"
        case .shortStories: "Short stories"
        case .biography: "Biography and memoir"
        case .history: "History"
        case .science: "Science"
        case .nature: "Nature"
        case .technology: "Technology"
        case .philosophy: "Philosophy"
        case .religion: "Religion and spirituality"
        case .psychology: "Psychology"
        case .selfHelp: "Self-help"
        case .business: "Business and economics"
        case .politics: "Politics"
        case .society: "Society"
        case .travel: "Travel"
        case .art: "Art and design"
        case .music: "Music"
        case .film: "Film and theatre"
        case .cooking: "Cooking and food"
        case .sport: "Sport"
        case .health: "Health"
        case .language: "Language and literature"
        case .trueCrime: "True crime"
        case .humour: "Humour"
        case .classics: "Classics"
        case .poetry: "Poetry"
        case .drama: "Plays"
        case .comics: "Comics and graphic novels"
        case .children: "For children"
        case .youngAdult: "For young adults"
        }
    }
}
