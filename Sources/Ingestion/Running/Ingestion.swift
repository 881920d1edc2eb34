public import CatalogStore
import Crypto
import Foundation

/// Takes files into the library: survey, parse, map, normalise, contract, staging, one transaction.
public struct Ingestion {
    /// What is said about the files besides what they say themselves.
    public struct Settings: Sendable {
        public var subject: SourceFormat.Subject
        /// A format's name; nil to recognise it.
        public var format: String?
        /// Whose data it is; nil for what the format or the mapping says.
        public var source: String?
        public var mapping: ColumnMapping?
        public var contract: DataContract
        /// Whose shelf it is, of a file that does not say.
        public var reader: String?
        public var taking = Library.Taking()
        public var limits = ExpansionLimits.standard

        public init(
            _ subject: SourceFormat.Subject, contract: DataContract, format: String? = nil, source: String? = nil,
            mapping: ColumnMapping? = nil, reader: String? = nil, taking: Library.Taking = .init(),
            limits: ExpansionLimits = .standard
        ) {
            self.subject = subject
            self.contract = contract
            self.format = format
            self.source = source
            self.mapping = mapping
            self.reader = reader
            self.taking = taking
            self.limits = limits
        }
    }

    /// How far a run is, for people.
    public enum Progress: Sendable {
        /// Bytes of the file as it lies on the disk.
        case looking(bytes: Int, of: Int)
        case reading(bytes: Int, of: Int)
        /// Rows that are in the library.
        case taking(rows: Int, of: Int)
    }

    /// What a run did. With a `failure` the library is as it was.
    public struct Outcome: Sendable {
        public var report: IngestReport
        /// The first refused rows, in the order of the file.
        public var firstRefused: [QuarantinedRow]
        /// How many rows of the library were written.
        public var writes: Int
        /// Why nothing was kept: the contract's thresholds.
        public var failure: IngestionError?
        /// A word of caution about what the file was taken for.
        public var caution: String?
    }

    let library: Library
    let codeVersion: String

    public init(library: Library, codeVersion: String) {
        self.library = library
        self.codeVersion = codeVersion
    }

    /// Takes in each part of a file: the file itself, or the files in a zip archive.
    /// - Parameters:
    ///   - detail: called for each part with a way to walk through what was done to its rows, before that is forgotten.
    ///   - onProgress: called now and then.
    /// - Returns: an outcome for each part, up to the first that failed.
    /// - Throws: `IngestionError`, `FormatError`, `SettingsError` when a file cannot be used, `LibraryError` when the
    ///   library cannot. The library then holds the parts before, whole, and nothing of this one.
    public func ingest(
        fileAt path: String, _ settings: Settings, detail: (IngestReport, Staging) throws -> Void = { _, _ in },
        onProgress: (Progress) -> Void = { _ in }
    ) throws -> [Outcome] {
        let lock = try IngestLock(for: library)
        return try withExtendedLifetime(lock) {
            let folder = library.stagingFolder.appending(path: "pipe-\(getpid())", directoryHint: .isDirectory)
            let pipe = try SpooledPipe(path, in: folder, limits: settings.limits)
            defer { pipe?.remove() }
            var outcomes: [Outcome] = []
            for part in try SourceFile.parts(ofFileAt: pipe?.path ?? path, limits: settings.limits) {
                let outcome = try ingest(part, settings, detail: detail, onProgress: onProgress)
                outcomes.append(outcome)
                if outcome.failure != nil { break }
            }
            return outcomes
        }
    }

