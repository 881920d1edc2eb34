import CMinizip

/// What comes out of a gzip file (RFC 1952) of one or several members.
final class GzipPieces: PieceSource {
    private let file: FilePieces
    private let name: String
    private let limits: ExpansionLimits
    /// On the heap, as zlib's own state points back to it.
    private let stream: UnsafeMutablePointer<z_stream>
    private var input: [UInt8] = []
    /// How many bytes of `input` are unpacked.
    private var used = 0
    private var isInMember = false
    private var unpacked = 0

    var bytesRead: Int { file.bytesRead - (input.count - used) }

    init(_ stored: StoredFile, limits: ExpansionLimits) throws(IngestionError) {
        file = try FilePieces(stored)
        name = stored.name
        self.limits = limits
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, and 16 for "gzip only". It fails for want of memory alone.
        guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .unreadable(path: stored.path, reason: "there is not enough memory to unpack it")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func next() throws(IngestionError) -> [UInt8]? {
        var piece = [UInt8](repeating: 0, count: pieceSize)
        var filled = 0
        while filled < piece.count {
            if used == input.count {
                guard let more = try file.next() else {
                    if isInMember { throw damaged("it breaks off; the download or copy is not complete") }
                    break
                }
                input = more
                used = 0
            }
            if !isInMember { try beginMember() }
            if isInMember { try inflate(into: &piece, filled: &filled) }
        }
        piece.removeLast(piece.count - filled)
        unpacked += filled
        try limits.check(unpacked: unpacked, packed: bytesRead, source: name)
        return piece.isEmpty ? nil : piece
    }

    /// Passes over padding. Whatever is left of the input at hand is the next member.
    private func beginMember() throws(IngestionError) {
        // Tapes and some programs fill the last block with zeros.
        while used < input.count, input[used] == 0 { used += 1 }
        if used == input.count { return }
        // The first byte of a member's magic number.
        guard input[used] == 0x1F else { throw damaged("something else follows the packed data") }
        inflateReset(stream)
        isInMember = true
    }

    private func inflate(into piece: inout [UInt8], filled: inout Int) throws(IngestionError) {
        let status = input.withUnsafeMutableBufferPointer { source in
            piece.withUnsafeMutableBufferPointer { target in
                let from = UnsafeMutableBufferPointer(rebasing: source[used...])
                let to = UnsafeMutableBufferPointer(rebasing: target[filled...])
                stream.pointee.next_in = from.baseAddress
                stream.pointee.avail_in = UInt32(from.count)
                stream.pointee.next_out = to.baseAddress
                stream.pointee.avail_out = UInt32(to.count)
                let status = CMinizip.inflate(stream, Z_NO_FLUSH)
                used = source.count - Int(stream.pointee.avail_in)
                filled = target.count - Int(stream.pointee.avail_out)
                return status
            }
        }
        switch status {
        case Z_OK: break
        case Z_STREAM_END: isInMember = false
        default:
            let words = stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(status)"
            throw damaged("its packed data is broken (\(words))")
        }
    }

    private func damaged(_ reason: String) -> IngestionError { .damagedArchive(source: name, reason: reason) }
}
