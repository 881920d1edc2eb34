import Foundation

/// The parts of the OpenAPI document that the documentation page shows.
struct APIDescription: Decodable {
    let info: Info
    let tags: [Tag]
    let paths: [String: [String: Operation]]
    let components: Components

    struct Info: Decodable {
        let title: String
        let version: String
        let description: String
    }

    struct Tag: Decodable {
        let name: String
        let description: String
    }

    struct Components: Decodable {
        let schemas: [String: Schema]
        let parameters: [String: Parameter]
        let responses: [String: Answer]
    }

    struct Operation: Decodable {
        let operationId: String
        let summary: String
        let description: String?
        let tags: [String]
        let parameters: [Parameter]?
        let requestBody: Body?
        let responses: [String: Answer]
    }

    struct Body: Decodable {
        let description: String?
        let content: [String: Content]
    }

    /// A parameter, or a reference to one.
    struct Parameter: Decodable {
        let reference: String?
        let name: String?
        let location: String?
        let description: String?
        let required: Bool?
        let schema: Schema?

        enum CodingKeys: String, CodingKey {
            case reference = "$ref"
            case location = "in"
            case name, description, required, schema
        }
    }

    /// A response, or a reference to one.
    struct Answer: Decodable {
        let reference: String?
        let description: String?
        let content: [String: Content]?

        enum CodingKeys: String, CodingKey {
            case reference = "$ref"
            case description, content
        }
    }

    struct Content: Decodable {
        let schema: Schema?
        let example: JSONText?
    }

    /// A schema; a class, because schemas contain schemas.
    final class Schema: Decodable {
        let reference: String?
        let type: OneOrMore?
        let description: String?
        let properties: [String: Schema]?
        let required: [String]?
        let items: Schema?
        let values: [String]?
        let minimum: Double?
        let maximum: Double?
        let standard: JSONText?

        enum CodingKeys: String, CodingKey {
            case reference = "$ref"
            case values = "enum"
            case standard = "default"
            case type, description, properties, required, items, minimum, maximum
        }
    }

    /// `"string"`, or `["string", "null"]`.
    enum OneOrMore: Decodable {
        case names([String])

        var names: [String] {
            switch self {
            case .names(let names): names
            }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let name = try? container.decode(String.self) {
                self = .names([name])
            } else {
                self = .names(try container.decode([String].self))
            }
        }
    }
}
