extension SourceFormat {
    /// The facts whose columns a mapping file names.
    var chosen: Set<Fact> { Set(choices.keys) }

    /// How the mapping file writes the first column of a fact.
    func chosenName(of fact: Fact) -> String { choices[fact]?.first ?? "" }

    /// The format as a mapping file changes it. Columns that it names stand alone: the fact's synonyms no longer count.
    /// - Throws: `SettingsError` for facts that the format does not have.
    public func applying(_ mapping: ColumnMapping) throws(SettingsError) -> SourceFormat {
        for fact in mapping.columns.keys.sorted(by: { $0.rawValue < $1.rawValue }) where !facts.contains(fact) {
            throw SettingsError(
                file: mapping.file, key: "columns.\(fact)", found: "format \(name) has no `\(fact)`",
                remedy: "Facts here: \(facts.map(\.name).joined(separator: ", ")).")
        }
        let taken = Set(mapping.columns.values.joined().map { ColumnName($0) })
        let ignored = Set(mapping.ignore.map { ColumnName($0) })
        if let both = taken.intersection(ignored).first {
            throw SettingsError(
                file: mapping.file, key: "ignore", found: "the column `\(both.folded)` is named under `columns` too",
                remedy: "Name it in one place.")
        }
        return with { format in
            format.mappingFile = mapping.file
            format.choices = mapping.columns
            if let source = mapping.source {
                format.defaultSource = source
                format.caution = nil
            }
            if let scale = mapping.scale { format.scale = scale }
            format.unused.formUnion(ignored)
            // A column has one meaning: what the file's writer says it has.
            format.columns = format.columns.mapValues { groups in
                groups.map { $0.filter { !taken.contains($0) && !ignored.contains($0) } }
            }
            for (fact, names) in mapping.columns { format.columns[fact] = names.map { [ColumnName($0)] } }
        }
    }

    /// What a file is: what the user says, else what the mapping file says, else what its header tells.
    /// - Parameters:
    ///   - name: of the format, from the command line.
    ///   - file: the file's name, for messages.
    /// - Throws: `FormatError`, `SettingsError`.
    public static func resolve(
        header: [String], file: String, name: String? = nil, mapping: ColumnMapping? = nil, asked: Subject? = nil
    ) throws -> SourceFormat {
        var format: SourceFormat
        if let name = name ?? mapping?.format {
            format = try named(name)
        } else if let mapping, !mapping.columns.isEmpty {
            format = try recognise(header: header, file: file, knowing: mapping, asked: asked)
        } else {
            format = try recognise(header: header, file: file)
        }
        if let mapping { format = try format.applying(mapping) }
        if let asked { try format.check(isFor: asked, file: file) }
        return format
    }

    /// Recognises a header whose own names a mapping file translates.
    private static func recognise(
        header: [String], file: String, knowing mapping: ColumnMapping, asked: Subject?
    ) throws(FormatError) -> SourceFormat {
        if let format = try? recognise(header: header, file: file),
            mapping.columns.keys.allSatisfy(format.facts.contains)
        {
            return format
        }
        let translated = mapping.columns.keys.map { fact in
            let synonyms = asked == .books ? bookSynonyms : markSynonyms
            return (synonyms[fact] ?? bookSynonyms[fact])?.first?.folded ?? fact.name
        }
        return try recognise(header: header + translated, file: file)
    }
}
