import Catalog

/// The sentences that tell a reader why a book is there. Each states facts only.
enum Wording {
    static func meaning(through source: Meaning.Source, _ cosine: Double) -> String {
        "\(what(source)) is \(closeness(cosine)) in meaning to your words."
    }

    private static func what(_ source: Meaning.Source) -> String {
        switch source {
        case .description: "Its description"
        case .name: "What it is called"
        }
    }

    /// The tenth of what answers a query best has a cosine of 0.37 in the median, and the hundredth of 0.30 (40 queries over
    /// the real catalogue).
    private static func closeness(_ cosine: Double) -> String {
        cosine >= 0.35 ? "close" : cosine >= 0.25 ? "somewhat close" : "not close"
    }

    /// Where the words stand that were asked for, or others that are close to them. Nil when nowhere.
    static func keywords(of shown: ShownWork, _ terms: [Keywords.Term], relatives: (Keywords.Term) -> [String])
        -> String?
    {
        let stemmer = Stemmer()
        func stems(_ texts: [String]) -> Set<String> { Set(texts.flatMap(FoldedText.words).map { stemmer.stem($0) }) }
        let work = shown.work
        let name = stems([work.title, work.subtitle ?? "", work.series ?? ""] + work.authors)
        let subjects = stems(work.categories)
        var (named, filed, described, close): ([String], [String], [String], [String]) = ([], [], [], [])
        for term in terms {
            if name.contains(term.stem) {
                named.append(term.word)
            } else if subjects.contains(term.stem) {
                filed.append(term.word)
            } else if shown.describing(term.stem) != nil {
                described.append(term.word)
            } else if let word = relatives(term).lazy.compactMap(shown.describing).first {
                close.append("\(quoted(word)) for \(quoted(term.word))")
            }
        }
        let places = [(named, "name"), (filed, "subjects"), (described, "description")]
        var parts = places.compactMap { words, place in
            words.isEmpty
                ? nil : "\(list(words.prefix(4).map(quoted))) \(words.count == 1 ? "stands" : "stand") in its \(place)"
        }
        if !close.isEmpty { parts.append("its description has \(list(Array(close.prefix(2))))") }
        guard let first = parts.first else { return nil }
        return ([first.prefix(1).uppercased() + first.dropFirst()] + parts.dropFirst()).joined(separator: "; ") + "."
    }

    static func name(of work: Work, _ match: NameMatch) -> String {
        let spelt = match.corrections.prefix(2).map { "\(quoted($0.from)) as \(quoted($0.to))" }
        let reading = spelt.isEmpty ? "" : ", reading \(list(spelt))"
        return switch match.kind {
        case .exactTitle, .misspeltTitle, .wholeTitle: "You named its title, \(quoted(work.title))\(reading)."
        case .author: "It is by \(list(work.authors)), as you asked\(reading)."
        // Little of it: what one word was read as would say more than there is to say.
        case .partOfTitle where match.value < 0.1:
            "Some of your words are like words of its name, \(quoted(work.title))."
        case .partOfTitle: "Your words are close to its name, \(quoted(work.title))\(reading)."
        }
    }

    static func readers(together: Int, of readers: (all: Int, simulated: Int), who work: Work) -> String {
        let (all, simulated) = readers
        let note =
            simulated == 0 ? "" : simulated == all ? " (simulated)" : " (\(grouped(simulated)) of them simulated)"
        return "Of \(grouped(all)) \(all == 1 ? "reader" : "readers") who \(all == 1 ? "likes" : "like") "
            + "\(quoted(work.title))\(note), \(grouped(together)) \(together == 1 ? "likes" : "like") this one too."
    }

    static func isbn(_ isbn: ISBN13) -> String { "It has the ISBN \(isbn.digits)." }

    /// Why nothing fits, and what hides most.
    static func nothing(for request: SearchRequest, _ fitting: Int, _ obstacles: [NoResult.Obstacle]) -> String {
        if let isbn = request.isbn {
            return "No book here has the ISBN \(isbn.digits)"
                + (obstacles.isEmpty ? "." : " and fits what else you ask for.")
        }
        let words = request.hasWords ? "We looked for \(quoted(String(request.query.prefix(80)))). " : ""
        if let first = obstacles.first {
            let others = "\(grouped(first.countWithout)) \(first.countWithout == 1 ? "book" : "books")"
            return words
                + "No book fits all that you ask for; without what you ask about \(first.words) \(others) would."
        }
        return fitting == 0
            ? words + "No book fits all that you ask for, nor without any one part of it."
            : words + "None of your words stands in what is told of any book that fits."
    }

