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

    func preferences() throws -> Preferences {
        try Preferences { parameter in
            switch parameter {
            case .mood: mood
            case .strength: strength.map { [$0] } ?? []
            case .fiction: fiction.map { [$0] } ?? []
            case .genre: genre
            case .feels: feels
            case .pace: pace
            case .length: length
            case .avoid: avoid
            }
        }
    }
}
