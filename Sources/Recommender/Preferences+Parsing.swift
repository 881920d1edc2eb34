import Catalog

/// Preferences as every face of the program spells them: names of parameters and their values.
extension Preferences {
    /// What can be asked for, by the name of its parameter.
    public enum Parameter: String, Sendable, CaseIterable {
        case mood, strength, fiction, genre, feels, pace, length, avoid

        /// The values it takes; those of `strength` are numbers.
        public var choices: [String] {
            switch self {
            case .mood: Mood.allCases.map(\.rawValue) + Emotion.allCases.map(\.rawValue)
            case .strength: []
            case .fiction: ["yes", "no"]
            case .genre: Genre.allCases.map(\.rawValue)
            case .feels: Mood.allCases.map(\.rawValue)
            case .pace: Pace.allCases.map(\.rawValue)
            case .length: LengthClass.allCases.map(\.rawValue)
            case .avoid: ContentNote.allCases.map(\.rawValue)
            }
        }
    }

    /// Reads the values of the parameters, each list separated by commas: `mood` takes `hopeful`, `-dark` and
    /// `funny:0.5`. Blank values count as none.
    /// - Throws: `RequestError.unknownChoice` or `.outOfRange`.
    public init(parsing values: (Parameter) throws -> [String]) throws {
        self.init()
        func list<Value: RawRepresentable<String>>(_ parameter: Parameter) throws -> Set<Value> {
            try Set(
                Self.items(values(parameter)).map { item in
                    guard let value = Value(rawValue: item) else { throw RequestError(unknown: item, parameter) }
                    return value
                })
        }
        for item in try Self.items(values(.mood)) {
            let (feeling, weight) = try Self.feeling(item)
            if weight != 0 { feelings[feeling] = weight }
        }
        if let text = try Self.items(values(.strength)).last {
            guard let number = Double(text), (0...1).contains(number) else {
                throw RequestError.outOfRange(parameter: Parameter.strength.rawValue, value: text, range: "0 to 1")
            }
            strength = number
        }
        if let text = try Self.items(values(.fiction)).last {
            guard text == "yes" || text == "no" else { throw RequestError(unknown: text, .fiction) }
            filter.isFiction = text == "yes"
        }
        filter.genres = try list(.genre)
        filter.moods = try list(.feels)
        filter.paces = try list(.pace)
        filter.lengths = try list(.length)
        filter.avoid = try list(.avoid)
    }

    private static func items(_ values: [String]) -> [String] {
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
        return all
    }
}

extension RequestError {
    init(unknown value: String, _ parameter: Preferences.Parameter) {
        self = .unknownChoice(
            parameter: parameter.rawValue, value: String(value.prefix(60)), choices: parameter.choices)
    }
}
