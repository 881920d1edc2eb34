import Catalog

/// The sentences that tell a reader why a book is there. Each states facts only.
enum Wording {
    static func meaning(of work: ShownWork, for query: [String], through source: Meaning.Source) -> String {
        let mentioned = list(sharedWords(query, work).map(quoted))
        switch source {
        case .description:
            let mentions = mentioned.isEmpty ? "" : " and mentions \(mentioned)"
            return "Its description is close in meaning to your words\(mentions)."
        case .name:
            let mentions = mentioned.isEmpty ? "" : ", and its description mentions \(mentioned)"
            return "What it is called is close in meaning to your words\(mentions)."
        }
    }

    static func title(of work: Work, _ match: TitleMatch) -> String {
        switch match.kind {
        case .wholeTitle: "You named its title, \(quoted(work.title))."
        case .author: "It is by \(list(work.authors)), as you asked."
        case .partOfTitle: "Your words stand in its title, \(quoted(work.title))."
        }
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

    static func likeness(of other: Work, to work: Work, through source: Meaning.Source) -> String {
        let what = source == .description ? "Its description" : "What it is called"
        var sentence = "\(what) is close in meaning to \(quoted(work.title))"
        let authors = other.authors.filter(work.authors.contains)
        let categories = other.categories.filter(work.categories.contains).prefix(2)
        var shared: [String] = []
        if !authors.isEmpty { shared.append("by \(list(authors))") }
        if !categories.isEmpty { shared.append("filed under \(list(Array(categories)))") }
        if !shared.isEmpty { sentence += ", and both are \(list(shared))" }
        return sentence + "."
    }

    /// The query's telling words that stand in the book's text too, in the query's order, at most three.
    private static func sharedWords(_ query: [String], _ work: ShownWork) -> [String] {
        var shared: [String] = []
        for word in query where !commonWords.contains(word) && !shared.contains(word) && work.mentions(word) {
            shared.append(word)
            if shared.count == 3 { break }
        }
        return shared
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

    private static func quoted(_ text: String) -> String { "“\(text)”" }

    private static func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return "\(items.dropLast().joined(separator: ", ")) and \(last)"
    }

    /// Words that say nothing about a book when a query and a description share them.
    private static let commonWords: Set<String> = Set(
        """
        a about after all also an and any are as at back be because been before being between book books but by can \
        could did do does each ever first for from full get give go going good great had has have he her him his how \
        i if in into is it its just last like little long made make many me more most much my never new no not novel \
        of off old on one or other our out over own read reading set she so some something stories story such tale \
        than that the their them then there these they this those through to too two under up us very want was way \
        we were what when where which while who why will with would you your
        """.split(separator: " ").map(String.init))
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
