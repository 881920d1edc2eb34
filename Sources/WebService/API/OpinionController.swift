import Catalog
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Recommender
import Synchronization

/// What readers say of the labels of books: `/api/v1/books/{id}/labels` for programs, a form for people.
struct OpinionController {
    let recommender: any BookRecommending
    let opinions: any LabelOpinionKeeping
    let limiter = WriteLimiter()

    func addRoutes(to router: Router<ServiceContext>) {
        router.get("api/v1/books/{id}/labels", use: list)
        router.put("api/v1/books/{id}/labels/{label}", use: put)
        router.delete("api/v1/books/{id}/labels/{label}", use: delete)
        router.post("books/{id}/labels", use: form)
    }

    /// A reader's opinions on one book.
    struct Answer: Encodable {
        struct Opinion: Encodable {
            let label: String
            let holds: Bool
        }
        let book: String
        let opinions: [Opinion]
    }

    @Sendable
    private func list(_ request: Request, context: ServiceContext) async throws -> Response {
        let work = try recommender.book(try context.pathParameter("id")).id
        return try answer(on: work, by: try ReaderID(request))
    }

    @Sendable
    private func put(_ request: Request, context: ServiceContext) async throws -> Response {
        struct Body: Decodable { let holds: Bool }
        let data = try await Self.body(of: request)
        guard let body = try? JSONDecoder().decode(Body.self, from: data) else {
            throw Problem(.invalidBody, "The body must be {\"holds\": true} or {\"holds\": false}.", path: "holds")
        }
        return try await keep(body.holds, request, context)
    }

    @Sendable
    private func delete(_ request: Request, context: ServiceContext) async throws -> Response {
        try await keep(nil, request, context)
    }

    private func keep(_ holds: Bool?, _ request: Request, _ context: ServiceContext) async throws -> Response {
        let work = try recommender.book(try context.pathParameter("id")).id
        let label = try Self.label(context.pathParameter("label"))
        let known = try ReaderID(request)
        let reader = known ?? .random()
        try limiter.admit()
        try opinions.keep(holds, of: label, on: work, by: reader.value)
        var response = try answer(on: work, by: reader)
        if known == nil { reader.remember(in: &response) }
        return response
    }

    private func answer(on work: WorkID, by reader: ReaderID?) throws -> Response {
        let own = try reader.map { try opinions.opinions(on: work, by: $0.value) } ?? [:]
        let sorted = BookLabel.all.compactMap { label in
            own[label].map { Answer.Opinion(label: label.code, holds: $0) }
        }
        return try JSONBody.response(Answer(book: work.rawValue, opinions: sorted))
    }

    /// The form of a book's page: `label`, and `holds`, which is `yes`, `no`, or empty to take it back.
    @Sendable
    private func form(_ request: Request, context: ServiceContext) async throws -> Response {
        // A cookie that is sent with this site's own forms only keeps out what others send in a reader's name; this keeps
        // out what they would send in nobody's.
        if let site = request.headers[HTTPField.Name("Sec-Fetch-Site")!], site == "cross-site" {
            throw Problem(.invalidBody, "This form is filled in on another site.")
        }
        let book = try recommender.book(try context.pathParameter("id"))
        let fields = FormFields(String(decoding: try await Self.body(of: request), as: UTF8.self))
        let label = try Self.label(fields["label"] ?? "")
        let holds: Bool?
        switch fields["holds"] {
        case "yes": holds = true
        case "no": holds = false
        case "": holds = nil
        default: throw Problem(.invalidBody, "holds must be yes, no or empty.", path: "holds")
        }
        let known = try ReaderID(request)
        let reader = known ?? .random()
        try limiter.admit()
        try opinions.keep(holds, of: label, on: book.id, by: reader.value)
        var response = Response(status: .seeOther, headers: [.location: book.pageAddress + "#feel"])
        if known == nil { reader.remember(in: &response) }
        return response
    }

    private static func label(_ code: String) throws(Problem) -> BookLabel {
        guard let label = BookLabel(code: code) else {
            throw Problem(
                .unknownLabel, "No label has the code “\(code.prefix(60))”. Codes look like mood.dark or note.war.",
                path: "label")
        }
        return label
    }

    private static let longestBody = 4 * 1_024

    private static func body(of request: Request) async throws -> Data {
        do {
            let buffer = try await request.body.collect(upTo: longestBody)
            return Data(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Problem(.bodyTooLarge, "The body has more than \(longestBody) bytes.")
        }
    }
}

/// Fields of a form as browsers send it.
struct FormFields {
    private let parameters: [(name: String, value: String)]

    init(_ body: String) {
        parameters = body.split(separator: "&").compactMap { field in
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decode(parts[0], as: .query),
                let value = PercentCoding.decode(parts.count == 2 ? parts[1] : "", as: .query)
            else { return nil }
            return (name, value)
        }
    }

    subscript(_ name: String) -> String? { parameters.last { $0.name == name }?.value }
}

/// Lets so many writes a minute through, whoever sends them: opinions are given by hand, and a program that floods the
/// library with them must not fill the disk.
final class WriteLimiter: Sendable {
    static let perMinute = 120

    private struct State {
        var tokens = Double(WriteLimiter.perMinute)
        var last = ContinuousClock.now
    }

    private let state = Mutex(State())

    /// - Throws: `Problem` when there were too many.
    func admit(at now: ContinuousClock.Instant = .now) throws(Problem) {
        let isAdmitted = state.withLock { state in
            let refill = (now - state.last) / .seconds(60) * Double(Self.perMinute)
            state.tokens = min(Double(Self.perMinute), state.tokens + refill)
            state.last = now
            guard state.tokens >= 1 else { return false }
            state.tokens -= 1
            return true
        }
        guard isAdmitted else {
            throw Problem(.tooManyWrites, "More opinions came in than a minute has room for; try again in a minute.")
        }
    }
}
