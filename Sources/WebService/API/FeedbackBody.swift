import Catalog
import Foundation

/// What readers send to `/api/v1/feedback`: one event, or a list of them in `events`.
///
/// A body that is not of this shape is refused whole; an event that is not as it must be is refused alone.
struct FeedbackBody: Decodable {
    /// An event as it was sent.
    struct Row: Decodable {
        var id: String?
        var type: String?
        var book: String?
        var value: Double?
        var at: String?
        var requestID: String?

        fileprivate static let names: Set<String> = ["id", "type", "book", "value", "at", "requestId"]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Name.self)
            guard container.allKeys.allSatisfy({ Self.names.contains($0.stringValue) }) else {
                throw FeedbackFlaw.invalidEvent
            }
            func text(_ name: String) throws -> String? {
                try container.decodeIfPresent(String.self, forKey: Name(stringValue: name))
            }
            id = try text("id")
            type = try text("type")
            book = try text("book")
            value = try container.decodeIfPresent(Double.self, forKey: Name(stringValue: "value"))
            at = try text("at")
            requestID = try text("requestId")
        }

        /// - Parameters:
        ///   - now: in milliseconds since 1970.
        ///   - work: finds the work that a book's id or ISBN names.
        func event(now: Int64, work: (String) throws -> WorkID?) throws -> Result<FeedbackEvent, FeedbackFlaw> {
            guard let id else { return .failure(.invalidID) }
            guard let kind = type.flatMap(FeedbackEvent.Kind.init(rawValue:)) else { return .failure(.unknownType) }
            guard let work = try book.flatMap(work) else { return .failure(.unknownBook) }
            guard let at = at.map(FeedbackEvent.time) ?? now else { return .failure(.invalidTime) }
            let event = FeedbackEvent(id: id, work: work, kind: kind, value: value, at: at, requestID: requestID)
            return event.flaw(at: now).map { .failure($0) } ?? .success(event)
        }
    }

    /// Nil for what is no event.
    let rows: [Row?]

    static let longest = 64 * 1_024
    static let mostEvents = 100

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        let list = Name(stringValue: "events")
        guard container.contains(list) else {
            rows = [try? Row(from: decoder)]
            return
        }
        guard container.allKeys.count == 1 else {
            throw DecodingError.dataCorruptedError(
                forKey: list, in: container, debugDescription: "there is something beside the list")
        }
        rows = try container.decode([Element].self, forKey: list).map(\.row)
    }

    /// - Throws: `Problem` when it is too long, or not of this shape.
    init(_ data: Data) throws(Problem) {
        guard let body = try? JSONDecoder().decode(Self.self, from: data) else {
            throw Problem(
                .invalidBody,
                "The body must be {\"events\": [...]} or one event, as "
                    + "{\"id\": \"a1\", \"type\": \"rating\", \"book\": \"9780441013593\", \"value\": 4.5}.")
        }
        guard body.rows.count <= Self.mostEvents else {
            throw Problem(
                .valueOutOfRange,
                "There are \(body.rows.count) events; at most \(Self.mostEvents) are taken at a time.",
                path: "events")
        }
        self = body
    }

    /// What stands in the list, be it an event or not.
    private struct Element: Decodable {
        let row: Row?

        init(from decoder: any Decoder) { row = try? Row(from: decoder) }
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
