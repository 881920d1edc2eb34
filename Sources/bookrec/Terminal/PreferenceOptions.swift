import ArgumentParser
import Recommender

/// How books should feel and what they must be, spelt as in the web's addresses.
struct PreferenceOptions: ParsableArguments {
    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Moods, separated by commas: hopeful, -dark (less), funny:0.5. A preference, not a filter. Also emotions: joy.",
            valueName: "moods"))
    var mood: [String] = []

    @Option(help: ArgumentHelp("How much moods count beside the words, 0 to 1.", valueName: "share"))
    var strength: String?

    @Option(help: ArgumentHelp("Fiction only (yes) or non-fiction only (no).", valueName: "yes|no"))
    var fiction: String?

    @Option(help: ArgumentHelp("Only these genres, separated by commas: fantasy,horror.", valueName: "genres"))
    var genre: [String] = []

    @Option(help: ArgumentHelp("Only books in which one of these moods is noticeable.", valueName: "moods"))
    var feels: [String] = []

    @Option(help: ArgumentHelp("Only this pace: slow, medium, fast.", valueName: "pace"))
    var pace: [String] = []

    @Option(help: ArgumentHelp("Only this length: short, medium, long.", valueName: "length"))
    var length: [String] = []

    @Option(
        help: ArgumentHelp(
            "Leave out books whose description points to one of these: violence,war,abuse ...", valueName: "notes"))
    var avoid: [String] = []

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Only this category of the catalogue; may be given several times.", valueName: "name"))
    var category: [String] = []

    @Option(help: ArgumentHelp("Only these languages: en,fr.", valueName: "codes"))
    var language: [String] = []

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Only books by this author, in full or in part; may be given several times.", valueName: "name"))
    var author: [String] = []

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("No books by this author; may be given several times.", valueName: "name"))
    var notBy: [String] = []

    @Option(parsing: .unconditional, help: ArgumentHelp("Published in this year or later.", valueName: "year"))
    var minYear: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("Published in this year or before.", valueName: "year"))
    var maxYear: String?

    @Option(help: ArgumentHelp("At least so many pages.", valueName: "pages"))
    var minPages: String?

    @Option(help: ArgumentHelp("At most so many pages.", valueName: "pages"))
    var maxPages: String?

    @Option(help: ArgumentHelp("Rated so by readers or better, 1 to 5.", valueName: "mean"))
    var minRating: String?

    @Option(help: ArgumentHelp("Rated so by readers or worse, 1 to 5.", valueName: "mean"))
    var maxRating: String?

    @Option(help: ArgumentHelp("Leave these books out, by id or ISBN, separated by commas.", valueName: "ids"))
    var exclude: [String] = []

    func preferences() throws -> Preferences { try Preferences(parsing: values) }

    /// What stands for the parameter of this name; empty for those of others.
    func values(_ name: String) -> [String] {
        guard let parameter = Preferences.Parameter(rawValue: name) else { return [] }
        func one(_ value: String?) -> [String] { value.map { [$0] } ?? [] }
        return switch parameter {
        case .mood: mood
        case .strength: one(strength)
        case .fiction: one(fiction)
        case .genre: genre
        case .feels: feels
        case .pace: pace
        case .length: length
        case .avoid: avoid
        case .category: category
        case .language: language
        case .author: author
        case .notBy: notBy
        case .minYear: one(minYear)
        case .maxYear: one(maxYear)
        case .minPages: one(minPages)
        case .maxPages: one(maxPages)
        case .minRating: one(minRating)
        case .maxRating: one(maxRating)
        case .exclude: exclude
        }
    }
}
