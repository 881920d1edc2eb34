import Hummingbird
import Recommender

/// The parameters of one request, read from the raw address.
///
/// Hummingbird's own map hands back text that it cannot decode as it stands, and takes `+` for a plus sign; a search
/// for bytes that are no text would then look like a search without a hit.
struct RequestParameters {
    private let fields: [(name: String, rawValue: Substring)]

    init(_ request: Request) {
        self.init(form: request.uri.query ?? "")
    }

    /// Of a form that was sent as a body, which is spelt as a query is.
    init(form: String) {
        fields = form.split(separator: "&").compactMap { field in
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decode(parts[0], as: .query) else { return nil }
            return (name, parts.count == 2 ? parts[1] : "")
        }
    }

    /// The text of a parameter, or nil if it is absent.
    /// - Throws: `Problem` when it is there twice, or is not UTF-8.
    func text(_ name: String) throws(Problem) -> String? {
        let values = fields.filter { $0.name == name }
        guard let field = values.first else { return nil }
        guard values.count == 1 else {
            throw Problem(.repeatedParameter, "\(name) is given \(values.count) times; give it once.", path: name)
        }
        return try Self.decoded(field.rawValue, name)
    }

    /// The texts of a parameter that may be given several times, in their order.
    /// - Throws: `Problem` when one is not UTF-8.
    func texts(_ name: String) throws(Problem) -> [String] {
        var texts: [String] = []
        for field in fields where field.name == name { texts.append(try Self.decoded(field.rawValue, name)) }
        return texts
    }

    /// What the reader asks for.
    /// - Throws: `Problem` when a value is not understood, or nothing is asked for.
    func searchRequest() throws(Problem) -> SearchRequest {
        try understood { () throws in try SearchRequest(parsing: values) }
    }

    /// What the reader asks for, or nil where that is nothing.
    /// - Throws: `Problem` when a value is not understood.
    func searchRequestIfAny() throws(Problem) -> SearchRequest? {
        do { return try searchRequest() } catch {
            guard error.code == .emptyQuery else { throw error }
            return nil
        }
    }

    /// What the books should feel like and be.
    /// - Throws: `Problem` when a value is none of the choices.
    func preferences() throws(Problem) -> Preferences {
        try understood { () throws in try Preferences(parsing: values) }
    }

    private func values(_ name: String) throws -> [String] {
        let own = try texts(name)
        guard name == Preferences.Parameter.mood.rawValue else { return own }
        // A form sends each mood's slider by itself: `mood.hopeful=0.5`.
        return try own
            + fields.filter { $0.name.hasPrefix("mood.") && !$0.rawValue.isEmpty }.map {
                "\($0.name.dropFirst(5)):\(try Self.decoded($0.rawValue, $0.name))"
            }
    }

    private static func decoded(_ rawValue: Substring, _ name: String) throws(Problem) -> String {
        // The HTTP parser has put U+FFFD for raw bytes that were no UTF-8.
        guard !rawValue.unicodeScalars.contains("\u{FFFD}"), let text = PercentCoding.decode(rawValue, as: .query)
        else {
            throw Problem(.invalidEncoding, "\(name) is not percent-encoded UTF-8.", path: name)
        }
        return text
    }

    /// The whole number of a parameter, or nil if it is absent.
    func number(_ name: String) throws(Problem) -> Int? {
        guard let text = try text(name) else { return nil }
        guard let number = Int(text) else {
            throw Problem(.invalidNumber, "\(name) is “\(text.prefix(40))”; it must be a whole number.", path: name)
        }
        return number
    }

    /// The number of hits in `limit`.
    func limit(default standard: Int = 10) throws(Problem) -> Int {
        let limit = try number("limit") ?? standard
        guard SearchRequest.limits.contains(limit) else { throw Problem(RequestError.limitOutOfRange(limit)) }
        return limit
    }

    /// The share that a parameter names, or nil if it is absent or blank.
    func share(_ name: String) throws(Problem) -> Double? {
        guard let text = try text(name), !text.isEmpty else { return nil }
        guard let share = Double(text), (0...1).contains(share) else {
            throw Problem(
                RequestError.outOfRange(parameter: name, value: String(text.prefix(40)), range: "0 to 1"))
        }
        return share
    }

    /// Whether `name` is set.
    func flag(_ name: String) throws(Problem) -> Bool {
        switch try text(name) {
        case nil, "", "false", "0", "no": return false
        case "true", "1", "yes": return true
        case let text?:
            throw Problem(
                RequestError.unknownChoice(parameter: name, value: String(text.prefix(60)), choices: ["true", "false"]))
        }
    }

    /// The page of results in `page`, counted from 1.
    func page() throws(Problem) -> Int {
        let page = try number("page") ?? 1
        guard RequestLimits.pages.contains(page) else {
            let pages = RequestLimits.pages
            let detail = "page is \(page); it must be from \(pages.lowerBound) to \(pages.upperBound)."
            throw Problem(.pageOutOfRange, detail, path: "page")
        }
        return page
    }
}

/// Runs `parse` and turns what the recommender refuses into a problem.
func understood<Value>(_ parse: () throws -> Value) throws(Problem) -> Value {
    do { return try parse() } catch { throw Problem(error) }
}

extension ServiceContext {
    /// A piece of the path, percent-decoded.
    /// - Throws: `Problem` when it is not UTF-8.
    func pathParameter(_ name: String) throws(Problem) -> String {
        let raw = parameters.get(name) ?? ""
        guard !raw.unicodeScalars.contains("\u{FFFD}"), let text = PercentCoding.decode(raw, as: .path) else {
            throw Problem(.invalidEncoding, "The address is not percent-encoded UTF-8.", path: name)
        }
        return text
    }
}
