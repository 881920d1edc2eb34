import Catalog
import Foundation
import HTTPTypes
import Hummingbird
import Recommender

/// What readers say of the labels of books: `/api/v1/books/{id}/labels` for programs, a form for people.
struct OpinionController {
    let recommender: any BookRecommending
    let opinions: any LabelOpinionKeeping
    let cookie: ReaderCookie
    let limiter = WriteLimiter()

    func addRoutes(to router: Router<ServiceContext>) {
        router.get("api/v1/books/{id}/labels", use: list)
        router.put("api/v1/books/{id}/labels/{label}", use: put)
        router.delete("api/v1/books/{id}/labels/{label}", use: delete)
        router.post("books/{id}/labels", use: form)
    }

    /// A reader's opinions on one book.
    struct Answer: Encodable, Sendable {
        struct Opinion: Encodable, Sendable {
            let label: String
            let holds: Bool
        }
        let book: String
        let opinions: [Opinion]

        init(of work: WorkID, _ own: [BookLabel: Bool]) {
            book = work.rawValue
            opinions = BookLabel.all.compactMap { label in own[label].map { Opinion(label: label.code, holds: $0) } }
        }
    }

    @Sendable
    private func list(_ request: Request, context: ServiceContext) async throws -> Response {
        let (id, reader) = (try context.pathParameter("id"), try cookie.reader(of: request))
        let (answer, _) = try await asking { [recommender, opinions] in
            let work = try recommender.book(id).id
            return Answer(of: work, try reader.map { try opinions.opinions(on: work, by: $0.value) } ?? [:])
        }
        return try JSONBody.response(answer)
    }

    @Sendable
    private func put(_ request: Request, context: ServiceContext) async throws -> Response {
        struct Body: Decodable { let holds: Bool }
        let data = try await request.bodyData(upTo: Self.longestBody)
        guard let body = try? JSONDecoder().decode(Body.self, from: data) else {
            throw Problem(.invalidBody, "The body must be {\"holds\": true} or {\"holds\": false}.", path: "holds")
        }
        return try await keep(body.holds, of: context.pathParameter("label"), request, context) { _, answer in
            try JSONBody.response(answer)
        }
    }

    @Sendable
    private func delete(_ request: Request, context: ServiceContext) async throws -> Response {
        try await keep(nil, of: context.pathParameter("label"), request, context) { _, answer in
            try JSONBody.response(answer)
        }
    }

    /// The form of a book's page: `label`, and `holds`, which is `yes`, `no`, or empty to take it back.
    @Sendable
    private func form(_ request: Request, context: ServiceContext) async throws -> Response {
        try request.refuseOtherSites()
        let fields = RequestParameters(
            form: String(decoding: try await request.bodyData(upTo: Self.longestBody), as: UTF8.self))
        let holds: Bool?
        switch try fields.text("holds") {
        case "yes": holds = true
        case "no": holds = false
        case "": holds = nil
        default: throw Problem(.invalidBody, "holds must be yes, no or empty.", path: "holds")
        }
        return try await keep(holds, of: fields.text("label") ?? "", request, context) { book, _ in
            Response(status: .seeOther, headers: [.location: book.pageAddress + "#feel"])
        }
    }

    /// Keeps an opinion, and answers with `response` to the book and what the reader says of it now.
    private func keep(
        _ holds: Bool?, of code: String, _ request: Request, _ context: ServiceContext,
        response: (Book, Answer) throws -> Response
    ) async throws -> Response {
        let id = try context.pathParameter("id")
        let label = try Self.label(code)
        let known = try cookie.reader(of: request)
        let reader = known ?? .random()
        let (kept, _) = try await asking { [recommender, opinions, limiter] in
            let book = try recommender.book(id)
            try limiter.admit()
            try opinions.keep(holds, of: label, on: book.id, by: reader.value)
            return (book, Answer(of: book.id, try opinions.opinions(on: book.id, by: reader.value)))
        }
        var response = try response(kept.0, kept.1)
        if known == nil { cookie.remember(reader, in: &response) }
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
}
