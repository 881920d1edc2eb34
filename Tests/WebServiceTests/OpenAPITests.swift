import Catalog
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
            recommender: ShelfRecommender(), opinions: MemoryOpinions(), readers: MemoryReaders(),
            configuration: TestService.configuration, pages: PageRenderer(serviceName: "Bookrec"))
        let routed = Set(router.routes.map { "\($0.method.rawValue) \($0.path)" })
        let paths = try Self.at("paths", in: Self.document())
        let described = try Set(
            paths.flatMap { path, operations in
                try #require(operations as? [String: Any]).keys.map { "\($0.uppercased()) \(path)" }
            })
        #expect(routed == described)
        #expect(described.count == 32)
    }

    @Test func theCodesAreThoseOfTheProgram() throws {
        let code = try Self.at("components", "schemas", "Problem", "properties", "code", in: Self.document())
        #expect(code["enum"] as? [String] == Problem.Code.allCases.map(\.rawValue))
        func codes(_ schema: String, _ property: String) throws -> [String]? {
            try Self.at("components", "schemas", schema, "properties", property, in: Self.document())["enum"]
                as? [String]
        }
        #expect(try codes("Reason", "kind") == Reason.Kind.allCases.map(\.rawValue))
        #expect(try codes("LegExplanation", "leg") == Leg.allCases.map(\.name))
        for schema in ["FeatureExplanation", "FeatureWeight"] {
            #expect(try codes(schema, "feature") == TasteFeature.allCases.map(\.name))
        }
        #expect(try codes("Facet", "name") == Facet.Name.allCases.map(\.rawValue))
        #expect(try codes("Suggestion", "kind") == Suggestion.Kind.allCases.map(\.rawValue))
        for schema in ["FeedbackEvent", "KeptEvent"] {
            #expect(try codes(schema, "type") == FeedbackEvent.Kind.allCases.map(\.rawValue))
        }
        #expect(try codes("FeedbackRejection", "code") == FeedbackFlaw.allCases.map(\.rawValue))
        let sort = try Self.at("components", "parameters", "Sort", "schema", in: Self.document())
        #expect(sort["enum"] as? [String] == SearchRequest.Sort.allCases.map(\.rawValue))
    }

    @Test func theParametersAreThoseOfTheProgram() throws {
        let document = try Self.document()
        let preferences = Preferences.Parameter.allCases.map(\.rawValue)
        let all = SearchRequest.Parameter.allCases.map(\.rawValue) + preferences
        let search = try Self.at("paths", "/api/v1/search", "get", in: document)
        let similar = try Self.at("paths", "/api/v1/books/{id}/similar", "get", in: document)
        #expect(try Self.names(ofParametersOf: search, in: document) == all)
        #expect(
            try Self.names(ofParametersOf: similar, in: document)
                == ["id", "limit", "otherAuthors", "otherSeries", "alpha"] + preferences)
        let fields = try Self.at("components", "schemas", "SearchQuestion", "properties", in: document)
        #expect(Set(fields.keys) == Set(all))
        // Whatever can be chosen is named.
        for parameter in try Self.at("components", "parameters", in: document).values {
            let parameter = try #require(parameter as? [String: Any])
            let text = "\(parameter["description"] ?? "") \(parameter["schema"] ?? "")"
            let known = (parameter["name"] as? String).flatMap(Preferences.Parameter.init(rawValue:))
            // What can be felt is what moods there are.
            for choice in known.map({ $0 == .feels ? [] : $0.choices }) ?? [] {
                #expect(text.contains(choice), "\(choice)")
            }
        }
    }

    /// The names of an operation's parameters, in their order.
    private static func names(
        ofParametersOf operation: [String: Any], in document: [String: Any]
    ) throws -> [String] {
        let parameters = try #require(operation["parameters"] as? [[String: String]])
        return try parameters.map { parameter in
            let name = try #require(parameter["$ref"]?.split(separator: "/").last)
            return try #require(at("components", "parameters", String(name), in: document)["name"] as? String)
        }
    }

    @Test func theLimitsAreThoseOfTheProgram() throws {
        let parameters = try Self.at("components", "parameters", in: Self.document())
        let limit = try Self.at("Limit", "schema", in: parameters)
        #expect(limit["minimum"] as? Int == SearchRequest.limits.lowerBound)
        #expect(limit["maximum"] as? Int == SearchRequest.limits.upperBound)
        #expect(limit["default"] as? Int == 10)
        #expect(try Self.at("Query", "schema", in: parameters)["maxLength"] as? Int == SearchRequest.longestQuery)
        #expect(try Self.at("Like", "schema", in: parameters)["maxItems"] as? Int == SearchRequest.mostValues)
        #expect(try Self.at("Author", "schema", in: parameters)["maxItems"] as? Int == SearchRequest.mostValues)
        #expect(try Self.at("Exclude", "schema", in: parameters)["maxItems"] as? Int == BookFilter.mostExcluded)
        let ratio = try Self.at("SemanticRatio", "schema", in: parameters)
        #expect(ratio["default"] as? Double == SearchRequest.standardSemanticRatio)
        let strength = try Self.at("Strength", "schema", in: parameters)
        #expect(strength["default"] as? Double == Preferences.standardStrength)
        for (names, range) in [
            (["MinYear", "MaxYear"], BookFilter.years), (["MinPages", "MaxPages"], BookFilter.pages),
        ] {
            for name in names {
                let bound = try Self.at(name, "schema", in: parameters)
                #expect(bound["minimum"] as? Int == range.lowerBound, "\(name)")
                #expect(bound["maximum"] as? Int == range.upperBound, "\(name)")
            }
        }
        for (path, longest) in [
            ("/api/v1/search", WebService.RequestBody.longest), ("/api/v1/feedback", FeedbackBody.longest),
        ] {
            let post = try Self.at("paths", path, "post", "requestBody", in: Self.document())
            #expect(longest == 65_536)
            #expect(post["description"] as? String == "At most 65,536 bytes.")
        }
        let question = try Self.at("components", "schemas", "RecommendationQuestion", "properties", in: Self.document())
        for (name, standard) in [
            ("diversity", RecommendationRequest.standardDiversity),
            ("adventurousness", RecommendationRequest.standardAdventurousness),
        ] {
            #expect(try Self.at(name, in: question)["default"] as? Double == standard)
        }
        let batch = try Self.at("components", "schemas", "RecommendationQuestions", "properties", in: Self.document())
        #expect(try Self.at("requests", in: batch)["maxItems"] as? Int == RecommendationBatch.most)
        let events = try Self.at("components", "schemas", "FeedbackEvents", "properties", "events", in: Self.document())
        #expect(events["maxItems"] as? Int == FeedbackBody.mostEvents)
        let send = try #require(
            Self.at("paths", "/api/v1/feedback", "post", in: Self.document())["description"] as? String)
        #expect(FeedbackController.eventsPerMinute == 3_000 && send.contains("3,000 events a minute"))
    }

    @Test(arguments: [
        ("/api/v1/search?q=salt", "SearchAnswer"), ("/api/v1/search?q=slat&explain=true&mood=sad", "SearchAnswer"),
        ("/api/v1/search?q=nothing+at+all&genre=fantasy&explain=true", "SearchAnswer"),
        ("/api/v1/search?q=9780306406157", "SearchAnswer"), ("/api/v1/search?sort=newest&facets=no", "SearchAnswer"),
        ("/api/v1/suggest?q=the", "SuggestAnswer"), ("/api/v1/suggest?q=lantern", "SuggestAnswer"),
        ("/api/v1/search?q=a&like=nobody", "Problem"), ("/api/v1/books/w-bare", "Book"),
        ("/api/v1/books/w-bare/similar", "SimilarAnswer"), ("/version", "Version"), ("/health/live", "Health"),
        ("/health/ready", "Health"), ("/api/v1/search?q=", "Problem"), ("/api/v1/search?genre=x", "Problem"),
        ("/api/v1/books/w-bare/labels", "LabelOpinions"), ("/api/v1/books/nobody", "Problem"),
        ("/api/v1/readers/0123456789abcdef", "ReaderState"), ("/api/v1/readers/me", "Problem"),
        ("/api/v1/readers/0123456789abcdef/recommendations?explain=true&count=3", "RecommendationAnswer"),
        ("/api/v1/readers/0123456789abcdef/recommendations?count=0", "Problem"),
    ])
    func answersHaveTheDescribedShape(uri: String, schema: String) async throws {
        let answer = try await TestService.send(uri).object
        try Self.check(answer, against: ["$ref": "#/components/schemas/\(schema)"], in: Self.document(), at: schema)
    }

    @Test func answersToReadersHaveTheDescribedShape() async throws {
        let readers = MemoryReaders()
        let reader: HTTPFields = [ReaderCookie.field: "0123456789abcdef"]
        let body = """
            {"events": [{"id": "1", "type": "rating", "book": "w-bare", "value": 4, "requestId": "r"},
            {"id": "2", "type": "like", "book": "w-salt-road"}, {"id": "3", "type": "like", "book": "nobody"}]}
            """
        for (uri, method, schema) in [
            ("/api/v1/feedback", .post, "FeedbackAnswer"), ("/api/v1/feedback/2", .delete, "UndoAnswer"),
            ("/api/v1/readers/me", .get, "ReaderState"), ("/api/v1/readers/me/history?limit=1", .get, "ReaderHistory"),
            ("/api/v1/readers/me/export", .get, "ReaderRecord"), ("/api/v1/readers/me", .delete, "ReaderErasure"),
        ] as [(String, HTTPRequest.Method, String)] {
            let answer = try await TestService.send(
                uri, method: method, headers: reader, body: method == .post ? body : nil, readers: readers
            ).object
            try Self.check(answer, against: ["$ref": "#/components/schemas/\(schema)"], in: Self.document(), at: schema)
        }
    }

    @Test func examplesHaveTheDescribedShape() throws {
        let document = try Self.document()
        var checked = 0
        func check(_ value: Any, at place: String) throws {
            if let object = value as? [String: Any] {
                if let example = object["example"], let schema = object["schema"] as? [String: Any] {
                    try Self.check(example, against: schema, in: document, at: place)
                    checked += 1
                }
                for (key, member) in object where key != "example" { try check(member, at: "\(place).\(key)") }
            }
            for element in value as? [Any] ?? [] { try check(element, at: place) }
        }
        try check(document, at: "")
        #expect(checked > 20)
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
        #expect(html.contains("list of string, optional, in the query"))
        #expect(html.contains("<code>body</code></th><td>SearchQuestion as application/json, required</td>"))
        #expect(html.contains("<td>string or list of string, optional</td>"))
        #expect(html.contains("object of holds as application/json, required"))
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
        if let values = schema["enum"] as? [String], let text = value as? String {
            #expect(values.contains(text), "\(place): \(text)")
        }
        if let object = value as? [String: Any] {
            // Of an object whose members may have any name, all are of one kind.
            let others = schema["additionalProperties"] as? [String: Any]
            let properties = try #require(
                schema["properties"] as? [String: Any] ?? (others == nil ? nil : [:]), "\(place)")
            if others == nil { #expect(Set(object.keys).isSubset(of: Set(properties.keys)), "\(place)") }
            #expect(Set(schema["required"] as? [String] ?? []).isSubset(of: Set(object.keys)), "\(place)")
            for (key, value) in object {
                let property = try #require(properties[key] as? [String: Any] ?? others)
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
