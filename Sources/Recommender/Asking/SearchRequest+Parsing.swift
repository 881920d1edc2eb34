/// Requests as every face of the program spells them: names of parameters and their values.
extension SearchRequest {
    /// What can be asked for beside what `Preferences` names.
    public enum Parameter: String, Sendable, CaseIterable {
        case q, like, unlike, sort, semanticRatio, limit, offset, explain, facets
    }

    /// Reads the values of the parameters, as `Preferences(parsing:)` does its own. Each takes one value but `like` and
    /// `unlike`, which take many, separated by commas or one by one.
    /// - Parameter values: what stands for the parameter of a name; empty where it is not there.
    /// - Throws: `RequestError`, and what `values` throws.
    public init(parsing values: (String) throws -> [String]) throws {
        func value(_ parameter: Parameter) throws -> String? {
            let all = try values(parameter.rawValue)
            guard all.count <= 1 else { throw RequestError.repeatedParameter(parameter.rawValue, count: all.count) }
            return all.first
        }
        func number(_ parameter: Parameter) throws -> Int? {
            try value(parameter).map { text in
                guard let number = Int(text) else {
                    throw RequestError.invalidNumber(parameter: parameter.rawValue, value: String(text.prefix(40)))
                }
                return number
            }
        }
        func flag(_ parameter: Parameter, _ standard: Bool) throws -> Bool {
            switch try value(parameter) {
            case nil, "": standard
            case "true", "1", "yes": true
            case "false", "0", "no": false
            case let text?:
                throw RequestError.unknownChoice(
                    parameter: parameter.rawValue, value: String(text.prefix(60)), choices: ["true", "false"])
            }
        }
        func books(_ parameter: Parameter) throws -> [String] {
            let all = Preferences.items(try values(parameter.rawValue))
            guard all.count <= Self.mostValues else {
                throw RequestError.tooMany(parameter: parameter.rawValue, count: all.count, most: Self.mostValues)
            }
            return all
        }
        self.init(query: try value(.q) ?? "", preferences: try Preferences(parsing: values))
        like = try books(.like)
        unlike = try books(.unlike)
        if let text = try value(.sort), !text.isEmpty {
            guard let order = Sort(rawValue: text) else {
                throw RequestError.unknownChoice(
                    parameter: Parameter.sort.rawValue, value: String(text.prefix(60)),
                    choices: Sort.allCases.map(\.rawValue))
            }
            sort = order
        }
        if let text = try value(.semanticRatio), !text.isEmpty {
            semanticRatio = try Preferences.number(text, Parameter.semanticRatio.rawValue, in: 0...1, "0 to 1")
        }
        if let number = try number(.limit) { limit = number }
        if let number = try number(.offset) { offset = number }
        explain = try flag(.explain, false)
        facets = try flag(.facets, true)
        if !hasWords { query = "" }
        try check()
    }

    /// - Throws: `RequestError` where it cannot be answered as it stands.
    func check() throws(RequestError) {
        let bytes = query.utf8.count
        guard bytes <= Self.longestQuery else { throw .queryTooLong(bytes: bytes) }
        guard !isEmpty else { throw .emptyQuery }
        guard Self.limits.contains(limit) else { throw .limitOutOfRange(limit) }
        guard offset >= 0 else { throw .offsetOutOfRange(offset) }
    }

    /// The parameters that ask for this but for page and limit, those that say nothing left out.
    public var parameters: [(name: String, value: String)] {
        var all: [(String, String)] = []
        func add(_ parameter: Parameter, _ value: String?) {
            if let value { all.append((parameter.rawValue, value)) }
        }
        add(.q, query)
        add(.like, like.isEmpty ? nil : like.joined(separator: ","))
        add(.unlike, unlike.isEmpty ? nil : unlike.joined(separator: ","))
        all += preferences.parameters
        add(.sort, sort == .relevance ? nil : sort.rawValue)
        add(.semanticRatio, semanticRatio == Self.standardSemanticRatio ? nil : "\(semanticRatio)")
        return all
    }
}
