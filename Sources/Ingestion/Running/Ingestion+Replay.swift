import Catalog
public import CatalogStore
import Foundation

extension Ingestion {
    /// What became of the refused rows of a file.
    public struct Replayed: Sendable {
        public var file: String
        public var source: String
        public var counts: RowCounts
        /// Why the file's rows could not be read again.
        public var obstacle: String?
    }

    /// Reads refused rows again: after the contract, or the program, has changed. Those that are good now go in and
    /// leave the quarantine.
    /// - Parameter file: only those of this file's name.
    public func replay(file: String? = nil, contract: DataContract) throws -> [Replayed] {
        let lock = try IngestLock(for: library)
        return try withExtendedLifetime(lock) {
            var runs: [(run: IngestRun, entries: [QuarantineEntry])] = []
            try library.forEachQuarantined(file: file) { run, entry in
                if runs.last?.run.id != run.id { runs.append((run, [])) }
                runs[runs.count - 1].entries.append(entry)
            }
            return try runs.map { try replay($0.run, $0.entries, contract) }
        }
    }

    private func replay(_ run: IngestRun, _ entries: [QuarantineEntry], _ contract: DataContract) throws -> Replayed {
        var replayed = Replayed(file: run.file, source: run.source, counts: RowCounts())
        guard let subject = SourceFormat.Subject(rawValue: run.kind),
            let reading = try? JSONDecoder().decode(Reading.self, from: Data(run.format.utf8))
        else {
            replayed.obstacle = "it was read by a version that did not note how. Take the file in again."
            return replayed
        }
        let mapping = try reading.mapping.map { try ColumnMapping(yaml: $0, file: "mapping") }
        let format = try SourceFormat.resolve(
            header: reading.header, file: run.file, name: reading.format, mapping: mapping, asked: subject)
        var rows = try RowReader(
            format: format, header: reading.header, contract: contract,
            currentYear: Calendar(identifier: .gregorian).component(.year, from: Date()), file: run.file,
            shelfReader: reading.reader, dialect: reading.dialect)
        let staged = try entries.map { entry throws -> StagedRow in
            let records = try RecordReader.records(in: entry.row.row, header: reading.header, dialect: reading.dialect)
            // Which of two rows is the right one, no contract can tell; and of a row that was cut there is no whole.
            guard entry.row.rule != Violation.Rule.duplicateEdition.rawValue, records.count == 1,
                var record = records.first,
                entry.row.rule != Violation.Rule.recordTooLong.rawValue
            else { return StagedRow(line: entry.row.line, source: run.source, content: .refused(entry.row)) }
            record.line = entry.row.line
            let row = rows.read(record).staged(record, source: run.source, redacting: rows)
            return try isRepeated(row, in: run) ? StagedRow(repeating: entry.row, source: run.source) : row
        }
        let staging = try Staging(for: library, name: "replay-\(run.id)-\(getpid())")
        let isOpenLibrary = format.name == SourceFormat.openLibrary.name
        try staging.add(isOpenLibrary ? try OpenLibrary.resolve(staged, by: staging) : staged, isLast: true)
        let origin = RunOrigin(
            kind: run.kind, source: run.source, file: run.file, sha256: run.sha256, bytes: run.bytes, startedAt: Date(),
            codeVersion: codeVersion, format: run.format)
        replayed.counts = try library.take(
            staging, from: origin,
            report: { counts, _ in
                String(decoding: try JSONEncoder().encode(counts), as: UTF8.self)
            }
        ).counts
        try staging.discard()
        return replayed
    }

    /// Whether the file has the row's edition already, with other facts: had the row been good from the start, it would
    /// have been refused as the second one.
    private func isRepeated(_ row: StagedRow, in run: IngestRun) throws -> Bool {
        guard case .edition(let edition, _, _, _) = row.content,
            let known = try library.edition(edition.key, of: row.source)
        else { return false }
        return known.file == run.file && known.edition != edition
    }
}

extension StagedRow {
    fileprivate init(repeating row: QuarantinedRow, source: String) {
        var refused = row
        refused.rule = Violation.Rule.duplicateEdition.rawValue
        refused.remedy = "Another row of the file has the same edition with other facts. Keep one of the two rows."
        self.init(line: row.line, source: source, content: .refused(refused))
    }
}
