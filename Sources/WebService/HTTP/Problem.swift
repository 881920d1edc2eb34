import HTTPTypes
import Recommender

/// Why a request gets no answer, as RFC 9457 tells it, and as the error page does.
struct Problem: Error, Sendable, Equatable {
    /// One field that is at fault.
    struct InvalidField: Sendable, Equatable, Encodable {
        var path: String
        var message: String
    }

    var code: Code
    /// What happened here, and what to do: a sentence for the reader.
    var detail: String
    var errors: [InvalidField] = []
    /// Methods that would be answered here; for `methodNotAllowed` only.
    var allowedMethods: [HTTPRequest.Method] = []

    init(_ code: Code, _ detail: String, path: String? = nil) {
        self.code = code
        self.detail = detail
        if let path {
            errors = [InvalidField(path: path, message: detail)]
        }
    }

    /// The problem of a request that the recommender refuses.
    init(_ error: RequestError) {
        switch error {
        case .emptyQuery: self.init(.emptyQuery, error.description, path: "q")
        case .queryTooLong: self.init(.queryTooLong, error.description, path: "q")
        case .limitOutOfRange: self.init(.limitOutOfRange, error.description, path: "limit")
        case .offsetOutOfRange: self.init(.offsetOutOfRange, error.description, path: "offset")
        case .invalidNumber(let parameter, _): self.init(.invalidNumber, error.description, path: parameter)
        case .repeatedParameter(let name, _): self.init(.repeatedParameter, error.description, path: name)
        case .tooMany(let parameter, _, _): self.init(.valueOutOfRange, error.description, path: parameter)
        case .unknownBook(_, let parameter): self.init(.unknownBook, error.description, path: parameter)
        case .unknownChoice(let parameter, _, _): self.init(.unknownChoice, error.description, path: parameter)
        case .outOfRange(let parameter, _, _): self.init(.valueOutOfRange, error.description, path: parameter)
        }
    }

    /// The problem of any error that reached the outermost door. What is not the visitor's fault tells no details.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as RequestError: self.init(error)
        case is OpinionsUnavailable:
            self.init(
                .notReady, "What readers say cannot be kept just now, as the library is busy; try again in a minute.")
        default: self.init(.internalError, "Something went wrong on our side. It is written down; try again later.")
        }
    }

    static func methodNotAllowed(_ method: HTTPRequest.Method, allowed: [HTTPRequest.Method]) -> Problem {
        let names = allowed.map(\.rawValue).joined(separator: ", ")
        var problem = Problem(.methodNotAllowed, "\(method.rawValue) is not answered here; use \(names).")
        problem.allowedMethods = allowed
        return problem
    }
}

extension Problem {
    /// The stable names of all problems. Clients may rely on them: none is ever renamed.
    enum Code: String, CaseIterable, Sendable, Encodable {
        case emptyQuery, queryTooLong, limitOutOfRange, offsetOutOfRange, pageOutOfRange
        case invalidNumber, invalidEncoding, repeatedParameter, unknownChoice, valueOutOfRange
        case invalidBody, bodyTooLarge, invalidReader, unknownLabel, tooManyWrites
        case invalidCursor, otherReader, unknownReader, unknownEvent
        case unknownBook, notFound, methodNotAllowed, targetTooLong, headTooLarge, malformedRequest
        case notReady, internalError

        var status: HTTPResponse.Status {
            switch self {
            case .emptyQuery, .queryTooLong, .limitOutOfRange, .offsetOutOfRange, .pageOutOfRange, .invalidNumber,
                .invalidEncoding, .repeatedParameter, .unknownChoice, .valueOutOfRange,
                .invalidBody, .invalidReader, .invalidCursor, .malformedRequest:
                .badRequest
            case .unknownBook, .unknownLabel, .unknownReader, .unknownEvent, .notFound: .notFound
            case .otherReader: .forbidden
            case .bodyTooLarge: .contentTooLarge
            case .tooManyWrites: .tooManyRequests
            case .methodNotAllowed: .methodNotAllowed
            case .targetTooLong: .uriTooLong
            case .headTooLarge: .requestHeaderFieldsTooLarge
            case .notReady: .serviceUnavailable
            case .internalError: .internalServerError
            }
        }

        var title: String {
            switch self {
            case .emptyQuery: "Empty query"
            case .queryTooLong: "Query too long"
            case .limitOutOfRange: "Limit out of range"
            case .offsetOutOfRange: "Offset out of range"
            case .pageOutOfRange: "Page out of range"
            case .invalidNumber: "Not a number"
            case .invalidEncoding: "Text that is not UTF-8"
            case .repeatedParameter: "Parameter given more than once"
            case .unknownChoice: "No such choice"
            case .invalidBody: "Body that is not understood"
            case .bodyTooLarge: "Body too large"
            case .invalidReader: "Reader without a name"
            case .unknownLabel: "Unknown label"
            case .tooManyWrites: "Too many writes"
            case .invalidCursor: "Not a cursor"
            case .otherReader: "Another reader"
            case .unknownReader: "No reader yet"
            case .unknownEvent: "Unknown event"
            case .valueOutOfRange: "Value out of range"
            case .unknownBook: "Unknown book"
            case .notFound: "Nothing at this address"
            case .methodNotAllowed: "Method not allowed"
            case .targetTooLong: "Address too long"
            case .headTooLarge: "Request head too large"
            case .malformedRequest: "Malformed request"
            case .notReady: "Not ready"
            case .internalError: "Internal error"
            }
        }
    }
}
