import Yams

/// A place in a YAML file of settings, read strictly: unknown keys are errors, and every error names file, line and key.
struct SettingsNode {
    private let node: Node
    private let file: String
    let key: String

    /// - Throws: `SettingsError` when the text is not YAML or holds no keys.
    init(yaml: String, file: String) throws(SettingsError) {
        let parsed: Node?
        do {
            parsed = try Yams.compose(yaml: yaml)
        } catch {
            let reason = "\(error)".split(separator: "\n").joined(separator: " ")
            throw SettingsError(
                file: file, key: "", found: "it is not YAML: \(reason.prefix(300))", remedy: "Correct it there.")
        }
        guard let parsed, parsed.mapping != nil else {
            throw SettingsError(
                file: file, key: "", found: "it holds no keys", remedy: "Write `key: value`, one on each line.")
        }
        self.init(node: parsed, file: file, key: "")
    }

    private init(node: Node, file: String, key: String) {
        self.node = node
        self.file = file
        self.key = key
    }

    /// An error at this place.
    func error(found: String, remedy: String) -> SettingsError {
        SettingsError(file: file, line: node.mark?.line, key: key, found: found, remedy: remedy)
    }

    /// The value of a key; nil without it.
    subscript(_ name: String) -> SettingsNode? {
        guard let value = node.mapping?.first(where: { $0.key.scalar?.string == name })?.value else { return nil }
        return SettingsNode(node: value, file: file, key: key.isEmpty ? name : "\(key).\(name)")
    }

    var isList: Bool { node.sequence != nil }

    /// Keys and values in the order of the file.
    /// - Throws: when this is no set of keys.
    func entries() throws(SettingsError) -> [(name: String, value: SettingsNode)] {
        guard let mapping = node.mapping else {
            throw error(found: "it is \(words)", remedy: "Write keys with values below it.")
        }
        var entries: [(name: String, value: SettingsNode)] = []
        for pair in mapping {
            guard let name = pair.key.scalar?.string else {
                throw error(found: "a key is no plain word", remedy: "Write `key: value`.")
            }
            entries.append(
                (name, SettingsNode(node: pair.value, file: file, key: key.isEmpty ? name : "\(key).\(name)")))
        }
        return entries
    }

    /// Checks that no other keys stand here.
    func allow(_ names: [String]) throws(SettingsError) {
        for entry in try entries() where !names.contains(entry.name) {
            throw entry.value.error(
                found: "there is no key `\(entry.name)`", remedy: "Allowed here: \(names.joined(separator: ", ")).")
        }
    }

    /// The values of a list.
    func list(of what: String) throws(SettingsError) -> [SettingsNode] {
        guard let sequence = node.sequence else {
            throw error(found: "it is \(words)", remedy: "Write a list of \(what): `[…, …]`.")
        }
        return sequence.enumerated().map { SettingsNode(node: $1, file: file, key: "\(key)[\($0)]") }
    }

    /// - Parameter what: what is allowed, for the message.
    func text(_ what: String) throws(SettingsError) -> String {
        guard let text = node.scalar?.string, !text.isEmpty else {
            throw error(found: "it is \(words)", remedy: "Write \(what).")
        }
        return text
    }

    /// One of a few words.
    func word<T>(of words: [String: T]) throws(SettingsError) -> T {
        let allowed = "one of: \(words.keys.sorted().joined(separator: ", "))"
        let text = try text(allowed)
        guard let value = words[text] else {
            throw error(found: "“\(text.prefix(60))” is not known here", remedy: "Write \(allowed).")
        }
        return value
    }

    func flag() throws(SettingsError) -> Bool { try word(of: ["true": true, "false": false]) }

    func number(_ what: String) throws(SettingsError) -> Double {
        let text = try text(what)
        guard let value = Double(text), value.isFinite, !text.lowercased().contains("x") else {
            throw error(found: "“\(text.prefix(60))” is no number", remedy: "Write \(what).")
        }
        return value
    }

    func whole(_ what: String, in range: ClosedRange<Int>) throws(SettingsError) -> Int {
        let value = try number(what)
        guard let whole = Int(exactly: value), range.contains(whole) else {
            throw error(
                found: "\(value) is not from \(range.lowerBound) to \(range.upperBound)", remedy: "Write \(what).")
        }
        return whole
    }

    /// What stands here, for a message.
    private var words: String {
        if node.mapping != nil { return "a set of keys" }
        if node.sequence != nil { return "a list" }
        let text = node.scalar?.string ?? ""
        return text.isEmpty ? "empty" : "“\(text.prefix(60))”"
    }
}
