import Catalog
import Recommender

/// The part of the search form that asks for moods, filters and order, as the template shows it.
struct TasteForm {
    let orders: [Option]
    let moods: [Slider]
    let strength: String
    let fiction: [Option]
    /// Several of which one is enough.
    let boxes: [Boxes]
    let avoided: [Option]
    /// Numbers and names.
    let fields: [Field]
    /// What was asked for and has no field of its own.
    let hidden: [Hidden]
    /// How many things were asked for.
    let chosen: String?

    /// From less to more of a mood.
    struct Slider {
        let name: String
        let label: String
        let value: String
        let isSet: Bool
    }

    struct Boxes {
        let legend: String
        let options: [Option]
    }

    struct Option {
        let name: String
        let value: String
        let label: String
        let isChosen: Bool
    }

    struct Field {
        let name: String
        let label: String
        let value: String
        /// Nil for names.
        let range: Range?

        struct Range {
            let least: String
            let most: String
            let step: String
        }
    }

    struct Hidden {
        let name: String
        let value: String
    }

    init(_ question: SearchRequest) {
        let preferences = question.preferences
        let filter = preferences.filter
        orders = [
            (SearchRequest.Sort.relevance, "Best match"), (.rating, "Best liked by readers"),
            (.popularity, "Most read"),
            (.newest, "Newest"), (.oldest, "Oldest"),
        ].map { sort, label in
            Option(
                name: "sort", value: sort == .relevance ? "" : sort.rawValue, label: label,
                isChosen: sort == question.sort)
        }
        moods = Mood.allCases.map { mood in
            let weight = preferences.feelings[.mood(mood)] ?? 0
            return Slider(
                name: "mood.\(mood.rawValue)", label: mood.rawValue, value: "\(weight)",
                isSet: weight != 0)
        }
        strength = "\(preferences.strength)"
        fiction = [("yes", "Fiction only", true), ("no", "Non-fiction only", false)].map {
            Option(name: "fiction", value: $0, label: $1, isChosen: filter.isFiction == $2)
        }
        func options<Value: RawRepresentable<String> & CaseIterable & Hashable>(
            _ parameter: Preferences.Parameter, _ chosen: Set<Value>, _ label: (Value) -> String
        ) -> [Option] {
            Value.allCases.map {
                Option(
                    name: parameter.rawValue, value: $0.rawValue, label: label($0), isChosen: chosen.contains($0))
            }
        }
        boxes = [
            Boxes(legend: "Genres, any of them", options: options(.genre, filter.genres, \.name)),
            Boxes(
                legend: "Pace and length",
                options: options(.pace, filter.paces) { "\(Wording.capitalized($0.rawValue)) pace" }
                    + options(.length, filter.lengths) { length in
                        switch length {
                        case .short: "Short, up to 200 pages"
                        case .medium: "Medium, up to 450 pages"
                        case .long: "Long"
                        }
                    }),
        ]
        avoided = options(.avoid, filter.avoid, \.name)
        fields = Self.fields(filter)
        hidden = Self.hidden(question)
        let wishes = question.wishes().count
        chosen = wishes == 0 ? nil : "\(wishes) chosen"
    }

    private static func fields(_ filter: BookFilter) -> [Field] {
        func field(
            _ parameter: Preferences.Parameter, _ label: String, _ value: Int?, in range: ClosedRange<Int>
        ) -> Field {
            Field(
                name: parameter.rawValue, label: label, value: value.map { "\($0)" } ?? "",
                range: .init(least: "\(range.lowerBound)", most: "\(range.upperBound)", step: "1"))
        }
        // Names may have commas in them: each has a field. There is one for a first name.
        func names(_ parameter: Preferences.Parameter, _ label: String, _ values: [String]) -> [Field] {
            (values.isEmpty ? [""] : values).map {
                Field(name: parameter.rawValue, label: label, value: $0, range: nil)
            }
        }
        let languages = filter.languages.sorted().map { code in
            let name = LanguageCode.name(code)
            return LanguageCode.of(name) == code && !name.contains(" ") ? name : code
        }
        return [
            field(.minYear, "Published from (year)", filter.minYear, in: BookFilter.years),
            field(.maxYear, "Published until (year)", filter.maxYear, in: BookFilter.years),
            field(.minPages, "Pages, at least", filter.minPages, in: BookFilter.pages),
            field(.maxPages, "Pages, at most", filter.maxPages, in: BookFilter.pages),
            Field(
                name: Preferences.Parameter.minRating.rawValue, label: "Reader rating, at least (1 to 5)",
                value: filter.minRating.map(Wording.plain) ?? "", range: .init(least: "1", most: "5", step: "any")),
            Field(
                name: Preferences.Parameter.language.rawValue, label: "Language (name or code)",
                value: languages.joined(separator: ", "), range: nil),
        ] + names(.author, "Author", filter.authors) + names(.notBy, "Not by", filter.notBy)
    }

    /// As `SearchRequest.parameters` spells them.
    private static func hidden(_ question: SearchRequest) -> [Hidden] {
        let kept = ["like", "unlike", "feels", "category", "maxRating", "exclude", "semanticRatio"]
        // Sliders are for moods; emotions can be asked for in an address.
        let emotions = Preferences(
            feelings: question.preferences.feelings.filter { label, _ in
                if case .emotion = label { true } else { false }
            })
        return (emotions.parameters + question.parameters.filter { kept.contains($0.name) })
            .map { Hidden(name: $0.name, value: $0.value) }
    }
}
