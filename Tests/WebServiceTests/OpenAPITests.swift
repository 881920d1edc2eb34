import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Recommender
import Testing

@testable import WebService

struct OpenAPITests {
    private static func document() throws -> [String: Any] {
        let data = Data(PackageResources.openapi_json)
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private static func at(_ keys: String..., in document: [String: Any]) throws -> [String: Any] {
        try keys.reduce(document) { try #require($0[$1] as? [String: Any], "\($1)") }
    }

    @Test func everyRouteIsDescribedAndEveryDescriptionIsRouted() throws {
        let router = try buildRouter(
            recommender: ShelfRecommender(), opinions: MemoryOpinions(), configuration: TestService.configuration,
            pages: PageRenderer(serviceName: "Bookrec"))
        let routed = Set(router.routes.map { "\($0.method.rawValue) \($0.path)" })
        let paths = try Self.at("paths", in: Self.document())
        let described = try Set(
            paths.flatMap { path, operations in
                try #require(operations as? [String: Any]).keys.map { "\($0.uppercased()) \(path)" }
            })
        #expect(routed == described)
        #expect(described.count == 20)
    }

    @Test func theCodesAreThoseOfTheProgram() throws {
        let code = try Self.at("components", "schemas", "Problem", "properties", "code", in: Self.document())
        #expect(code["enum"] as? [String] == Problem.Code.allCases.map(\.rawValue))
        let kind = try Self.at("components", "schemas", "Reason", "properties", "kind", in: Self.document())
        #expect(kind["enum"] as? [String] == Reason.Kind.allCases.map(\.rawValue))
    }

    @Test func theLimitsAreThoseOfTheProgram() throws {
        let parameters = try Self.at("components", "parameters", in: Self.document())
        let limit = try Self.at("Limit", "schema", in: parameters)
        #expect(limit["minimum"] as? Int == SearchRequest.limits.lowerBound)
        #expect(limit["maximum"] as? Int == SearchRequest.limits.upperBound)
        #expect(limit["default"] as? Int == 10)
        #expect(try Self.at("Query", "schema", in: parameters)["maxLength"] as? Int == SearchRequest.longestQuery)
    }

    @Test(arguments: [
        ("/api/v1/search?q=salt", "SearchAnswer"), ("/api/v1/books/w-bare", "Book"),
        ("/api/v1/books/w-bare/similar", "SimilarAnswer"), ("/version", "Version"), ("/health/live", "Health"),
        ("/health/ready", "Health"), ("/api/v1/search?q=", "Problem"), ("/api/v1/search?genre=x", "Problem"),
        ("/api/v1/books/w-bare/labels", "LabelOpinions"), ("/api/v1/books/nobody", "Problem"),
    ])
    func answersHaveTheDescribedShape(uri: String, schema: String) async throws {
        let answer = try await TestService.send(uri).object
        try Self.check(answer, against: ["$ref": "#/components/schemas/\(schema)"], in: Self.document(), at: schema)
    }

    @Test func theDocumentationShowsEverything() async throws {
        let html = try await TestService.send("/docs").text
        for path in try Self.at("paths", in: Self.document()).keys {
            #expect(html.contains("<code>\(path)</code>"), "\(path)")
        }
        for code in Problem.Code.allCases {
            #expect(html.contains("id=\"problem-\(code.rawValue)\""))
        }
        for (name, schema) in try Self.at("components", "schemas", in: Self.document()) {
            #expect(html.contains("<h3 id=\"schema-\(name)\"><code>\(name)</code></h3>"))
            let properties = try Self.at("properties", in: #require(schema as? [String: Any]))
            #expect(properties.keys.allSatisfy { html.contains("<code>\($0)</code>") }, "\(name)")
        }
        #expect(html.contains("&quot;estimatedTotalHits&quot; : 9866"))
        #expect(html.contains("integer, 1 to 100, else 10, optional, in the query"))
    }

    /// As much of JSON Schema as the document uses: types, keys and references.
    private static func check(
        _ value: Any, against schema: [String: Any], in document: [String: Any], at place: String
    ) throws {
        if let reference = schema["$ref"] as? String {
            let keys = reference.split(separator: "/").dropFirst().map(String.init)
            let target = try keys.reduce(document) { try #require($0[$1] as? [String: Any], "\(reference)") }
            return try check(value, against: target, in: document, at: place)
        }
        let types = try #require(schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] }, "\(place)")
        #expect(types.contains { has(value, type: $0) }, "\(place): \(value) is none of \(types)")
        if let object = value as? [String: Any] {
            let properties = try #require(schema["properties"] as? [String: Any])
            #expect(Set(object.keys).isSubset(of: Set(properties.keys)), "\(place)")
            #expect(Set(try #require(schema["required"] as? [String])).isSubset(of: Set(object.keys)), "\(place)")
            for (key, value) in object {
                let property = try #require(properties[key] as? [String: Any])
                try check(value, against: property, in: document, at: "\(place).\(key)")
            }
        }
        if let elements = value as? [Any] {
            let items = try #require(schema["items"] as? [String: Any])
            for element in elements { try check(element, against: items, in: document, at: "\(place)[]") }
        }
    }

    private static func has(_ value: Any, type: String) -> Bool {
        switch type {
        case "string": value is String
        case "integer": value is Int
        case "number": value is Double
        case "boolean": value is Bool
        case "array": value is [Any]
        case "object": value is [String: Any]
        case "null": value is NSNull
        default: false
        }
    }
}
