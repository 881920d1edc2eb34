/// Where a download can begin, by what is on the disk. A pure decision; every attempt makes it anew, so that a broken
/// connection and a killed process are the same case.
enum DownloadStart: Hashable {
    /// With nothing. What there is of the file is of no use.
    case anew
    /// After the first `offset` bytes.
    case after(offset: Int, PartRecord)
    /// All bytes are there; only the check is missing.
    case complete

    /// - Parameters:
    ///   - partSize: bytes of the unfinished file; 0 when there is none.
    ///   - record: what lies beside it; nil when that is missing or cannot be read.
    init(of file: DatasetFile, at url: String, partSize: Int, record: PartRecord?) {
        guard partSize > 0, let record, record.url == url, record.checksum == "\(file.checksum)" else {
            self = .anew
            return
        }
        let total = file.exactSize ?? record.total
        if partSize == total {
            self = .complete
        } else if partSize > total ?? file.limit || (record.etag ?? record.lastModified) == nil {
            self = .anew
        } else {
            self = .after(offset: partSize, record)
        }
    }

    /// The request's fields for this start.
    ///
    /// A weak entity tag may not stand in `If-Range`. Then the answer's own is compared: see `ServerReply.step`.
    var fields: [(name: String, value: String)] {
        guard case .after(let offset, let record) = self else { return [] }
        let range = [(name: "Range", value: "bytes=\(offset)-")]
        return range + (record.validator.map { [(name: "If-Range", value: $0)] } ?? [])
    }
}
