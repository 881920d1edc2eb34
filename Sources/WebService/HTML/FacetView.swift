import Catalog
import Recommender

/// The works of each kind that a search finds, as links that narrow it down.
struct FacetView {
    let title: String
    /// The most frequent values, and those that are chosen.
    let values: [ValueView]
    let rest: [ValueView]
    let hasRest: Bool
    let restName: String

    struct ValueView {
        let name: String
        let count: String
        let address: String
        let isChosen: Bool
    }

    /// How many values are there at once.
    private static let mostShown = 8

    /// Those that have values, in the order of the page.
    static func all(_ facets: [Facet], in question: SearchRequest) -> [FacetView] {
        let order: [Facet.Name] = [.genre, .mood, .fiction, .length, .pace, .decade, .language, .category]
        return order.compactMap { name in
            facets.first { $0.name == name && !$0.values.isEmpty }.map { FacetView($0, in: question) }
        }
    }

    private init(_ facet: Facet, in question: SearchRequest) {
        title = Self.title(of: facet.name)
        let filter = question.preferences.filter
        let frequent = facet.values.indices.sorted { first, second in
            (facet.values[second].count, first) < (facet.values[first].count, second)
        }.prefix(Self.mostShown)
        var (shown, rest): ([ValueView], [ValueView]) = ([], [])
        for (index, value) in facet.values.enumerated() {
            var toggled = question
            let isChosen = filter.asks(for: value.value, of: facet.name)
            toggled.preferences.filter.toggle(value.value, of: facet.name)
            let view = ValueView(
                name: Wording.capitalized(value.name), count: Wording.grouped(value.count),
                address: SearchAddress.of(toggled), isChosen: isChosen)
            if isChosen || frequent.contains(index) { shown.append(view) } else { rest.append(view) }
        }
        values = shown
        self.rest = rest
        hasRest = !rest.isEmpty
        restName = "\(Wording.grouped(rest.count)) more"
    }

    private static func title(of name: Facet.Name) -> String {
        switch name {
        case .fiction: "Fiction or not"
        case .genre: "Genre"
        case .mood: "Mood"
        case .pace: "Pace"
        case .length: "Length"
        case .decade: "Published"
        case .language: "Language"
        case .category: "Category"
        }
    }
}

extension BookFilter {
    /// Whether it asks for this value of a facet.
    func asks(for value: String, of facet: Facet.Name) -> Bool {
        var toggled = self
        toggled.toggle(value, of: facet)
        // What is chosen goes when it is chosen again, and what is not comes.
        return switch facet {
        case .fiction: isFiction != nil && toggled.isFiction == nil
        case .genre: toggled.genres.count < genres.count
        case .mood: toggled.moods.count < moods.count
        case .pace: toggled.paces.count < paces.count
        case .length: toggled.lengths.count < lengths.count
        case .decade: minYear != nil && toggled.minYear == nil
        case .language: toggled.languages.count < languages.count
        case .category: toggled.categories.count < categories.count
        }
    }

    /// Asks for a value of a facet too, or no longer. Of fiction and decades there is one at a time.
    mutating func toggle(_ value: String, of facet: Facet.Name) {
        func flip<Value: Hashable>(_ value: Value?, in values: inout Set<Value>) {
            guard let value else { return }
            if values.remove(value) == nil { values.insert(value) }
        }
        switch facet {
        case .fiction: isFiction = isFiction == (value == "yes") ? nil : value == "yes"
        case .genre: flip(Genre(rawValue: value), in: &genres)
        case .mood: flip(Mood(rawValue: value), in: &moods)
        case .pace: flip(Pace(rawValue: value), in: &paces)
        case .length: flip(LengthClass(rawValue: value), in: &lengths)
        case .decade:
            guard let first = Int(value) else { return }
            let isChosen = minYear == first && maxYear == first + 9
            (minYear, maxYear) = isChosen ? (nil, nil) : (first, first + 9)
        case .language: flip(value, in: &languages)
        case .category:
            let name = FoldedText.fold(value)
            let others = categories.filter { FoldedText.fold($0) != name }
            categories = others.count < categories.count ? others : categories + [value]
        }
    }
}
