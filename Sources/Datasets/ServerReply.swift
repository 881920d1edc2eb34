/// What the head of an answer says about the file.
struct ServerReply: Hashable {
    var status: Int
    var etag: String?
    var lastModified: String?
    /// `Content-Length`, in bytes; of the part when only a part comes.
    var length: Int?
    var range: ContentRange?
    /// `Content-Encoding`, where the bytes are not the file's own.
    var encoding: String?
    var location: String?

    init(status: Int) {
        self.status = status
    }

    /// - Parameter field: the first value of the header field of that name.
    init(status: Int, field: (String) -> String?) {
        self.status = status
        etag = Self.kept(field("ETag"))
        lastModified = Self.kept(field("Last-Modified"))
        length = field("Content-Length").flatMap { Int($0) }
        range = field("Content-Range").flatMap { ContentRange($0) }
        encoding = field("Content-Encoding").flatMap { $0.isEmpty || $0.lowercased() == "identity" ? nil : $0 }
        location = field("Location")
    }

    /// No true tag or date is longer; what a wrong server sends is not stored and sent back.
    private static func kept(_ value: String?) -> String? {
        value.flatMap { $0.isEmpty || $0.utf8.count > 200 ? nil : $0 }
    }

    /// What lies beside a file that begins with this answer.
    func record(of file: DatasetFile, at url: String) -> PartRecord {
        PartRecord(
            url: url, checksum: "\(file.checksum)", etag: etag, lastModified: lastModified, total: length)
    }
}

/// The field `Content-Range` (RFC 9110, 14.4): `bytes 5-9/10`, `bytes 5-9/*`, `bytes */10`.
struct ContentRange: Hashable {
    /// The first byte that comes, from 0; nil when none comes.
    var first: Int?
    /// Bytes of the whole; nil when the server does not say.
    var total: Int?

    /// - Returns: nil for what has another form or unit.
    init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bytes" else { return nil }
        let halves = parts[1].split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        if halves[1] != "*" {
            guard let total = Int(halves[1]), total >= 0 else { return nil }
            self.total = total
        }
        if halves[0] == "*" { return }
        let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first <= last, last < total ?? .max else {
            return nil
        }
        self.first = first
    }
}
