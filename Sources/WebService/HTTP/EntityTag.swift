import HTTPTypes
import Hummingbird
import NIOCore

/// The `ETag` of a representation that depends on its bytes alone, RFC 9110 section 8.8.3.
struct EntityTag: Hashable, Sendable {
    /// Sixteen hexadecimal digits: FNV-1a, 64 bits. It tells versions apart and protects nothing.
    let digits: String

    init(of bytes: some Sequence<UInt8>) {
        digits = String(StableHash.fnv1a(bytes), radix: 16)
    }

    var headerValue: String { "\"\(digits)\"" }

    /// Whether an `If-None-Match` header names this tag. Weak tags compare equal, as section 13.1.2 asks.
    func matches(_ ifNoneMatch: String?) -> Bool {
        guard let ifNoneMatch else { return false }
        return ifNoneMatch.split(separator: ",").contains { candidate in
            var candidate = candidate.drop(while: \.isWhitespace)
            while candidate.last?.isWhitespace == true { candidate.removeLast() }
            if candidate.hasPrefix("W/") { candidate = candidate.dropFirst(2) }
            return candidate == "*" || candidate == headerValue
        }
    }

    /// The representation, or 304 when the client has it.
    func response(
        to request: Request, contentType: String, cacheControl: String, body: @autoclosure () -> ByteBuffer
    ) -> Response {
        var headers: HTTPFields = [.eTag: headerValue, .cacheControl: cacheControl]
        if matches(request.headers[.ifNoneMatch]) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = contentType
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body()))
    }
}

/// A hash that is the same in every process, unlike Swift's own.
enum StableHash {
    /// FNV-1a, 64 bits: Fowler, Noll, Vo, draft-eastlake-fnv-17. O(bytes).
    static func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { hash, byte in (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    }
}
