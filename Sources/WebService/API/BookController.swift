import HTTPTypes
import Hummingbird
import Recommender

/// `/api/v1/books`.
struct BookController {
    let recommender: any BookRecommending

    /// The JSON answer to "more like this".
    struct Answer: JSONWritable {
        let book: Book
        let hits: [BookHit]
        let processingTimeMs: Double
        let requestId: RequestID

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("book", book)
                json.member("hits", hits)
                json.member("processingTimeMs", processingTimeMs)
                json.member("requestId", requestId.value)
            }
        }
    }

    func addRoutes(to router: Router<ServiceContext>) {
        router.get("api/v1/books/{id}", use: book)
        router.get("api/v1/books/{id}/similar", use: similar)
    }

    @Sendable
    private func book(_ request: Request, context: ServiceContext) async throws -> Response {
        let id = try context.pathParameter("id")
        let (book, _) = try await asking { [recommender] in try recommender.book(id) }
        return JSONBody.response(book.withServedCover)
    }

    @Sendable
    private func similar(_ request: Request, context: ServiceContext) async throws -> Response {
        let id = try context.pathParameter("id")
        let parameters = RequestParameters(request)
        let question = SimilarRequest(
            book: id, limit: try parameters.limit(), preferences: try parameters.preferences(),
            otherAuthors: try parameters.flag("otherAuthors"), otherSeries: try parameters.flag("otherSeries"),
            alpha: try parameters.share("alpha") ?? SimilarRequest.standardAlpha)
        let (answer, time) = try await asking { [recommender] in try recommender.similar(to: question) }
        return JSONBody.response(
            Answer(
                book: answer.book.withServedCover, hits: answer.hits.map(\.withServedCover),
                processingTimeMs: time.milliseconds, requestId: context.requestID))
    }
}
