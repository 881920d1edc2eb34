/// One table of rows in a file: the file itself, what a gzip file holds, or an entry of a zip archive.
public struct SourcePart: Sendable {
    /// The file's name without its folder, or `archive.zip/entry.csv`.
    public let name: String
    /// How many bytes it takes in the file system or in the archive.
    public let packedSize: Int
    let storage: Storage

    enum Storage: Sendable {
        case plain(StoredFile)
        case gzip(StoredFile, ExpansionLimits)
        case zip(StoredFile, ZipArchive.Entry, ExpansionLimits)
        case memory([[UInt8]])
    }

    init(name: String, packedSize: Int, storage: Storage) {
        self.name = name
        self.packedSize = packedSize
        self.storage = storage
    }

    /// A part whose bytes are in memory, to be read in these pieces.
    public init(name: String, pieces: [[UInt8]]) {
        self.init(name: name, packedSize: pieces.reduce(0) { $0 + $1.count }, storage: .memory(pieces))
    }

    /// Opens the part at its beginning; as often as need be.
    /// - Throws: `IngestionError` when the file is gone, was written to since it was first looked at, or is damaged.
    public func open() throws(IngestionError) -> PartReader { PartReader(try openSource()) }

    func openSource() throws(IngestionError) -> any PieceSource {
        switch storage {
        case .plain(let file): try FilePieces(file)
        case .gzip(let file, let limits): try GzipPieces(file, limits: limits)
        case .zip(let file, let entry, let limits): try ZipPieces(file, entry, name: name, limits: limits)
        case .memory(let pieces): MemoryPieces(pieces)
        }
    }
}

/// Reads a part's unpacked bytes once, with flat memory. A copy reads on where the other stopped.
public struct PartReader {
    private let source: any PieceSource

    init(_ source: any PieceSource) {
        self.source = source
    }

    /// Packed bytes taken so far: goes from 0 to the part's `packedSize`.
    public var bytesRead: Int { source.bytesRead }

    /// The next unpacked bytes, at most 256 KiB of a file; nil at the end.
    /// - Throws: `IngestionError` when the file cannot be read, is damaged, was written to, or expands too far. The
    ///   checksums of gzip and zip are known at their end only: until nil came, the bytes may be wrong.
    public func nextPiece() throws(IngestionError) -> [UInt8]? { try source.next() }
}
