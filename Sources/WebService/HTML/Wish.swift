import Catalog
import Recommender

/// One thing that a request asks for beside its words: what the page calls it, and how to take it back.
struct Wish {
    /// The name of its parameter.
    let parameter: String
    let text: String
    /// The request without it.
    let others: SearchRequest
}

extension SearchRequest {
    /// The most books of one list that are named one by one.
    static let mostNamed = 10

    /// What is asked for beside the words, in the order of the parameters. O(wishes²) for the requests without each.
    /// - Parameter titles: what the books are called that the request names; others go by the name it has for them.
    func wishes(titles: [String: String] = [:]) -> [Wish] {
        var wishes: [Wish] = []
        func add(_ parameter: String, _ text: String, lifting lift: (inout SearchRequest) -> Void) {
            var others = self
            lift(&others)
            // How much moods count says nothing without one.
            if others.preferences.feelings.isEmpty { others.preferences.strength = Preferences.standardStrength }
            wishes.append(Wish(parameter: parameter, text: text, others: others))
        }
        func addBooks(_ parameter: String, _ list: WritableKeyPath<SearchRequest, [String]>, _ word: String) {
            let books = self[keyPath: list]
            // One book too many is named as soon as "one more book" would be.
            let named = books.count <= Self.mostNamed + 1 ? books[...] : books.prefix(Self.mostNamed)
            for book in named {
                add(parameter, "\(word) “\(Wording.excerpt(titles[book] ?? book, length: 60))”") { others in
                    others[keyPath: list].removeAll { $0 == book }
                }
            }
            let rest = books.count - named.count
            if rest > 0 {
                add(parameter, "\(word) \(Wording.count(rest, "other book", "other books"))") { others in
                    others[keyPath: list] = Array(named)
                }
            }
        }
        addBooks(Parameter.like.rawValue, \.like, "more like")
        addBooks(Parameter.unlike.rawValue, \.unlike, "less like")
        for label in BookLabel.all {
            guard let weight = preferences.feelings[label] else { continue }
            add("mood", "\(weight > 0 ? "more" : "less") \(label.name)") { $0.preferences.feelings[label] = nil }
        }
        func add(_ parameter: Preferences.Parameter, _ text: String, lifting lift: (inout BookFilter) -> Void) {
            add(parameter.rawValue, text) { lift(&$0.preferences.filter) }
        }
        func add<Value: CaseIterable & Hashable>(
            _ parameter: Preferences.Parameter, _ values: WritableKeyPath<BookFilter, Set<Value>>,
            _ text: (Value) -> String
        ) {
            for value in Value.allCases where preferences.filter[keyPath: values].contains(value) {
                add(parameter, text(value)) { $0[keyPath: values].remove(value) }
            }
        }
        func add(_ parameter: Preferences.Parameter, _ names: WritableKeyPath<BookFilter, [String]>, _ word: String) {
            for name in preferences.filter[keyPath: names] {
                add(parameter, "\(word) \(Wording.excerpt(name, length: 60))") { filter in
                    filter[keyPath: names].removeAll { $0 == name }
                }
            }
        }
        func add<Bound>(
            _ parameter: Preferences.Parameter, _ bound: WritableKeyPath<BookFilter, Bound?>, _ text: (Bound) -> String
        ) {
            if let value = preferences.filter[keyPath: bound] {
                add(parameter, text(value)) { $0[keyPath: bound] = nil }
            }
        }
        add(.fiction, \.isFiction) { $0 ? "fiction" : "non-fiction" }
        add(.genre, \.genres) { $0.name.lowercased() }
        add(.feels, \.moods, \.rawValue)
        add(.pace, \.paces) { "\($0.rawValue) pace" }
        add(.length, \.lengths) { "\($0.rawValue) length" }
        add(.avoid, \.avoid) { "without \($0.name.lowercased())" }
        add(.category, \.categories, "filed under")
        for code in preferences.filter.languages.sorted() {
            add(.language, "in \(LanguageCode.name(code))") { $0.languages.remove(code) }
        }
        add(.author, \.authors, "by")
        add(.notBy, \.notBy, "not by")
        add(.minYear, \.minYear) { "from \(Wording.year($0) ?? "0") on" }
        add(.maxYear, \.maxYear) { "until \(Wording.year($0) ?? "0")" }
        add(.minPages, \.minPages) { "at least \(Wording.count($0, "page", "pages"))" }
        add(.maxPages, \.maxPages) { "at most \(Wording.count($0, "page", "pages"))" }
        add(.minRating, \.minRating) { "rated at least \(Wording.plain($0))" }
        add(.maxRating, \.maxRating) { "rated at most \(Wording.plain($0))" }
        addBooks(Preferences.Parameter.exclude.rawValue, \.preferences.filter.excluded, "without")
        return wishes
    }

    /// The request without anything that this parameter asks for.
    func lifting(_ parameter: String) -> SearchRequest {
        var request = self
        while let wish = request.wishes().first(where: { $0.parameter == parameter }) { request = wish.others }
        return request
    }
}

extension [Wish] {
    /// “more hopeful, less dark; fantasy or horror; without war”. Nil for none.
    var words: String? {
        var groups: [(parameter: String, texts: [String])] = []
        for wish in self {
            if groups.last?.parameter == wish.parameter {
                groups[groups.count - 1].texts.append(wish.text)
            } else {
                groups.append((wish.parameter, [wish.text]))
            }
        }
        // One of several genres is enough; of moods, examples and what is to be left out, each counts.
        let every: Set = ["like", "unlike", "mood", "avoid", "notBy", "exclude"]
        let parts = groups.map { $0.texts.joined(separator: every.contains($0.parameter) ? ", " : " or ") }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
}
