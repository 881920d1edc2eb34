import Catalog
import HTTPTypes
import Hummingbird
import Recommender

/// What is kept of a reader, for that reader: `/api/v1/readers/{id}`, where `me` is whoever asks.
///
/// A name has 128 random bits and is the key to itself, so whoever knows it is let in; who comes as somebody is not let in as
/// another. Asking about a reader makes nobody known.
struct ReaderController {
    let readers: any ReaderMemory
    let cookie: ReaderCookie
    let limiter = WriteLimiter()

    func addRoutes(to router: Router<ServiceContext>) {
        router.get("api/v1/readers/{id}", use: show)
        router.delete("api/v1/readers/{id}", use: erase)
        router.get("api/v1/readers/{id}/history", use: history)
        router.get("api/v1/readers/{id}/export", use: export)
    }

    /// What a reader thinks of books and wants of them, as books' ids in alphabetical order.
    struct Summary: Encodable, Sendable {
        struct Rating: Encodable, Sendable {
            let book: WorkID
            let value: Double
        }
        let reader: String
        let ratings: [Rating]
        let liked: [WorkID]
        let disliked: [WorkID]
        let notInterested: [WorkID]
        let toRead: [WorkID]
        let read: [WorkID]
        let requestId: RequestID

        init(_ taste: ReaderTaste, of reader: ReaderID, requestID: RequestID) {
            self.reader = reader.value
            ratings = taste.ratings.sorted { $0.key < $1.key }.map { Rating(book: $0.key, value: $0.value) }
            liked = taste.liked.sorted()
            disliked = taste.disliked.sorted()
            notInterested = taste.dismissed.sorted()
            toRead = taste.wantToRead.sorted()
            read = taste.read.sorted()
            requestId = requestID
        }
    }

    struct History: Encodable, Sendable {
        let events: [FeedbackEvent]
        /// The cursor of the next stretch; absent when this is the last.
        let next: String?
        let requestId: RequestID
    }

    struct Erasure: Encodable, Sendable {
        let events: Int
        let labelOpinions: Int
        let requestId: RequestID
    }

    @Sendable
    private func show(_ request: Request, context: ServiceContext) async throws -> Response {
        let reader = try reader(request, context)
        let (taste, _) = try await asking { [readers] in try readers.taste(of: reader.value) }
        return try JSONBody.response(Summary(taste, of: reader, requestID: context.requestID))
    }

    @Sendable
    private func history(_ request: Request, context: ServiceContext) async throws -> Response {
        let reader = try reader(request, context)
        let parameters = RequestParameters(request)
        let limit = try parameters.limit(default: 20)
        let cursor = try parameters.text("cursor").map(Self.cursor)
        let (page, _) = try await asking { [readers] in
            try readers.history(of: reader.value, from: cursor, limit: limit)
        }
        return try JSONBody.response(
            History(events: page.events, next: page.next.map(Self.text), requestId: context.requestID))
    }

    @Sendable
    private func export(_ request: Request, context: ServiceContext) async throws -> Response {
        let reader = try reader(request, context)
        let (record, _) = try await asking { [readers] in try readers.record(of: reader.value) }
        var response = try JSONBody.response(record)
        response.headers[.contentDisposition] = "attachment; filename=\"reader.json\""
        return response
    }

    @Sendable
    private func erase(_ request: Request, context: ServiceContext) async throws -> Response {
        try request.refuseOtherSites()
        let reader = try reader(request, context)
        let (erasure, _) = try await asking { [readers, limiter] in
            try limiter.admit()
            return try readers.erase(reader.value)
        }
        var response = try JSONBody.response(
            Erasure(events: erasure.events, labelOpinions: erasure.labelOpinions, requestId: context.requestID))
        if request.cookies[ReaderCookie.name] != nil { cookie.forget(in: &response) }
        return response
    }

    /// The reader whom the address names.
    /// - Throws: `Problem` when it names nobody, or another than the one who asks.
    private func reader(_ request: Request, _ context: ServiceContext) throws(Problem) -> ReaderID {
        let name = try context.pathParameter("id")
        let own = try cookie.reader(of: request)
        guard name != "me" else {
            guard let own else {
                throw Problem(.unknownReader, "You have no name here yet, and nothing is kept of you.")
            }
            return own
        }
        guard let reader = ReaderID(name) else {
            throw Problem(
                .invalidReader, "A reader's name has 16 to 64 letters, digits and hyphens; me is whoever asks.",
                path: "id")
        }
        guard own == nil || own == reader else {
            throw Problem(.otherReader, "This is about another reader than the one who asks.")
        }
        return reader
    }

    /// A place in the log as a text, which is nobody's business but ours.
    private static func text(_ cursor: FeedbackPage.Cursor) -> String { "\(cursor.at)-\(cursor.sequence)" }

    private static func cursor(_ text: String) throws(Problem) -> FeedbackPage.Cursor {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let at = Int64(parts[0]), let sequence = Int64(parts[1]) else {
            throw Problem(.invalidCursor, "cursor must be what next was in the answer before.", path: "cursor")
        }
        return FeedbackPage.Cursor(at: at, sequence: sequence)
    }
}
