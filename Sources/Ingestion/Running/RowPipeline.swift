import Catalog
import CatalogStore
import Dispatch
import Foundation

/// Reads a part's records, makes rows of them and stages these. While one batch is staged, the next is read, so that two
/// cores have work.
struct RowPipeline {
    let format: SourceFormat
    let source: String
    /// As far as the file has been read.
    var reading: Reading {
        var reading = firstReading
        reading.header = rows.columns.header
        reading.columns = rows.columns.shown(format)
        return reading
    }
    var columns: ColumnMap { rows.columns }

    private let firstReading: Reading
    private var records: RecordReader
    private var rows: RowReader

    /// A batch ends with so many records, or so many bytes of text.
    private static let batchRecords = 4_096
    private static let batchBytes = 2 << 20
    private static let peekedRecords = 200

    init(part: SourcePart, survey: SourceSurvey, settings: Ingestion.Settings, startedAt: Date) throws {
        func open() throws -> RecordReader {
            try RecordReader(part: part, dialect: survey.dialect, encoding: survey.encoding)
        }
        var peek = try open()
        if peek.header.isEmpty || survey.dialect == .openLibraryDump {
            // The names of JSON members come with the first records.
            for _ in 0..<Self.peekedRecords where try peek.next() == nil { break }
        }
        try self.init(
            records: try open(), header: peek.header, name: part.name, survey: survey, settings: settings,
            startedAt: startedAt)
    }

    private init(
        records: RecordReader, header: [String], name: String, survey: SourceSurvey, settings: Ingestion.Settings,
        startedAt: Date
    ) throws {
        self.records = records
        format = try SourceFormat.resolve(
            header: header, file: name, name: settings.format, mapping: settings.mapping, asked: settings.subject)
        source = settings.source ?? format.defaultSource ?? Self.stem(of: name)
        rows = try RowReader(
            format: format, header: header, contract: settings.contract,
            currentYear: Calendar(identifier: .gregorian).component(.year, from: startedAt), file: name,
            shelfReader: settings.reader, dialect: survey.dialect)
        firstReading = Reading(
            format: format.name, dialect: survey.dialect, encoding: survey.encoding, header: header,
            columns: rows.columns.shown(format), mapping: settings.mapping?.text, contract: settings.contract.digest,
            reader: format.subject == .shelf ? settings.reader : nil)
    }

    /// `books` of `shop/books.csv.gz`.
    private static func stem(of name: String) -> String {
        let last = name.split(separator: "/").last.map(String.init) ?? name
        return last.split(separator: ".").first.map(String.init) ?? last
    }

    /// Stages all rows from where the staging file stopped.
    mutating func fill(_ staging: Staging, onProgress: (Int) -> Void) throws {
        for _ in 0..<staging.progress.records where try records.next() == nil { break }
        try extendColumns()
        guard !staging.progress.isComplete else { return }
        let format = format
        func stage(_ batch: Batch) throws {
            // Open Library names the authors of editions by keys; the names came before, or are known to the library.
            let isResolved = format.name != SourceFormat.openLibrary.name
            let rows = isResolved ? batch.rows : try OpenLibrary.resolve(batch.rows, by: staging)
            try staging.add(rows, steps: batch.steps, isLast: batch.isLast)
        }
        var batch = try nextBatch()
        while !batch.isLast {
            let ready = batch
            batch = try overlapping { try stage(ready) }
            onProgress(records.bytesRead)
        }
        try stage(batch)
    }

    private struct Batch: Sendable {
        var rows: [StagedRow] = []
        var steps: [String: Int] = [:]
        var isLast = false
    }

    /// Reads the next batch on another thread while `work` runs on this one.
    private mutating func overlapping(_ work: () throws -> Void) throws -> Batch {
        let box = PipelineBox(self)
        let done = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            box.read()
            done.signal()
        }
        let result = Result { try work() }
        done.wait()
        self = box.pipeline
        try result.get()
        return try box.batch.get()
    }

    /// Hands a pipeline to one other thread and back. Unchecked, because the compiler cannot see that the semaphore keeps
    /// both from using it at once.
    private final class PipelineBox: @unchecked Sendable {
        var pipeline: RowPipeline
        var batch: Result<Batch, any Error> = .success(Batch())

        init(_ pipeline: RowPipeline) { self.pipeline = pipeline }

        func read() { batch = Result { try pipeline.nextBatch() } }
    }

    private mutating func nextBatch() throws -> Batch {
        var batch = Batch()
        var bytes = 0
        while batch.rows.count < Self.batchRecords, bytes < Self.batchBytes {
            guard let record = try records.next() else {
                batch.isLast = true
                break
            }
            bytes += record.text.utf8.count
            try extendColumns()
            batch.rows.append(stagedRow(of: record, steps: &batch.steps))
        }
        return batch
    }

    /// Takes in names of JSON members that have come since. Of those that were peeked at, `rows` knows before `records`.
    private mutating func extendColumns() throws {
        guard records.header.count > rows.columns.header.count else { return }
        try rows.extend(header: records.header)
    }

    private mutating func stagedRow(of record: Record, steps: inout [String: Int]) -> StagedRow {
        let result = rows.read(record)
        for step in result.steps { steps[step.step.rawValue, default: 0] += 1 }
        return result.staged(record, source: source, redacting: rows)
    }
}

extension RowResult {
    /// The row as it is staged.
    func staged(_ record: Record, source: String, redacting rows: RowReader) -> StagedRow {
        var row = StagedRow(
            line: record.line, source: self.source ?? source, content: .ignored(reason: ""), isSimulated: isSimulated)
        switch content {
        case .edition(let edition):
            row.content = .edition(edition, place: place, isHidden: isHidden, alias: otherKey)
            // A duplicate is found in the staging file only, and is kept whole then.
            row.text = rows.redacted(record).text
        case .mark(let mark): row.content = .mark(mark)
        case .author(let id, let name): row.content = .author(id: id, name: name)
        case .tag(let id, let name): row.content = .tag(id: id, name: name)
        case .tagging(let item, let tag, let count):
            row.content = .tagging(item: item, tag: tag, name: tagName, count: count)
        case .ignored(let reason): row.content = .ignored(reason: reason)
        case .refused(let violation):
            row.content = .refused(QuarantinedRow(violation, line: record.line, text: rows.redacted(record).text))
        }
        if !steps.isEmpty, let json = try? JSONEncoder().encode(steps) {
            row.steps = String(decoding: json, as: UTF8.self)
        }
        return row
    }
}

extension ColumnMap {
    /// Which column each fact of a format is read from, for reports.
    func shown(_ format: SourceFormat) -> [String: String] {
        var shown: [String: String] = [:]
        for fact in format.facts {
            if let column = column(of: fact) { shown[fact.name] = header[column] }
        }
        return shown
    }
}
