import Crypto

/// What one pass over a part tells: its digest, its size, and how it is to be read. It also proves an archive's
/// checksums before a row is used.
public struct SourceSurvey: Sendable, Equatable, Codable {
    /// Of the unpacked bytes, lower-case hexadecimal.
    public var sha256: String
    /// In bytes, unpacked.
    public var size: Int
    /// Told from the whole part: a byte-order mark, else what `EncodingEvidence` finds.
    public var encoding: TextEncoding
    /// Told from the first 64 KiB, but the quoting from the whole part.
    public var dialect: Dialect

    /// How much of the beginning tells the dialect.
    static let headSize = 64 << 10

    public init(sha256: String, size: Int, encoding: TextEncoding, dialect: Dialect) {
        self.sha256 = sha256
        self.size = size
        self.encoding = encoding
        self.dialect = dialect
    }

    /// Reads the whole part once. O(n), with flat memory.
    /// - Parameter onProgress: called after each piece with the packed bytes read so far.
    /// - Throws: `IngestionError` when the part cannot be read, is damaged, or is not text in rows.
    public init(of part: SourcePart, onProgress: (_ bytesRead: Int) -> Void = { _ in }) throws(IngestionError) {
        let reader = try part.open()
        var pass = SurveyPass(source: part.name)
        while let piece = try reader.nextPiece() {
            try pass.feed(piece)
            onProgress(reader.bytesRead)
        }
        self = try pass.finish()
    }
}

/// The survey while it goes on.
struct SurveyPass {
    private let source: String
    private var digest = SHA256()
    private var size = 0
    private var evidence = EncodingEvidence()
    /// The beginning; nil when it has been looked at.
    private var head: [UInt8]? = []
    private var marked: TextEncoding?
    private var transcoder = Transcoder(.utf8)
    private var dialect = Dialect.csv
    private var quoting: QuotingEvidence?

    init(source: String) {
        self.source = source
    }

    mutating func feed(_ piece: [UInt8]) throws(IngestionError) {
        piece.withUnsafeBytes { digest.update(bufferPointer: $0) }
        size += piece.count
        if head == nil { return take(piece) }
        head?.append(contentsOf: piece)
        if let head, head.count >= SourceSurvey.headSize { try lookAtHead(isWhole: false) }
    }

    mutating func finish() throws(IngestionError) -> SourceSurvey {
        if head != nil { try lookAtHead(isWhole: true) }
        evidence.finish()
        quoting?.finish()
        if case .delimited(let delimiter, _) = dialect, let quoting {
            dialect = .delimited(delimiter: delimiter, quoting: quoting.verdict)
        }
        return SourceSurvey(
            sha256: digest.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined(),
            size: size, encoding: marked ?? evidence.verdict, dialect: dialect)
    }

    private mutating func take(_ piece: [UInt8]) {
        if marked == nil { evidence.feed(piece) }
        if quoting != nil { quoting?.feed(transcoder.utf8(of: piece)) }
    }

    private mutating func lookAtHead(isWhole: Bool) throws(IngestionError) {
        guard let bytes = head else { return }
        head = nil
        if let found = ForeignFormat(bytes) {
            throw .unsupportedFormat(source: source, found: found.name, remedy: found.remedy)
        }
        let marks: [([UInt8], TextEncoding)] = [
            ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE], .utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian),
        ]
        marked = marks.first { bytes.starts(with: $0.0) }?.1
        transcoder = Transcoder(marked ?? .utf8)
        // How the bytes came in pieces must not matter, so no more than the head is looked at.
        var sample = Transcoder(marked ?? .utf8)
        let text = sample.utf8(of: Array(bytes.prefix(SourceSurvey.headSize)))
        try text.withUnsafeBufferPointer { all throws(IngestionError) in
            let text = all[rebased: (all.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)...]
            try ForeignFormat.checkFirstLine(of: text, source: source)
            dialect = Dialect.detected(in: text, isWhole: isWhole && bytes.count <= SourceSurvey.headSize)
            if case .delimited(let delimiter, let guess) = dialect {
                let fit = Dialect.Fit(delimiter, guess, in: text, isWhole: true)
                quoting = QuotingEvidence(delimiter: delimiter, columns: fit.columns)
            }
        }
        take(bytes)
    }
}
