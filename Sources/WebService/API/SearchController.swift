import HTTPTypes
import Hummingbird
import Recommender

/// `/api/v1/search`.
struct SearchController {
    let recommender: any BookRecommending

    /// The JSON answer to a search.
    struct Answer: JSONWritable {
        let query: String
        let answer: SearchAnswer
        let processingTimeMs: Double
        let requestId: RequestID

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("estimatedTotalHits", answer.estimatedTotalHits)
                if let facets = answer.facets { json.member("facets", facets) }
                json.member("hits", answer.hits.map(\.withServedCover))
                json.member("noResult", answer.nothing)
                json.member("processingTimeMs", processingTimeMs)
                json.member("query", query)
                json.member("requestId", requestId.value)
                json.member("understood", answer.understood)
            }
        }
    }

    /// The JSON answer to what has been typed so far.
    struct Suggestions: JSONWritable {
        let query: String
        let suggestions: [Suggestion]
        let processingTimeMs: Double
        let requestId: RequestID

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("processingTimeMs", processingTimeMs)
                json.member("query", query)
                json.member("requestId", requestId.value)
                json.member("suggestions", suggestions)
            }
        }
    }

    func addRoutes(to router: Router<ServiceContext>) {
        router.get("api/v1/search", use: search)
        router.post("api/v1/search", use: searchWithBody)
        router.get("api/v1/suggest", use: suggest)
    }

    @Sendable
    private func search(_ request: Request, context: ServiceContext) async throws -> Response {
        try await answer(try RequestParameters(request).searchRequest(), context)
    }

    /// The same question, its parameters as a JSON object.
    @Sendable
    private func searchWithBody(_ request: Request, context: ServiceContext) async throws -> Response {
        let body = try await RequestBody(of: request, knowing: Self.fields)
        return try await answer(try understood { try SearchRequest(parsing: body.texts) }, context)
    }

    private static let fields = Set(
        SearchRequest.Parameter.allCases.map(\.rawValue) + Preferences.Parameter.allCases.map(\.rawValue))

    private func answer(_ question: SearchRequest, _ context: ServiceContext) async throws -> Response {
        let (answer, time) = try await asking { [recommender] in try recommender.search(question) }
        return JSONBody.response(
            Answer(
                query: question.query, answer: answer, processingTimeMs: time.milliseconds,
                requestId: context.requestID))
    }

    @Sendable
    private func suggest(_ request: Request, context: ServiceContext) async throws -> Response {
        let parameters = RequestParameters(request)
        let (text, limit) = (try parameters.text("q") ?? "", try parameters.limit(default: 8))
        let (suggestions, time) = try await asking { [recommender] in
            try recommender.suggestions(for: text, limit: limit)
        }
        return JSONBody.response(
            Suggestions(
                query: text, suggestions: suggestions, processingTimeMs: time.milliseconds,
                requestId: context.requestID))
    }
}
