/// What the file at a path holds.
public enum SourceFile {
    /// The parts of a file, recognised by its first bytes, never by its name: one of a plain or a gzip file, one for
    /// each file of a zip archive in the archive's order (folders, hidden files and `__MACOSX/` are passed over).
    /// - Throws: `IngestionError` when the file cannot be read or its end is not known (folders, devices, pipes), and
    ///   when the archive is damaged, empty, or has entries that must not be read. Gzip data is not looked at here.
    public static func parts(
        ofFileAt path: String, limits: ExpansionLimits = .standard
    ) throws(IngestionError) -> [SourcePart] {
        let file = try StoredFile(path: path)
        // Of a small file this is all of it; of a large one no more than one piece is read.
        let head = try FilePieces(file).next() ?? []
        if head.starts(with: [0x1F, 0x8B]) {
            return [SourcePart(name: file.name, packedSize: file.size, storage: .gzip(file, limits))]
        }
        // The end of a directory at the very beginning: an archive without entries.
        if head.starts(with: [0x50, 0x4B, 5, 6]) { throw .noFiles(source: file.name) }
        guard head.starts(with: [0x50, 0x4B, 3, 4]) else {
            return [SourcePart(name: file.name, packedSize: file.size, storage: .plain(file))]
        }
        var parts: [SourcePart] = []
        for entry in try ZipArchive(file).files(limits: limits) {
            parts.append(
                SourcePart(
                    name: "\(file.name)/\(entry.shownName)", packedSize: entry.packedSize,
                    storage: .zip(file, entry, limits)))
        }
        return parts
    }
}
