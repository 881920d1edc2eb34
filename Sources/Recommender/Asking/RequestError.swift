/// Why a request cannot be answered: the request is at fault, not the program.
public enum RequestError: Error, Sendable, Hashable, CustomStringConvertible {
    case emptyQuery
    case queryTooLong(bytes: Int)
    case limitOutOfRange(Int)
    case offsetOutOfRange(Int)
    case invalidNumber(parameter: String, value: String)
    case repeatedParameter(String, count: Int)
    case tooMany(parameter: String, count: Int, most: Int)
    /// - parameter: where it was named, but for the address itself.
    case unknownBook(String, parameter: String? = nil)
    case unknownChoice(parameter: String, value: String, choices: [String])
    case outOfRange(parameter: String, value: String, range: String)

    public var description: String {
        switch self {
        case .emptyQuery:
            "The query is empty. Describe what you feel like reading, or name a book."
        case .queryTooLong(let bytes):
            "The query has \(bytes) bytes; at most \(SearchRequest.longestQuery) are read. Shorten it."
        case .limitOutOfRange(let limit):
            "limit is \(limit); it must be from \(SearchRequest.limits.lowerBound) to \(SearchRequest.limits.upperBound)."
        case .offsetOutOfRange(let offset):
            "offset is \(offset); it must be 0 or more."
        case .invalidNumber(let parameter, let value):
            "\(parameter) is “\(value)”; it must be a whole number."
        case .repeatedParameter(let name, let count):
            "\(name) is given \(count) times; give it once."
        case .tooMany(let parameter, let count, let most):
            "\(parameter) has \(count) values; at most \(most) are taken."
        case .unknownBook(let name, _):
            "No book has the id or ISBN “\(name)”. Search for it by title first."
        case .unknownChoice(let parameter, let value, let choices):
            "\(parameter) does not know “\(value)”; it takes \(choices.joined(separator: ", "))."
        case .outOfRange(let parameter, let value, let range):
            "\(parameter) is “\(value)”; it must be from \(range)."
        }
    }
}
