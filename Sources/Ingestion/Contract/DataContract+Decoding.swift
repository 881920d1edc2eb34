extension DataContract {
    /// Reads a contract.
    /// - Parameter file: its name, for messages.
    /// - Throws: `SettingsError` for the first key that is unknown, missing or wrong.
    public init(yaml: String, file: String) throws(SettingsError) {
        let root = try SettingsNode(yaml: yaml, file: file)
        try root.allow(["version", "thresholds", "books", "ratings", "tags"])
        let known = Self.supportedVersion
        let number = try root.required("version", "`version: \(known)`")
        version = try number.whole("`\(known)`: this program reads no other version", in: known...known)
        thresholds = try Thresholds(root.required("thresholds", "`quarantinedShare` and `minimumRows` below it"))
        books = try Section(root.required("books", "the rules for books below it"), of: .books)
        ratings = try Section(root.required("ratings", "the rules for ratings below it"), of: .ratings)
        tags = try Section(root.required("tags", "the rules for tags below it"), of: .tags)
        digest = Self.digest(of: yaml)
    }
}

extension SettingsNode {
    /// The value of a key that must be there.
    func required(_ name: String, _ what: String) throws(SettingsError) -> SettingsNode {
        guard let value = self[name] else {
            throw error(found: "there is no key `\(name)`", remedy: "Write \(what).")
        }
        return value
    }

    /// A fact by its name.
    func fact(among facts: [Fact]) throws(SettingsError) -> Fact {
        try word(of: Dictionary(uniqueKeysWithValues: facts.map { ($0.name, $0) }))
    }

    func consequence() throws(SettingsError) -> Consequence {
        try word(of: Dictionary(uniqueKeysWithValues: Consequence.allCases.map { ($0.rawValue, $0) }))
    }
}

extension DataContract.Thresholds {
    fileprivate init(_ node: SettingsNode) throws(SettingsError) {
        try node.allow(["quarantinedShare", "minimumRows"])
        let share = try node.required("quarantinedShare", "`quarantinedShare: 0.20`")
        quarantinedShare = try share.number("a share from 0 to 1")
        guard (0...1).contains(quarantinedShare) else {
            throw share.error(found: "\(quarantinedShare) is no share", remedy: "Write a share from 0 to 1.")
        }
        minimumRows = try node.required("minimumRows", "`minimumRows: 1`")
            .whole("a whole number of rows, 0 or more", in: 0...1_000_000_000)
    }
}

extension DataContract.Section {
    /// The kinds of rows that have rules.
    fileprivate enum Kind {
        case books, ratings, tags

        /// The facts that the rules of such rows may name.
        var facts: [Fact] {
            switch self {
            case .books:
                [
                    .sourceID, .isbn13, .isbn, .title, .subtitle, .authors, .series, .categories, .year, .pages,
                    .language, .averageRating, .ratingsCount, .description, .coverURL,
                ]
            case .ratings: [.reader, .item, .isbn13, .isbn, .title, .authors, .stars, .shelf, .day]
            case .tags: [.tagID, .tagName, .item, .tagCount]
            }
        }
    }

    fileprivate init(_ node: SettingsNode, of kind: Kind) throws(SettingsError) {
        try node.allow(["unique", "onDuplicate", "fields", "rules"])
        fields = [:]
        for entry in try node.required("fields", "the facts with their limits below it").entries() {
            guard let fact = Fact(named: entry.name), kind.facts.contains(fact) else {
                throw entry.value.error(
                    found: "there is no fact `\(entry.name)`",
                    remedy: "Facts here: \(kind.facts.map(\.name).joined(separator: ", ")).")
            }
            fields[fact] = try FieldRule(entry.value, of: fact)
        }
        rules = []
        if let list = node["rules"] {
            for entry in try list.list(of: "rules") {
                let rule = try CrossFieldRule(entry, among: kind.facts)
                guard !rules.contains(where: { $0.name == rule.name }) else {
                    throw entry.error(
                        found: "the name “\(rule.name)” is taken", remedy: "Give every rule its own name.")
                }
                rules.append(rule)
            }
        }
        unique = []
        for entry in try node["unique"]?.list(of: "facts") ?? [] {
            unique.append(try entry.fact(among: kind.facts))
        }
        onDuplicate = .quarantine
        if let node = node["onDuplicate"] {
            typealias Repetition = DataContract.Repetition
            onDuplicate = try node.word(
                of: Dictionary(uniqueKeysWithValues: Repetition.allCases.map { ($0.rawValue, $0) }))
        }
    }
}
