import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Writes JSON answers: keys in alphabetical order, so that equal values are equal bytes.
enum JSONBody {
    static func encode(_ value: some Encodable) throws -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return ByteBuffer(bytes: try encoder.encode(value))
    }

    static func response(
        _ value: some Encodable, status: HTTPResponse.Status = .ok, contentType: String = "application/json"
    ) throws -> Response {
        response(try encode(value), status, contentType)
    }

    /// For the answers that are given most. The same bytes.
    static func response(_ value: some JSONWritable) -> Response {
        var json = JSONWriter()
        value.write(to: &json)
        return response(ByteBuffer(bytes: json.bytes), .ok, "application/json")
    }

    private static func response(_ body: ByteBuffer, _ status: HTTPResponse.Status, _ contentType: String) -> Response {
        Response(
            status: status, headers: [.contentType: contentType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: body))
    }
}
