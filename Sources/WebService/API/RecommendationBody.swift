import Foundation
import Recommender

/// The body of `POST /api/v1/recommendations`.
struct RecommendationBody: Sendable, Decodable {
    var readerId: String?
    var request = RecommendationRequest()

    static let longest = 256 * 1_024

    private enum Key: String, CaseIterable, CodingKey {
        case readerId, positive, negative, ratings, read, exclude, query, filters, count, diversity, adventurousness
        case mostOfOneAuthor, explain
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        for key in try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue).sorted()
        where Key(rawValue: key) == nil {
            throw Problem(
                .invalidBody,
                "No field has the name “\(key.prefix(60))”; there are "
                    + "\(Key.allCases.map(\.rawValue).joined(separator: ", ")).", path: String(key.prefix(60)))
        }
        let fields = try decoder.container(keyedBy: Key.self)
        func value<Value: Decodable>(_ key: Key, _ form: String, _ type: Value.Type = Value.self) throws -> Value? {
            do { return try fields.decodeIfPresent(Value.self, forKey: key) } catch let problem as Problem {
                throw problem
            } catch {
                throw Problem(.invalidBody, "\(key.rawValue) must be \(form).", path: key.rawValue)
            }
        }
        let books = "a list of ids or ISBNs"
        readerId = try value(.readerId, "a reader's name, or me")
        request.positive = try value(.positive, books) ?? []
        request.negative = try value(.negative, books) ?? []
        request.ratings = try value(.ratings, "an object of stars by id or ISBN, as {\"9780141439518\": 4.5}") ?? [:]
        request.read = try value(.read, books) ?? []
        request.exclude = try value(.exclude, books) ?? []
        request.query = try value(.query, "a text") ?? ""
        if let filters = try value(
            .filters, "an object of moods and filters, as {\"genre\": [\"fantasy\"], \"maxPages\": 300}",
            [String: RequestBody.Value].self)
        {
            let known = Set(Preferences.Parameter.allCases.map(\.rawValue))
            for name in filters.keys.sorted() where !known.contains(name) {
                throw Problem(
                    .invalidBody, "No filter has the name “\(name.prefix(60))”.",
                    path: "filters.\(name.prefix(60))")
            }
            request.preferences = try understood { try Preferences(parsing: { filters[$0]?.texts ?? [] }) }
        }
        if let count = try value(.count, "a whole number", Int.self) { request.count = count }
        if let diversity = try value(.diversity, "a number from 0 to 1", Double.self) { request.diversity = diversity }
        if let dial = try value(.adventurousness, "a number from 0 to 1", Double.self) {
            request.adventurousness = dial
        }
        if let most = try value(.mostOfOneAuthor, "a whole number", Int.self) { request.mostOfOneAuthor = most }
        request.explain = try value(.explain, "true or false") ?? false
    }

    /// - Throws: `Problem` for what is no such body.
    static func decode<Body: Decodable>(_ type: Body.Type, from data: Data) throws -> Body {
        do { return try JSONDecoder().decode(type, from: data) } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(.invalidBody, "The body must be one JSON object, as {\"positive\": [\"9780141439518\"]}.")
        }
    }
}

/// The body of `POST /api/v1/recommendations:batch`.
struct RecommendationBatch: Sendable, Decodable {
    var requests: [RecommendationBody]

    static let most = 50
}
