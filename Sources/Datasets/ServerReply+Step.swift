extension ServerReply {
    /// What to do after an answer.
    enum Step: Hashable {
        /// Write the body to the file from that byte on; the whole has `total` bytes, where that is known.
        case write(from: Int, total: Int?)
        /// Nothing more to come.
        case complete
        /// Throw away what there is of the file and ask for the whole.
        case beginAnew
        /// Ask there instead.
        case follow(location: String)
        /// Wait and ask again.
        case tryAgain(reason: String)
    }

    /// Decides by the answer's head alone. `beginAnew` only follows a start that was not anew, so it cannot go on for
    /// ever.
    /// - Throws: `DatasetError.refused`, `.wrongSize`.
    func step(after start: DownloadStart, of file: DatasetFile, at url: String) throws(DatasetError) -> Step {
        switch status {
        case 200:
            try requirePlain(url)
            try check(total: length, of: file, at: url)
            return .write(from: 0, total: length ?? file.exactSize)
        case 206:
            guard case .after(let offset, let record) = start else {
                throw .refused(url: url, reason: "it answers with a part of the file where the whole was asked for")
            }
            try requirePlain(url)
            guard continues(record, at: offset) else { return .beginAnew }
            let total = range?.total ?? record.total
            try check(total: total, of: file, at: url)
            return .write(from: offset, total: total ?? file.exactSize)
        case 301, 302, 303, 307, 308:
            guard let location else {
                throw .refused(url: url, reason: "it answers \(status) without saying where the file is")
            }
            return .follow(location: location)
        case 416:
            guard case .after(let offset, _) = start else { throw refusal(url) }
            return range?.total == offset ? .complete : .beginAnew
        case 500...599:
            return .tryAgain(reason: "the server answers \(status)")
        default:
            throw refusal(url)
        }
    }

    /// Whether this part goes on where the file on the disk ends, and is of the same whole. A server that does not
    /// heed `If-Range` sends the part of a changed file too; what it says about the file tells.
    private func continues(_ record: PartRecord, at offset: Int) -> Bool {
        guard let range, range.first == offset else { return false }
        if let etag, let before = record.etag, Self.opaque(etag) != Self.opaque(before) { return false }
        if record.etag == nil, let lastModified, lastModified != record.lastModified { return false }
        if let total = range.total, let before = record.total, total != before { return false }
        return true
    }

    /// An entity tag without its mark of weakness (weak comparison, RFC 9110, 8.8.3.2).
    private static func opaque(_ etag: String) -> Substring {
        etag.hasPrefix("W/") ? etag.dropFirst(2) : etag[...]
    }

    private func requirePlain(_ url: String) throws(DatasetError) {
        if let encoding {
            throw .refused(url: url, reason: "it sends the file encoded as \(encoding.prefix(40)), unasked")
        }
    }

    private func check(total: Int?, of file: DatasetFile, at url: String) throws(DatasetError) {
        guard let total else { return }
        switch file.size {
        case .exactly(let size) where total != size:
            throw .wrongSize(url: url, reason: "it has \(total) bytes, the file has \(size)")
        case .atMost(let size) where total > size:
            throw .wrongSize(url: url, reason: "it has \(total) bytes, the file has at most \(size)")
        default: return
        }
    }

    private func refusal(_ url: String) -> DatasetError {
        .refused(url: url, reason: "the server answers \(status)")
    }
}