    private func ingest(
        _ part: SourcePart, _ settings: Settings, detail: (IngestReport, Staging) throws -> Void,
        onProgress: (Progress) -> Void
    ) throws -> Outcome {
        let startedAt = Date()
        var survey = try SourceSurvey(of: part) { onProgress(.looking(bytes: $0, of: part.packedSize)) }
        settings.mapping?.correct(&survey)
        var pipeline = try RowPipeline(part: part, survey: survey, settings: settings, startedAt: startedAt)

        var report = IngestReport(
            kind: settings.subject.rawValue, source: pipeline.source, file: part.name, sha256: survey.sha256,
            bytes: survey.size, reading: pipeline.reading)
        let staging = try Staging(
            for: library,
            name: Self.stagingName(sha256: survey.sha256, reading: report.reading, pipeline.source, codeVersion))
        try pipeline.fill(staging) { onProgress(.reading(bytes: $0, of: part.packedSize)) }

        report.reading = pipeline.reading
        report.unmappedColumns = pipeline.columns.unmapped
        report.personalColumns = pipeline.columns.personal
        report.byRule = staging.progress.byRule
        report.byStep = staging.progress.byStep
        var outcome = Outcome(
            report: report, firstRefused: try staging.refused(first: 20), writes: 0, caution: pipeline.format.caution)
        do {
            if let failure = failure(
                of: staging.progress, settings.contract, file: part.name, outcome.firstRefused.first)
            {
                outcome.report.rows = staging.progress.records
                outcome.report.quarantined = staging.progress.quarantined
                outcome.failure = failure
            } else {
                let origin = RunOrigin(
                    kind: report.kind, source: report.source, file: report.file, sha256: report.sha256,
                    bytes: report.bytes, startedAt: startedAt, codeVersion: codeVersion, format: report.reading.json)
                let rows = staging.progress.records
                let taken = try library.take(staging, from: origin, settings.taking) { counts, hidden in
                    report.count(counts)
                    report.hidden = hidden
                    return report.json
                } onProgress: {
                    onProgress(.taking(rows: $0, of: rows))
                }
                outcome.report.count(taken.counts)
                outcome.report.hidden = taken.hidden
                outcome.writes = taken.writes
            }
            try detail(outcome.report, staging)
        }
        try staging.discard()
        return outcome
    }

    private func failure(
        of progress: Staging.Progress, _ contract: DataContract, file: String, _ first: QuarantinedRow?
    ) -> IngestionError? {
        let (rows, refused) = (progress.records, progress.quarantined)
        let limits = contract.thresholds
        if rows == 0 { return .noRows(source: file) }
        if rows < limits.minimumRows { return .tooFewRows(source: file, rows: rows, minimum: limits.minimumRows) }
        if refused == rows, let first {
            return .nothingUsable(source: file, rows: rows, first: first.message)
        }
        if Double(refused) > limits.quarantinedShare * Double(rows), let first {
            return .tooManyRefused(
                source: file, refused: refused, rows: rows, share: limits.quarantinedShare, first: first.message)
        }
        return nil
    }

    /// The same for a run that is to go on where another was stopped: same bytes, same reading, same program.
    private static func stagingName(
        sha256: String, reading: Reading, _ source: String, _ codeVersion: String
    ) -> String {
        var digest = SHA256()
        for part in [sha256, reading.json, source, codeVersion] {
            digest.update(data: Data(part.utf8))
            digest.update(data: Data([0]))
        }
        return digest.finalize().prefix(12).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }
}

extension ColumnMapping {
    /// What the mapping's writer says of the file stands over what was found.
    fileprivate func correct(_ survey: inout SourceSurvey) {
        if let delimiter {
            var quoting = Dialect.Quoting.doubled
            if case .delimited(_, let found) = survey.dialect { quoting = found }
            survey.dialect = .delimited(delimiter: delimiter, quoting: quoting)
        }
        if let encoding { survey.encoding = encoding }
    }
}

extension IngestReport {
    /// For the library's history.
    fileprivate var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

extension QuarantinedRow {
    init(_ violation: Violation, line: Int, text: String) {
        self.init(
            line: line, rule: violation.rule, field: violation.field, value: violation.value,
            remedy: violation.remedy, row: text)
    }

    /// Line, field, reason and remedy in one sentence.
    public var message: String {
        let place = field.map { "line \(line), \($0)" } ?? "line \(line)"
        return "\(place): \(rule)\(value.map { " (“\($0)”)" } ?? ""). \(remedy)"
    }
}
