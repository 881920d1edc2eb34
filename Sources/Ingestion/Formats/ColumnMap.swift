/// Which column of one file holds which fact, and what becomes of the others.
public struct ColumnMap: Sendable, Equatable {
    /// The columns' names, as they stand in the file.
    public let header: [String]
    /// Columns that nothing is known of: reported, never guessed.
    public let unmapped: [String]
    /// Columns that the format has and that nothing is made of.
    public let unused: [String]
    /// Columns that are dropped because they hold a reader's own words or who they are.
    public let personal: [String]
    /// The numbers of these columns, from 0.
    let personalColumns: Set<Int>
    /// By the fact's raw value: the number of its first column, or -1.
    private let first: [Int]
    /// The further columns, by priority, of the few facts that have any.
    private let further: [Fact: [Int]]

    /// O(columns of the file).
    /// - Throws: `FormatError` when a needed column is missing, or two columns hold one fact.
    public init(header: [String], format: SourceFormat, file: String) throws(FormatError) {
        let names = header.map { ColumnName($0) }
        let numbers = Dictionary(grouping: names.indices, by: { names[$0] })
        var first = Array(repeating: -1, count: Fact.allCases.count)
        var further: [Fact: [Int]] = [:]
        var taken: Set<Int> = []
        for (fact, groups) in format.columns.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            var found: [Int] = []
            for synonyms in groups {
                let columns = synonyms.flatMap { numbers[$0] ?? [] }.sorted()
                // Among the thousand names of a dump's members a few differ in a hyphen.
                guard columns.count < 2 || format.shape == .openLibrary else {
                    throw .ambiguousColumns(file: file, fact: fact.name, columns: columns.prefix(5).map { header[$0] })
                }
                found += columns
            }
            if found.isEmpty, let mapping = format.mappingFile, format.chosen.contains(fact) {
                throw .unknownColumn(
                    file: file, mapping: mapping, fact: fact.name, column: format.chosenName(of: fact), found: header)
            }
            first[fact.rawValue] = found.first ?? -1
            if found.count > 1 { further[fact] = Array(found.dropFirst()) }
            taken.formUnion(found)
        }
        for group in format.required where !group.contains(where: { first[$0.rawValue] >= 0 }) {
            throw .missingColumn(file: file, format: format.name, facts: group.map(\.name), found: header)
        }
        let rest = names.indices.filter { !taken.contains($0) }
        let isDump = format.shape == .openLibrary
        let personalColumns = Set(rest.filter { !isDump && ColumnName.personal.contains(names[$0]) })
        func list(_ columns: [Int]) -> [String] { columns.map { header[$0] } }
        let others = rest.filter { !personalColumns.contains($0) }
        self.header = header
        self.first = first
        self.further = further
        self.personalColumns = personalColumns
        personal = list(personalColumns.sorted())
        unused = list(others.filter { isDump || format.unused.contains(names[$0]) })
        unmapped = list(others.filter { !isDump && !format.unused.contains(names[$0]) })
    }

    /// Whether the file has a column for the fact. O(1).
    public func has(_ fact: Fact) -> Bool { first[fact.rawValue] >= 0 }

    /// The number of the fact's first column, from 0; nil when the file has none. O(1).
    public func column(of fact: Fact) -> Int? {
        let column = first[fact.rawValue]
        return column >= 0 ? column : nil
    }

    /// The value of a fact as it stands in the record: of the first of its columns that is not blank; nil when all are
    /// or there are none. O(1) but for the blanks.
    func cell(of fact: Fact, in fields: [String]) -> String? {
        let column = first[fact.rawValue]
        guard column >= 0 else { return nil }
        if column < fields.count, !fields[column].isBlank { return fields[column] }
        for column in further[fact] ?? [] where column < fields.count && !fields[column].isBlank {
            return fields[column]
        }
        return nil
    }

    /// The name by which messages call a column: the fact's, else the header's own.
    func name(of column: Int) -> String? {
        if let index = first.firstIndex(of: column), let fact = Fact(rawValue: index) { return fact.name }
        if let fact = further.first(where: { $0.value.contains(column) })?.key { return fact.name }
        return header.indices.contains(column) ? header[column] : nil
    }
}

extension String {
    /// Whether there is nothing but white space. O(1) for text that begins with an ASCII letter or digit.
    var isBlank: Bool {
        guard let byte = utf8.first else { return true }
        if byte > 0x20 && byte < 0x80 { return false }
        return allSatisfy(\.isWhitespace)
    }
}

extension SourceFormat {
    /// A column for each fact of the format, and those that nothing is made of: a header that it is recognised by.
    public var knownColumns: [String] {
        let facts = columns.sorted { $0.key.rawValue < $1.key.rawValue }.compactMap { $0.value.first?.first }
        return (facts + unused.sorted { $0.folded < $1.folded }).map(\.folded)
    }
}
