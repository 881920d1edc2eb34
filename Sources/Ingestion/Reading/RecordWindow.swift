/// The bytes of a part that are read and not yet made into records, as UTF-8 without a byte-order mark.
final class RecordWindow {
    private let source: any PieceSource
    private var transcoder: Transcoder
    /// What a byte-order mark has become in UTF-8; nil when it has been looked for.
    private var mark: [UInt8]?
    private var storage: UnsafeMutableBufferPointer<UInt8>
    private var start = 0
    private var end = 0
    /// Whether nothing follows what is in the window.
    private(set) var isAtEnd = false

    var bytesRead: Int { source.bytesRead }
    var count: Int { end - start }
    /// How many bytes of memory the window takes.
    var capacity: Int { storage.count }

    /// What is not yet taken. Valid until the next `fill`; `drop` leaves it valid.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: storage[start..<end]) }

    init(_ source: any PieceSource, encoding: TextEncoding) {
        self.source = source
        transcoder = Transcoder(encoding)
        // The three bytes of UTF-8's mark, read as Windows-1252, are three characters.
        mark = Array((encoding == .windows1252 ? "\u{EF}\u{BB}\u{BF}" : "\u{FEFF}").utf8)
        storage = .allocate(capacity: 2 * pieceSize)
    }

    deinit { storage.deallocate() }

    /// Takes `count` bytes off the beginning.
    func drop(_ count: Int) {
        start += count
    }

    /// Reads on: a piece at least, and until there is twice as much as there was, so that looking again from the
    /// beginning costs O(n) in all.
    func fill() throws(IngestionError) {
        let wanted = max(2 * count, mark?.count ?? 1)
        repeat {
            if let piece = try source.next() {
                append(transcoder.utf8(of: piece))
            } else {
                append(transcoder.finish())
                isAtEnd = true
            }
        } while !isAtEnd && count < wanted
        if let mark, bytes.starts(with: mark) { drop(mark.count) }
        mark = nil
    }

    private func append(_ text: [UInt8]) {
        if end + text.count > storage.count {
            let capacity = count + text.count
            // What was taken makes room; a new place is needed only for records longer than a piece.
            let target = capacity > storage.count ? .allocate(capacity: 2 * capacity) : storage
            let rest = bytes
            if let base = rest.baseAddress { target.baseAddress?.update(from: base, count: rest.count) }
            if target.baseAddress != storage.baseAddress { storage.deallocate() }
            (storage, start, end) = (target, 0, rest.count)
        }
        _ = UnsafeMutableBufferPointer(rebasing: storage[end...]).update(fromContentsOf: text)
        end += text.count
    }
}
