import Catalog

/// Preferences as every face of the program spells them: names of parameters and their values.
extension Preferences {
    /// What can be asked for, by the name of its parameter.
    public enum Parameter: String, Sendable, CaseIterable {
        case mood, strength, fiction, genre, feels, pace, length, avoid
        case category, language, author, notBy, minYear, maxYear, minPages, maxPages, minRating, maxRating, exclude

        /// The values it takes; empty where these are numbers or names.
        public var choices: [String] {
            switch self {
            case .mood: Mood.allCases.map(\.rawValue) + Emotion.allCases.map(\.rawValue)
            case .fiction: ["yes", "no"]
            case .genre: Genre.allCases.map(\.rawValue)
            case .feels: Mood.allCases.map(\.rawValue)
            case .pace: Pace.allCases.map(\.rawValue)
            case .length: LengthClass.allCases.map(\.rawValue)
            case .avoid: ContentNote.allCases.map(\.rawValue)
            default: []
            }
        }
    }

    /// Reads the values of the parameters, each list separated by commas: `mood` takes `hopeful`, `-dark` and
    /// `funny:0.5`. Names of categories and authors may have commas in them: of these, each value is one. Blank values
    /// count as none.
    /// - Parameter named: what stands for the parameter of a name; empty where it is not there.
    /// - Throws: `RequestError`, and what `named` throws.
    public init(parsing named: (String) throws -> [String]) throws {
        self.init()
        func values(_ parameter: Parameter) throws -> [String] { try named(parameter.rawValue) }
        func list<Value: RawRepresentable<String>>(_ parameter: Parameter) throws -> Set<Value> {
            try Set(
                Self.items(values(parameter)).map { item in
                    guard let value = Value(rawValue: item) else { throw RequestError(unknown: item, parameter) }
                    return value
                })
        }
        func single(_ parameter: Parameter) throws -> String? {
            let all = Self.items(try values(parameter))
            guard all.count <= 1 else { throw RequestError.repeatedParameter(parameter.rawValue, count: all.count) }
            return all.first
        }
        for item in try Self.items(values(.mood)) {
            let (feeling, weight) = try Self.feeling(item)
            if weight != 0 { feelings[feeling] = weight }
        }
        if let text = try single(.strength) {
            strength = try Self.number(text, Parameter.strength.rawValue, in: 0...1, "0 to 1")
        }
        if let text = try single(.fiction) {
            guard text == "yes" || text == "no" else { throw RequestError(unknown: text, .fiction) }
            filter.isFiction = text == "yes"
        }
        filter.genres = try list(.genre)
        filter.moods = try list(.feels)
        filter.paces = try list(.pace)
        filter.lengths = try list(.length)
        filter.avoid = try list(.avoid)

        func names(_ parameter: Parameter) throws -> [String] {
            let all = try values(parameter).filter { $0.contains { !$0.isWhitespace } }
            guard all.count <= SearchRequest.mostValues else {
                throw RequestError.tooMany(
                    parameter: parameter.rawValue, count: all.count, most: SearchRequest.mostValues)
            }
            return all
        }
        func bound(_ parameter: Parameter, _ range: ClosedRange<Double>, _ words: String) throws -> Double? {
            try single(parameter).map { try Self.number($0, parameter.rawValue, in: range, words) }
        }
        func whole(_ parameter: Parameter, _ range: ClosedRange<Int>) throws -> Int? {
            try single(parameter).map { text in
                guard let number = Int(text) else {
                    throw RequestError.invalidNumber(parameter: parameter.rawValue, value: String(text.prefix(40)))
                }
                guard range.contains(number) else {
                    throw RequestError.outOfRange(
                        parameter: parameter.rawValue, value: text, range: "\(range.lowerBound) to \(range.upperBound)")
                }
                return number
            }
        }
        filter.categories = try names(.category)
        filter.authors = try names(.author)
        filter.notBy = try names(.notBy)
        filter.languages = try Set(
            Self.items(values(.language)).map { item in
                guard let code = LanguageCode.of(item) else {
                    throw RequestError.unknownChoice(
                        parameter: Parameter.language.rawValue, value: String(item.prefix(60)),
                        choices: ["codes as en or fra", "names as French"])
                }
                return code
            })
        filter.minYear = try whole(.minYear, BookFilter.years)
        filter.maxYear = try whole(.maxYear, BookFilter.years)
        filter.minPages = try whole(.minPages, BookFilter.pages)
        filter.maxPages = try whole(.maxPages, BookFilter.pages)
        filter.minRating = try bound(.minRating, 1...5, "1 to 5")
        filter.maxRating = try bound(.maxRating, 1...5, "1 to 5")
        filter.excluded = try Self.items(values(.exclude))
        guard filter.excluded.count <= BookFilter.mostExcluded else {
            throw RequestError.tooMany(
                parameter: Parameter.exclude.rawValue, count: filter.excluded.count, most: BookFilter.mostExcluded)
        }
    }

