import Catalog
public import CatalogStore
import Foundation

/// Takes a file of books into the library: parse, contract, merge of editions, one transaction.
public struct BookIngestion {
    public enum Mode: Sendable {
        case keep
        /// Does everything, then rolls it back.
        case dryRun
    }

    /// What a run found besides its report.
    public struct Outcome: Sendable {
        public var report: IngestReport
        /// Refused rows in the order of the file.
        public var quarantine: [QuarantinedRow] = []
        /// Columns that hold no known fact.
        public var unmappedColumns: [String]
    }

    private let library: Library
    private let codeVersion: String

    public init(library: Library, codeVersion: String) {
        self.library = library
        self.codeVersion = codeVersion
    }

    /// Reads a CSV file of books.
    /// - Parameter onProgress: called now and then with the bytes read so far and the file's size.
    /// - Throws: `IngestionError` when the file cannot be used, `LibraryError` when the library cannot; in both cases
    ///   the library is as it was.
    public func ingest(
        fileAt path: String, mode: Mode = .keep, onProgress: (_ bytes: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> Outcome {
        var reader = try CSVReader(path: path)
        let columns = try Self.readHeader(&reader)
        let year = Calendar(identifier: .gregorian).component(.year, from: Date())
        let contract = BookContract(columns: columns, currentYear: year)

        return try library.edit(keeping: mode == .keep) { editor in
            var outcome = Outcome(report: IngestReport(source: reader.name), unmappedColumns: columns.unmapped)
            var firstLines: [EditionKey: Int] = [:]
            while let record = try reader.next() {
                do {
                    let edition = try contract.edition(from: record)
                    if let first = firstLines[edition.key] {
                        guard try editor.holds(edition) else {
                            throw BookContract.Violation.duplicate(of: edition, onLine: first)
                        }
                    } else {
                        firstLines[edition.key] = record.line
                    }
                    outcome.report.count(try editor.put(edition, source: reader.name))
                } catch let violation as BookContract.Violation {
                    outcome.report.count(violation)
                    outcome.quarantine.append(QuarantinedRow(violation, in: record))
                }
                if outcome.report.rows.isMultiple(of: 256) { onProgress(reader.bytesRead, reader.size) }
            }
            onProgress(reader.bytesRead, reader.size)
            outcome.report.sha256 = reader.sha256()
            try finish(outcome, in: editor)
            return outcome
        }
    }

    private static func readHeader(_ reader: inout CSVReader) throws(IngestionError) -> BookColumns {
        guard let header = try reader.next() else { throw .empty(source: reader.name) }
        switch header.flaw {
        case nil: break
        case .notUTF8: throw .brokenHeader(source: reader.name, reason: "it is not UTF-8")
        case .nulByte: throw .brokenHeader(source: reader.name, reason: "it has NUL bytes (UTF-16?)")
        case .tooLong:
            throw .brokenHeader(source: reader.name, reason: "it is longer than \(CSVParser.longestRecord >> 20) MiB")
        case .unclosedQuote, .textAfterQuote:
            throw .brokenHeader(source: reader.name, reason: "its quotes do not match")
        }
        return try BookColumns(header: header.fields, source: reader.name)
    }

    private func finish(_ outcome: Outcome, in editor: LibraryEditor) throws {
        let report = outcome.report
        guard report.rows > 0 else { throw IngestionError.noRows(source: report.source) }
        if report.quarantined == report.rows, let first = outcome.quarantine.first {
            throw IngestionError.nothingUsable(source: report.source, rows: report.rows, first: first.message)
        }
        try editor.replaceQuarantine(of: report.source, with: outcome.quarantine)
        let json = JSONEncoder()
        json.outputFormatting = .sortedKeys
        try editor.recordRun(
            source: report.source, sha256: report.sha256, finishedAt: Date(), codeVersion: codeVersion,
            report: String(decoding: json.encode(report), as: UTF8.self))
    }
}

extension BookContract.Violation {
    /// An edition that stands twice in one file with different facts: the first is kept, since no rule could choose.
    static func duplicate(of edition: Edition, onLine line: Int) -> Self {
        Self(
            rule: .duplicateEdition, field: edition.isbn13 == nil ? "title" : "isbn13",
            value: edition.isbn13?.digits ?? edition.title,
            remedy: "Line \(line) has the same edition with other facts. Keep one of the two rows.")
    }
}
