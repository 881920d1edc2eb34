import Catalog
import Recommender

/// The part of the search form that asks for moods and filters, as the template shows it.
struct TasteForm {
    let moods: [Slider]
    let strength: String
    let choices: [Choice]
    let genres: [Option]
    let avoided: [Option]
    /// Open where something was chosen.
    let isOpen: Bool

    /// From less to more of a mood.
    struct Slider {
        let name: String
        let label: String
        let value: String
        let isSet: Bool
    }

    /// One of several, or any.
    struct Choice {
        let name: String
        let label: String
        let options: [Option]
    }

    struct Option {
        let name: String
        let value: String
        let label: String
        let isChosen: Bool
    }

    init(_ preferences: Preferences) {
        let filter = preferences.filter
        moods = Mood.allCases.map { mood in
            let weight = preferences.feelings[.mood(mood)] ?? 0
            return Slider(
                name: "mood.\(mood.rawValue)", label: mood.rawValue, value: "\(weight)",
                isSet: weight != 0)
        }
        strength = "\(preferences.strength)"
        func options<Value: RawRepresentable<String> & CaseIterable & Hashable>(
            _ parameter: Preferences.Parameter, _ chosen: Set<Value>, _ label: (Value) -> String
        ) -> [Option] {
            Value.allCases.map {
                Option(
                    name: parameter.rawValue, value: $0.rawValue, label: label($0), isChosen: chosen.contains($0))
            }
        }
        func capitalized(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }
        choices = [
            Choice(
                name: "fiction", label: "Fiction",
                options: [("yes", "Fiction only", true), ("no", "Non-fiction only", false)].map {
                    Option(name: "fiction", value: $0, label: $1, isChosen: filter.isFiction == $2)
                }),
            Choice(name: "pace", label: "Pace", options: options(.pace, filter.paces) { capitalized($0.rawValue) }),
            Choice(
                name: "length", label: "Length",
                options: options(.length, filter.lengths) { length in
                    switch length {
                    case .short: "Short, up to 200 pages"
                    case .medium: "Medium, up to 450 pages"
                    case .long: "Long"
                    }
                }),
        ]
        genres = options(.genre, filter.genres, \.name)
        avoided = options(.avoid, filter.avoid, \.name)
        isOpen = !preferences.isEmpty
    }
}