    static func examples(_ liked: [Work]) -> String {
        liked.isEmpty
            ? "It is far from what you do not want more of."
            : "Its description is close in meaning to \(list(liked.prefix(3).map { quoted($0.title) }))."
    }

    static func rating(of work: Work) -> String {
        guard let average = work.averageRating, work.ratingsCount > 0 else {
            return "It has no ratings yet and counts as an average book."
        }
        return
            "Rated \(stars(average)) of 5 by \(grouped(work.ratingsCount)) \(work.ratingsCount == 1 ? "reader" : "readers")."
    }

    /// How a book answers wishes for feelings: the label, its weight, and the share of books that have less of it.
    static func feelings(
        of work: Work, _ wishes: [(label: BookLabel, weight: Double, percentile: Double)]
    ) -> String {
        let parts = wishes.map { wish in
            let isMore = wish.percentile >= 0.5
            // In steps of one: a hundred of a hundred would be all, itself among them.
            let share = min(99, Int(100 * (isMore ? wish.percentile : 1 - wish.percentile)))
            return "\(isMore ? "more" : "less") \(wish.label.feeling) than \(share) in 100 books here"
        }
        return "By its \(work.description == nil ? "name" : "description") it is \(list(parts))."
    }

    static func likeness(of other: Work, to work: Work, through source: Meaning.Source, _ cosine: Double) -> String {
        var sentence = "\(what(source)) is \(closeness(cosine)) in meaning to \(quoted(work.title))"
        let authors = other.authors.filter(work.authors.contains)
        let categories = other.categories.filter(work.categories.contains).prefix(2)
        var shared: [String] = []
        if !authors.isEmpty { shared.append("by \(list(authors))") }
        if let series = work.series, let own = other.series, SeriesName(series) == SeriesName(own) {
            shared.append("of the series \(quoted(SeriesName(series).text))")
        }
        if !categories.isEmpty { shared.append("filed under \(list(Array(categories)))") }
        if !shared.isEmpty { sentence += "; both are \(list(shared))" }
        return sentence + "."
    }

    // Foundation's number formatters know every language, and take longer than all the rest of an answer's wording.

    /// With one or two digits after the point.
    private static func stars(_ average: Double) -> String {
        let hundredths = Int((100 * average).rounded(.toNearestOrEven))
        let tenths = "\(hundredths / 100).\(hundredths / 10 % 10)"
        return hundredths % 10 == 0 ? tenths : tenths + "\(hundredths % 10)"
    }

    /// With a comma between thousands.
    private static func grouped(_ count: Int) -> String {
        let (thousands, rest) = count.quotientAndRemainder(dividingBy: 1_000)
        guard thousands > 0 else { return "\(rest)" }
        return grouped(thousands) + "," + String("\(1_000 + rest)".dropFirst())
    }

    static func quoted(_ text: String) -> String { "“\(text)”" }

    static func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return "\(items.dropLast().joined(separator: ", ")) and \(last)"
    }
}

extension BookLabel {
    /// As what a book is called that has it: emotions are nouns.
    fileprivate var feeling: String {
        switch self {
        case .emotion(.anger): "angry"
        case .emotion(.disgust): "disgusted"
        case .emotion(.fear): "fearful"
        case .emotion(.joy): "joyful"
        case .emotion(.sadness): "sorrowful"
        case .emotion(.surprise): "surprising"
        default: name
        }
    }
}

extension NoResult.Obstacle {
    /// The filter in words.
    fileprivate var words: String {
        switch Preferences.Parameter(rawValue: parameter) {
        case .fiction: "fiction"
        case .genre: "the genre"
        case .feels, .mood, .strength: "the mood"
        case .pace: "the pace"
        case .length, .minPages, .maxPages: "the length"
        case .avoid: "what to avoid"
        case .category: "the category"
        case .language: "the language"
        case .author: "the author"
        case .notBy: "authors to leave out"
        case .minYear, .maxYear: "the year"
        case .minRating, .maxRating: "the rating"
        case .exclude: "books to leave out"
        case nil: "“\(parameter)”"
        }
    }
}
