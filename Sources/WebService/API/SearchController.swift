import HTTPTypes
import Hummingbird
import Recommender

/// `/api/v1/search`.
struct SearchController {
    let recommender: any BookRecommending

    /// The JSON answer to a search.
    struct Answer: JSONWritable {
        let query: String
        let hits: [BookHit]
        let estimatedTotalHits: Int
        let processingTimeMs: Double
        let requestId: RequestID

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("estimatedTotalHits", estimatedTotalHits)
                json.member("hits", hits)
                json.member("processingTimeMs", processingTimeMs)
                json.member("query", query)
                json.member("requestId", requestId.value)
            }
        }
    }

    func addRoutes(to router: Router<ServiceContext>) {
        router.get("api/v1/search", use: search)
    }

    @Sendable
    private func search(_ request: Request, context: ServiceContext) async throws -> Response {
        let parameters = RequestParameters(request)
        let preferences = try parameters.preferences()
        let question = SearchRequest(
            query: try parameters.query(beside: preferences), limit: try parameters.limit(),
            offset: try parameters.offset(), preferences: preferences)
        let (answer, time) = try await asking { [recommender] in try recommender.search(question) }
        return JSONBody.response(
            Answer(
                query: question.query, hits: answer.hits.map(\.withServedCover),
                estimatedTotalHits: answer.estimatedTotalHits, processingTimeMs: time.milliseconds,
                requestId: context.requestID))
    }
}