    static func number(
        _ text: String, _ parameter: String, in range: ClosedRange<Double>, _ words: String
    ) throws(RequestError) -> Double {
        guard let number = Double(text), range.contains(number) else {
            throw .outOfRange(parameter: parameter, value: String(text.prefix(40)), range: words)
        }
        return number
    }

    static func items(_ values: [String]) -> [String] {
        values.flatMap { $0.split(separator: ",") }.map { String($0.filter { !$0.isWhitespace }) }.filter {
            !$0.isEmpty
        }
    }

    /// `hopeful`, `-dark`, `funny:0.5`.
    private static func feeling(_ item: String) throws -> (BookLabel, Double) {
        let parts = item.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let isLess = parts[0].hasPrefix("-")
        let name = String(isLess ? parts[0].dropFirst() : parts[0])
        guard let feeling = Mood(rawValue: name).map(BookLabel.mood) ?? Emotion(rawValue: name).map(BookLabel.emotion)
        else { throw RequestError(unknown: name, .mood) }
        guard parts.count == 2 else { return (feeling, isLess ? -1 : 1) }
        guard let weight = Double(parts[1]), (-1...1).contains(weight) else {
            throw RequestError.outOfRange(parameter: "mood", value: item, range: "\(name):-1 to \(name):1")
        }
        return (feeling, isLess ? -weight : weight)
    }

    /// The parameters that ask for this, those that say nothing left out; in the order of `Parameter`.
    public var parameters: [(name: String, value: String)] {
        var all: [(String, String)] = []
        func add(_ parameter: Parameter, _ values: [String]) {
            if !values.isEmpty { all.append((parameter.rawValue, values.joined(separator: ","))) }
        }
        func codes<Value: RawRepresentable<String> & CaseIterable & Hashable>(_ values: Set<Value>) -> [String] {
            Value.allCases.filter(values.contains).map(\.rawValue)
        }
        add(
            .mood,
            BookLabel.all.compactMap { label in
                feelings[label].map { weight in
                    weight == 1 ? label.name : weight == -1 ? "-\(label.name)" : "\(label.name):\(weight)"
                }
            })
        if strength != Self.standardStrength { add(.strength, ["\(strength)"]) }
        add(.fiction, filter.isFiction.map { [$0 ? "yes" : "no"] } ?? [])
        add(.genre, codes(filter.genres))
        add(.feels, codes(filter.moods))
        add(.pace, codes(filter.paces))
        add(.length, codes(filter.lengths))
        add(.avoid, codes(filter.avoid))
        // Names may have commas in them: each is a parameter by itself.
        for name in filter.categories { add(.category, [name]) }
        for name in filter.authors { add(.author, [name]) }
        for name in filter.notBy { add(.notBy, [name]) }
        add(.language, filter.languages.sorted())
        func add(_ parameter: Parameter, number: (some CustomStringConvertible)?) {
            add(parameter, number.map { ["\($0)"] } ?? [])
        }
        add(.minYear, number: filter.minYear)
        add(.maxYear, number: filter.maxYear)
        add(.minPages, number: filter.minPages)
        add(.maxPages, number: filter.maxPages)
        add(.minRating, number: filter.minRating)
        add(.maxRating, number: filter.maxRating)
        add(.exclude, filter.excluded)
        return all
    }
}

extension RequestError {
    init(unknown value: String, _ parameter: Preferences.Parameter) {
        self = .unknownChoice(
            parameter: parameter.rawValue, value: String(value.prefix(60)), choices: parameter.choices)
    }
}
