/// Makes the records of one file into rows: takes the facts from their columns, normalises them, and holds them to the
/// contract.
public struct RowReader: Sendable {
    public let format: SourceFormat
    /// Which column holds what, so far.
    public var columns: ColumnMap { plan.columns }

    private let contract: DataContract
    private let currentYear: Int
    private let file: String
    private let shelfReader: String?
    let dialect: Dialect
    var plan: RowPlan

    /// - Parameters:
    ///   - header: the names of the columns.
    ///   - currentYear: what `thisYear` is in the contract.
    ///   - file: the file's name, for messages.
    ///   - shelfReader: whose shelf it is, for files that do not tell (format subject `shelf`).
    ///   - dialect: how the file is written: cells of our own CSV exports are guarded against spreadsheets, and rows are
    ///     written again without what is personal.
    /// - Throws: `FormatError` when a needed column or the reader is missing, or two columns hold one fact.
    public init(
        format: SourceFormat, header: [String], contract: DataContract, currentYear: Int, file: String,
        shelfReader: String? = nil, dialect: Dialect = .csv
    ) throws(FormatError) {
        guard format.subject != .shelf || shelfReader?.isBlank == false else { throw .readerMissing(file: file) }
        self.format = format
        self.contract = contract
        self.currentYear = currentYear
        self.file = file
        self.shelfReader = shelfReader
        self.dialect = dialect
        plan = try RowPlan(
            format: format, header: header, contract: contract, currentYear: currentYear, file: file,
            shelfReader: shelfReader, dialect: dialect)
    }

    /// Takes in a header that has grown since: JSON lines may bring new names. O(1) when it has not.
    /// - Throws: `FormatError` when two columns hold one fact now.
    public mutating func extend(header: [String]) throws(FormatError) {
        guard header.count != plan.columns.header.count else { return }
        plan = try RowPlan(
            format: format, header: header, contract: contract, currentYear: currentYear, file: file,
            shelfReader: shelfReader, dialect: dialect)
    }

    /// Reads one record. O(its length).
    public mutating func read(_ record: Record) -> RowResult {
        if format.shape == .person { return RowResult(content: .ignored("personal data of readers")) }
        if let flaw = record.flaw, !isHarmless(flaw) {
            let violation = Violation(flaw, in: record, name: plan.columns.name(of:))
            return RowResult(content: .refused(violation))
        }
        var scope = RowScope(plan: plan, fields: record.fields)
        var result: RowResult
        do {
            switch format.shape {
            case .mark: result = try scope.mark()
            case .edition: result = try scope.edition()
            case .tag: result = try scope.tag()
            case .tagging: result = try scope.tagging()
            case .openLibrary: result = try scope.openLibraryObject()
            case .person: result = RowResult(content: .ignored("personal data of readers"))
            }
        } catch {
            result = RowResult(content: .refused(error))
        }
        result.steps = scope.steps
        return result
    }

    /// A fault in text that is dropped anyway.
    private func isHarmless(_ flaw: Record.Flaw) -> Bool {
        switch flaw {
        case .notUTF8(let field), .nulByte(let field): plan.columns.personalColumns.contains(field)
        default: false
        }
    }
}
