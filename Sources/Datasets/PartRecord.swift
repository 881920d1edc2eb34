/// What is known of the source of an unfinished file. Lies beside it as JSON, so that another process can go on.
///
/// It is written while the file is still empty. Killed in between, it therefore never tells of bytes of another source.
struct PartRecord: Codable, Hashable {
    /// The address that was asked first, before any redirect.
    var url: String
    /// What the whole is to give. A part of what was pinned before is of no use.
    var checksum: String
    /// As the server wrote it, with its quotes.
    var etag: String?
    /// As the server wrote it.
    var lastModified: String?
    /// Size of the whole in bytes, where the server told it.
    var total: Int?

    /// What `If-Range` may carry: an entity tag that is not weak, else a date (RFC 9110, 13.1.5).
    var validator: String? {
        if let etag { return etag.hasPrefix("W/") ? nil : etag }
        return lastModified
    }
}
