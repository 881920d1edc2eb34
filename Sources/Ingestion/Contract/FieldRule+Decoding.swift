extension FieldRule {
    init(_ node: SettingsNode, of fact: Fact) throws(SettingsError) {
        let bounded: Bool
        switch fact.valueType {
        case .whole, .decimal, .year, .day, .stars, .names, .list: bounded = true
        default: bounded = false
        }
        let hasLength = [.line, .text, .names, .list].contains(fact.valueType)
        try node.allow(
            ["type", "required"] + (bounded ? ["min", "max"] : []) + (hasLength ? ["maxLength"] : [])
                + ["onViolation"])
        // The type is the program's; the contract repeats it so that it can be read alone.
        if let type = node["type"], let own = fact.valueType?.rawValue {
            let word = try type.text("`\(own)`")
            guard word == own else {
                throw type.error(found: "“\(word.prefix(60))” is not its type", remedy: "Write `\(own)`.")
            }
        }
        self.init(
            required: try node["required"]?.flag() ?? false,
            min: try node["min"]?.bound(),
            max: try node["max"]?.bound(),
            maxLength: try node["maxLength"]?.whole("a whole number of characters, from 1", in: 1...1_000_000_000),
            onViolation: try node["onViolation"]?.consequence() ?? .quarantine)
        let year = 2_000
        if let min, let max, min.value(inYear: year) > max.value(inYear: year) {
            throw node.error(found: "its `min` is above its `max`", remedy: "Exchange or correct them.")
        }
    }
}

extension CrossFieldRule {
    init(_ node: SettingsNode, among facts: [Fact]) throws(SettingsError) {
        let conditions = ["agree", "differs", "notWhenZero", "anyOf"]
        try node.allow(["name"] + conditions + ["onViolation"])
        let name = try node.required("name", "`name: …`, which reports count by").text("a name")
        guard name.count <= 60, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
            throw node.error(
                found: "“\(name.prefix(60))” is no name of a rule", remedy: "Write at most 60 letters and digits.")
        }
        guard Violation.Rule(rawValue: name) == nil else {
            throw node.error(found: "“\(name)” is a rule of the program's own", remedy: "Choose another name.")
        }
        let given = conditions.filter { node[$0] != nil }
        guard given.count == 1, let condition = given.first, let operands = node[condition] else {
            throw node.error(
                found: "the rule “\(name)” has \(given.count) conditions",
                remedy: "Write one of: \(conditions.joined(separator: ", ")).")
        }
        self.init(
            name: name, condition: try Condition(condition, operands, among: facts),
            onViolation: try node["onViolation"]?.consequence() ?? .quarantine)
        if case .anyOf = self.condition, onViolation == .unknown {
            throw node.error(
                found: "`anyOf` cannot leave out what is not there", remedy: "Write `onViolation: quarantine`.")
        }
    }
}

extension CrossFieldRule.Condition {
    /// - Parameter word: the condition's key.
    init(_ word: String, _ node: SettingsNode, among facts: [Fact]) throws(SettingsError) {
        func operands(of types: [Fact.ValueType]?) throws(SettingsError) -> [Fact] {
            let allowed = facts.filter { fact in
                guard let types else { return true }
                return fact.valueType.map(types.contains) ?? false
            }
            var found: [Fact] = []
            for entry in try node.list(of: "facts") { found.append(try entry.fact(among: allowed)) }
            guard Set(found).count == found.count else {
                throw node.error(found: "it names a fact twice", remedy: "Name different facts.")
            }
            return found
        }
        func pair(of types: [Fact.ValueType]) throws(SettingsError) -> (Fact, Fact) {
            let found = try operands(of: types)
            guard found.count == 2 else {
                throw node.error(found: "it names \(found.count) facts", remedy: "Name two: `\(word): […, …]`.")
            }
            return (found[0], found[1])
        }
        switch word {
        case "agree":
            let (one, other) = try pair(of: [.isbn])
            self = .agree(one, other)
        case "differs":
            let (one, other) = try pair(of: [.line, .text])
            self = .differs(one, other)
        case "notWhenZero":
            let (one, other) = try pair(of: [.whole, .decimal])
            self = .notWhenZero(one, other)
        default:
            let found = try operands(of: nil)
            guard !found.isEmpty else {
                throw node.error(found: "it names no fact", remedy: "Name at least one.")
            }
            self = .anyOf(found)
        }
    }
}

extension SettingsNode {
    /// `5`, `thisYear`, `thisYear+2` or `thisYear-1`.
    fileprivate func bound() throws(SettingsError) -> FieldRule.Bound {
        let allowed = "a number, or `thisYear` with an offset: `thisYear+2`"
        let text = try text(allowed).filter { $0 != " " }
        guard text.hasPrefix("thisYear") else { return .number(try number(allowed)) }
        let offset = text.dropFirst("thisYear".count)
        if offset.isEmpty { return .thisYear(plus: 0) }
        guard "+-".contains(offset.prefix(1)), offset.count <= 6, let years = Int(offset) else {
            throw error(found: "“\(text.prefix(60))” is no limit", remedy: "Write \(allowed).")
        }
        return .thisYear(plus: years)
    }
}
