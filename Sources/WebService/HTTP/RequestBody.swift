import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Recommender

/// The parameters of one request, read from a JSON object in its body: the same names as in an address, each with a text, a
/// number, a truth value, or a list of these; null counts as not there.
struct RequestBody {
    private let values: [String: [String]]

    static let longest = 64 * 1_024

    /// - Throws: `Problem` when the body is too large, no JSON object, or has a field that is none of `known`.
    init(of request: Request, knowing known: Set<String>) async throws {
        let data = try await request.bodyData(upTo: Self.longest)
        let object: [String: Value]
        do {
            object = try JSONDecoder().decode([String: Value].self, from: data)
        } catch let error as DecodingError {
            // The first key is a field's name; what is wrong may lie deeper, in a list.
            guard let field = error.path.first else { throw Self.noObject }
            let name = String(field.stringValue.prefix(60))
            throw Problem(
                .invalidBody, "\(name) must be a text, a number, true, false, or a list of these.", path: name)
        } catch {
            throw Self.noObject
        }
        for name in object.keys.sorted() where !known.contains(name) {
            throw Problem(
                .invalidBody,
                "No field has the name “\(name.prefix(60))”; there are \(known.sorted().joined(separator: ", ")).",
                path: String(name.prefix(60)))
        }
        values = object.mapValues(\.texts)
    }

    private static let noObject = Problem(
        .invalidBody, "The body must be one JSON object, as {\"q\": \"a quiet novel\", \"limit\": 5}.")

    func texts(_ name: String) -> [String] { values[name] ?? [] }

    /// A value of a field, as the texts that an address would have.
    struct Value: Decodable {
        let texts: [String]

        init(from decoder: any Decoder) throws {
            if var list = try? decoder.unkeyedContainer() {
                var all: [String] = []
                while !list.isAtEnd { all.append(try list.decode(Single.self).text) }
                texts = all
            } else if try decoder.singleValueContainer().decodeNil() {
                texts = []
            } else {
                texts = [try Single(from: decoder).text]
            }
        }
    }

    private struct Single: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self.text = text
            } else if let truth = try? container.decode(Bool.self) {
                text = truth ? "true" : "false"
            } else if let whole = try? container.decode(Int.self) {
                text = String(whole)
            } else {
                text = "\(try container.decode(Double.self))"
            }
        }
    }
}

extension DecodingError {
    /// Where in the document it happened; empty where that is not known.
    fileprivate var path: [any CodingKey] {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            context.codingPath
        @unknown default: []
        }
    }
}

extension Request {
    /// A cookie that is sent with this site's own forms only keeps out what others send in a reader's name; this keeps out
    /// what they would send in nobody's.
    /// - Throws: `Problem` when a browser says that a page of another site has sent this.
    func refuseOtherSites() throws(Problem) {
        if let site = headers[HTTPField.Name("Sec-Fetch-Site")!], site == "cross-site" {
            throw Problem(.invalidBody, "This was sent from a page of another site.")
        }
    }

    /// All bytes of the body.
    /// - Throws: `Problem` when there are more than `longest`.
    func bodyData(upTo longest: Int) async throws -> Data {
        do {
            return Data(try await body.collect(upTo: longest).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Problem(.bodyTooLarge, "The body has more than \(longest) bytes.")
        }
    }
}
