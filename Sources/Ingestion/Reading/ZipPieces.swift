import CMinizip

/// What comes out of one entry of a zip archive.
final class ZipPieces: PieceSource {
    private let archive: ZipArchive
    private let entry: ZipArchive.Entry
    private let name: String
    private let limits: ExpansionLimits
    private var unpacked = 0
    /// Where the packed bytes begin in the archive.
    private let start: UInt64
    private var isAtEnd = false

    var bytesRead: Int {
        if isAtEnd { return entry.packedSize }
        // minizip reads ahead, and has no position before its first read.
        let place = unzGetCurrentFileZStreamPos64(archive.handle)
        return min(entry.packedSize, Int(clamping: place > start ? place - start : 0))
    }

    init(_ file: StoredFile, _ entry: ZipArchive.Entry, name: String, limits: ExpansionLimits) throws(IngestionError) {
        archive = try ZipArchive(file)
        self.entry = entry
        self.name = name
        self.limits = limits
        var place = unz64_file_pos(pos_in_zip_directory: entry.offset, num_of_file: entry.number)
        guard unzGoToFilePos64(archive.handle, &place) == UNZ_OK, unzOpenCurrentFile(archive.handle) == UNZ_OK else {
            throw .damagedArchive(source: name, reason: "its directory and its contents contradict each other")
        }
        start = unzGetCurrentFileZStreamPos64(archive.handle)
    }

    func next() throws(IngestionError) -> [UInt8]? {
        if isAtEnd { return nil }
        var status: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: pieceSize) { buffer, count in
            repeat {
                let room = UnsafeMutableBufferPointer(rebasing: buffer[count...])
                status = unzReadCurrentFile(archive.handle, room.baseAddress, UInt32(room.count))
                if status > 0 { count += Int(status) }
            } while status > 0 && count < buffer.count
        }
        guard status >= 0 else {
            let cutOff = status == UNZ_ERRNO || status == UNZ_EOF
            throw damaged(
                cutOff
                    ? "it breaks off; the download or copy is not complete"
                    : "its packed data is broken (zlib error \(status))")
        }
        unpacked += piece.count
        try limits.check(unpacked: unpacked, packed: bytesRead, source: name)
        if piece.isEmpty { try finish() }
        return piece.isEmpty ? nil : piece
    }

    private func finish() throws(IngestionError) {
        isAtEnd = true
        guard unpacked == entry.unpackedSize else {
            throw damaged("\(unpacked) bytes came out of it instead of \(entry.unpackedSize)")
        }
        guard unzCloseCurrentFile(archive.handle) == UNZ_OK else { throw damaged("its checksum (CRC-32) is wrong") }
    }

    private func damaged(_ reason: String) -> IngestionError { .damagedArchive(source: name, reason: reason) }
}
