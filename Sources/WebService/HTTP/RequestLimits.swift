/// The limits on what a visitor can send, in one place.
enum RequestLimits {
    /// Bytes of one header field, of the address, and of all header fields together. The HTTP parser stops there.
    static let longestHead = 128 * 1024
    static let mostHeaders = 100
    /// Bytes of path and query. A query of `SearchRequest.longestQuery` bytes fits, each byte percent-encoded.
    static let longestTarget = 8 * 1024
    /// Hits passed over at most. Far beyond any catalogue, short of an overflow when a limit is added.
    static let largestOffset = 1_000_000_000
    /// Hits on one page of the web app.
    static let pageSize = 10
    static let pages = 1...1_000
}
