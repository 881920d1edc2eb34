import HTTPTypes
import Hummingbird
import NIOCore

extension Problem {
    /// The members of `application/problem+json`, RFC 9457 section 3.1, and our own three.
    struct Document: Encodable {
        /// Points at the problem's paragraph in the service's own documentation.
        let type: String
        let title: String
        let status: Int
        let detail: String
        /// The path that was asked for.
        let instance: String
        let code: Code
        let requestId: RequestID
        /// The fields at fault; absent when the input is not at fault.
        let errors: [InvalidField]?
    }

    func document(path: String, requestID: RequestID) -> Document {
        Document(
            type: "/docs#problem-\(code.rawValue)", title: code.title, status: code.status.code, detail: detail,
            instance: path, code: code, requestId: requestID, errors: errors.isEmpty ? nil : errors)
    }

    /// The answer to a program.
    func jsonResponse(path: String, requestID: RequestID) throws -> Response {
        var response = try JSONBody.response(
            document(path: path, requestID: requestID), status: code.status, contentType: "application/problem+json")
        addHeaders(to: &response)
        return response
    }

    /// Adds what the status asks for beside the body.
    func addHeaders(to response: inout Response) {
        if !allowedMethods.isEmpty {
            response.headers[.allow] = allowedMethods.map(\.rawValue).joined(separator: ", ")
        }
        if code == .notReady {
            response.headers[.retryAfter] = "5"
        }
    }
}
