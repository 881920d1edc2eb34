import Catalog
import Foundation
import HTTPTypes
import Hummingbird
import Recommender

/// What readers say of books and do with them: `/api/v1/feedback` for programs, a form for people.
struct FeedbackController {
    let recommender: any BookRecommending
    let readers: any ReaderMemory
    let cookie: ReaderCookie
    let limiter = WriteLimiter(perMinute: eventsPerMinute)

    static let eventsPerMinute = 3_000
    private static let longestForm = 8 * 1_024

    func addRoutes(to router: Router<ServiceContext>) {
        router.post("api/v1/feedback", use: post)
        router.delete("api/v1/feedback/{id}", use: undo)
        router.post("books/{id}/feedback", use: form)
    }

    /// What became of the events that were sent.
    struct Answer: Encodable, Sendable {
        struct Rejection: Encodable, Sendable {
            /// The event's place in the list, from 0.
            let index: Int
            let code: String
            let message: String
        }
        var accepted = 0
        var known = 0
        var rejected: [Rejection] = []
        /// Whose they are; absent for one who has no name and of whom nothing was taken.
        var reader: String?
        let requestId: RequestID
    }

    struct UndoAnswer: Encodable, Sendable {
        let event: FeedbackEvent
        let requestId: RequestID
    }

    @Sendable
    private func post(_ request: Request, context: ServiceContext) async throws -> Response {
        try request.refuseOtherSites()
        let known = try cookie.reader(of: request)
        let body = try FeedbackBody(try await request.bodyData(upTo: FeedbackBody.longest))
        let reader = known ?? .random()
        let outcomes = try await asking { try take(body, of: reader) }.answer
        var answer = Answer(requestId: context.requestID)
        for (index, outcome) in outcomes.enumerated() {
            switch outcome {
            case .accepted: answer.accepted += 1
            case .known: answer.known += 1
            case .rejected(let flaw):
                answer.rejected.append(.init(index: index, code: flaw.rawValue, message: flaw.description))
            }
        }
        let isNew = known == nil && answer.accepted > 0
        answer.reader = known != nil || isNew ? reader.value : nil
        var response = try JSONBody.response(answer)
        if isNew { cookie.remember(reader, in: &response) }
        return response
    }

    @Sendable
    private func undo(_ request: Request, context: ServiceContext) async throws -> Response {
        try request.refuseOtherSites()
        let id = try context.pathParameter("id")
        let reader = try cookie.reader(of: request)
        let (event, _) = try await asking { [readers, limiter] in
            guard let reader else { return nil as FeedbackEvent? }
            try limiter.admit()
            return try readers.undo(id, by: reader.value)
        }
        guard let event else {
            throw Problem(.unknownEvent, "You have sent no event with the id “\(id.prefix(64))”.", path: "id")
        }
        return try JSONBody.response(UndoAnswer(event: event, requestId: context.requestID))
    }

    /// A form of a page: `kind`, empty to take back what was said last of the book; `value`, the stars of a rating; and
    /// `back`, the page to return to.
    @Sendable
    private func form(_ request: Request, context: ServiceContext) async throws -> Response {
        try request.refuseOtherSites()
        let name = try context.pathParameter("id")
        let known = try cookie.reader(of: request)
        let fields = RequestParameters(
            form: String(decoding: try await request.bodyData(upTo: Self.longestForm), as: UTF8.self))
        let kind = try Self.kind(try fields.text("kind"))
        let value = try kind == .rating ? Self.stars(fields.text("value")) : nil
        let back = try fields.text("back")
        let reader = known ?? .random()
        let (taken, _) = try await asking { [recommender, readers, limiter] in
            let book = try recommender.book(name)
            try limiter.admit()
            guard let kind else {
                if let known { _ = try readers.undoLast(on: book.id, by: known.value) }
                return (book: book, outcome: FeedbackOutcome.known)
            }
            let event = FeedbackEvent(id: RequestID.random().value, work: book.id, kind: kind, value: value, at: .now)
            return (book, try readers.append([event], by: reader.value).first ?? .known)
        }
        if case .rejected(let flaw) = taken.outcome {
            throw Problem(flaw == .historyFull ? .tooManyWrites : .valueOutOfRange, flaw.description, path: "value")
        }
        var response = Response(
            status: .seeOther, headers: [.location: back.flatMap(LocalAddress.init)?.text ?? taken.book.pageAddress])
        if known == nil, taken.outcome == .accepted { cookie.remember(reader, in: &response) }
        return response
    }

    /// Each event's outcome, in their order.
    private func take(_ body: FeedbackBody, of reader: ReaderID) throws -> [FeedbackOutcome] {
        var works: [String: WorkID?] = [:]
        let events = try body.rows.map { row in
            try row?.event(now: .now) { name in
                if let known = works[name] { return known }
                let work = try self.work(name)
                works[name] = .some(work)
                return work
            } ?? .failure(.invalidEvent)
        }
        let good = events.compactMap { try? $0.get() }
        var outcomes: ArraySlice<FeedbackOutcome> = []
        if !good.isEmpty {
            try limiter.admit(good.count)
            outcomes = try readers.append(good, by: reader.value)[...]
        }
        return events.map { event in
            switch event {
            case .success: outcomes.popFirst() ?? .known
            case .failure(let flaw): .rejected(flaw)
            }
        }
    }

    /// The work with this id or ISBN; nil where there is none.
    private func work(_ name: String) throws -> WorkID? {
        do {
            return try recommender.book(name).id
        } catch RequestError.unknownBook {
            return nil
        }
    }

    /// - Returns: nil for a reader who takes back what they said.
    private static func kind(_ text: String?) throws(Problem) -> FeedbackEvent.Kind? {
        if text == "" { return nil }
        let said = FeedbackEvent.Kind.allCases.filter(\.isSaid)
        guard let kind = text.flatMap(FeedbackEvent.Kind.init(rawValue:)), kind.isSaid else {
            throw Problem(
                .unknownChoice, "kind must be \(said.map(\.rawValue).joined(separator: ", ")), or empty.", path: "kind")
        }
        return kind
    }

    private static func stars(_ text: String?) throws(Problem) -> Double {
        guard let stars = text.flatMap(Double.init), FeedbackEvent.stars.contains(stars) else {
            throw Problem(.valueOutOfRange, FeedbackFlaw.valueOutOfRange.description, path: "value")
        }
        return stars
    }
}

/// An address on this site, which a form may send a reader to.
struct LocalAddress: Equatable {
    let text: String

    private static let longest = 2_048

    /// - Returns: nil for everything that a browser might take for an address on another site, or that is none.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        // Browsers read `\` as `/` and pass over control characters: both could make it `//host`.
        guard bytes.first == UInt8(ascii: "/"), bytes.dropFirst().first != UInt8(ascii: "/"),
            bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }), bytes.count <= Self.longest
        else { return nil }
        self.text = text
    }
}

extension Int64 {
    /// The time in milliseconds since 1970.
    static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }
}
