/// A mapping file: what its writer says of a file of data, over what the program would recognise.
///
///     format: ratings          # instead of the recognised one
///     source: myshop           # the source's name
///     delimiter: ";"
///     encoding: latin-1        # or utf-8, windows-1252
///     columns:
///       isbn13: EAN            # fact: column
///       title: [Bezeichnung, Kurzbezeichnung]   # the second stands in where the first is empty
///     ignore: [Lagerort]       # columns that hold nothing of use
///     scale: 10                # the most stars that the source gives
public struct ColumnMapping: Sendable, Equatable {
    /// The file's name, for messages.
    public var file: String
    /// The mapping as it was written, to be kept with what was read by it.
    public var text: String
    /// The name of one of `SourceFormat.all`.
    public var format: String?
    public var source: String?
    public var delimiter: Dialect.Delimiter?
    public var encoding: TextEncoding?
    /// For each fact its columns by priority, as they stand in the file.
    public var columns: [Fact: [String]]
    public var ignore: [String]
    public var scale: Double?

    /// The words for encodings in a mapping file. Latin-1 is a part of Windows-1252 as far as tables of books go.
    static let encodings: [String: TextEncoding] = [
        "utf-8": .utf8, "latin-1": .windows1252, "iso-8859-1": .windows1252, "windows-1252": .windows1252,
        "utf-16le": .utf16LittleEndian, "utf-16be": .utf16BigEndian,
    ]

    /// Reads a mapping from a file.
    /// - Throws: `SettingsError`, also when the file cannot be read.
    public init(contentsOf path: String) throws(SettingsError) {
        try self.init(yaml: SettingsFile.text(at: path), file: path)
    }

    /// - Parameter file: its name, for messages.
    /// - Throws: `SettingsError` for the first key that is unknown or wrong.
    public init(yaml: String, file: String) throws(SettingsError) {
        let root = try SettingsNode(yaml: yaml, file: file)
        try root.allow(["format", "source", "delimiter", "encoding", "columns", "ignore", "scale"])
        self.file = file
        text = yaml
        if let node = root["format"] {
            format = try node.word(of: Dictionary(uniqueKeysWithValues: SourceFormat.all.map { ($0.name, $0.name) }))
        }
        source = try root["source"]?.sourceName()
        delimiter = try root["delimiter"]?.delimiter()
        encoding = try root["encoding"]?.word(of: Self.encodings)
        columns = try root["columns"]?.columns(of: format) ?? [:]
        ignore = []
        for entry in try root["ignore"]?.list(of: "columns") ?? [] { ignore.append(try entry.text("a column's name")) }
        if let node = root["scale"] {
            let value = try node.number("the most stars that the source gives, over 0 to 1000")
            guard value > 0, value <= 1_000 else {
                throw node.error(
                    found: "\(value) is no scale", remedy: "Write the most stars that the source gives, up to 1000.")
            }
            scale = value
        }
    }
}

extension SettingsNode {
    fileprivate func sourceName() throws(SettingsError) -> String {
        let name = try text("the source's name")
        guard name.count <= 100, !name.contains(where: { $0.isNewline }), !name.isBlank else {
            throw error(found: "“\(name.prefix(60))” is no name", remedy: "Write a name of at most 100 characters.")
        }
        return name
    }

    fileprivate func delimiter() throws(SettingsError) -> Dialect.Delimiter {
        let what = "one character: `\",\"`, `\";\"`, `\"|\"`, or `tab`"
        let text = try text(what)
        if text == "tab" { return .tab }
        guard text.count == 1, let delimiter = text.first.flatMap(Dialect.Delimiter.init) else {
            throw error(found: "“\(text.prefix(20))” is no delimiter", remedy: "Write \(what).")
        }
        return delimiter
    }

    /// - Parameter format: the name of the format, when the mapping names one: it tells which facts there are.
    fileprivate func columns(of format: String?) throws(SettingsError) -> [Fact: [String]] {
        let formats = SourceFormat.all.filter { format == nil || $0.name == format }
        let facts = Fact.allCases.filter { fact in formats.contains { $0.facts.contains(fact) } }
        var columns: [Fact: [String]] = [:]
        var holders: [ColumnName: Fact] = [:]
        for entry in try entries() {
            guard let fact = Fact(named: entry.name), facts.contains(fact) else {
                throw entry.value.error(
                    found: "there is no fact `\(entry.name)`",
                    remedy: "Facts here: \(facts.map(\.name).joined(separator: ", ")).")
            }
            for name in try entry.value.names() {
                if let other = holders.updateValue(fact, forKey: ColumnName(name)) {
                    throw entry.value.error(
                        found: "the column `\(name.prefix(60))` is given to `\(other)` too",
                        remedy: "Give every column to one fact.")
                }
                columns[fact, default: []].append(name)
            }
        }
        return columns
    }

    /// A column's name, or a list of them.
    private func names() throws(SettingsError) -> [String] {
        let entries = isList ? try list(of: "columns") : [self]
        guard !entries.isEmpty else { throw error(found: "it names no column", remedy: "Write a column's name.") }
        var names: [String] = []
        for entry in entries { names.append(try entry.text("a column's name as it stands in the file")) }
        return names
    }
}
