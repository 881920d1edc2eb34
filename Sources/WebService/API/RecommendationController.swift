import Catalog
import HTTPTypes
import Hummingbird
import Recommender

/// What to read next: `/api/v1/recommendations` for anyone, `/api/v1/readers/{id}/recommendations` for those who are remembered.
struct RecommendationController {
    let recommender: any BookRecommending
    /// Nil where nobody is remembered.
    let readers: (any ReaderMemory)?
    let cookie: ReaderCookie

    func addRoutes(to router: Router<ServiceContext>) {
        router.post("api/v1/recommendations", use: post)
        router.post("api/v1/recommendations:batch", use: batch)
        if readers != nil { router.get("api/v1/readers/{id}/recommendations", use: get) }
    }

    struct Answer: JSONWritable {
        let answer: RecommendationAnswer
        let processingTimeMs: Double
        let requestId: RequestID

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("basis", answer.basis)
                json.member("hits", answer.hits.map(\.withServedCover))
                json.member("noResult", answer.nothing)
                json.member("processingTimeMs", processingTimeMs)
                json.member("requestId", requestId.value)
            }
        }
    }

    private struct BatchAnswer: JSONWritable {
        let answers: [RecommendationAnswer]
        let processingTimeMs: Double
        let requestId: RequestID

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member(
                    "answers",
                    answers.map { Answer(answer: $0, processingTimeMs: processingTimeMs, requestId: requestId) })
                json.member("processingTimeMs", processingTimeMs)
                json.member("requestId", requestId.value)
            }
        }
    }

    @Sendable
    private func post(_ request: Request, context: ServiceContext) async throws -> Response {
        let data = try await request.bodyData(upTo: RecommendationBody.longest)
        let body = try RecommendationBody.decode(RecommendationBody.self, from: data)
        let reader = try reader(body.readerId, of: request)
        return try await answer(body.request, reader, context)
    }

    @Sendable
    private func batch(_ request: Request, context: ServiceContext) async throws -> Response {
        let data = try await request.bodyData(upTo: RecommendationBody.longest)
        let batch = try RecommendationBody.decode(RecommendationBatch.self, from: data)
        guard batch.requests.count <= RecommendationBatch.most else {
            throw Problem(
                .invalidBody,
                "requests has \(batch.requests.count) entries; at most \(RecommendationBatch.most) are taken.",
                path: "requests")
        }
        let readers = try batch.requests.map { try reader($0.readerId, of: request) }
        let (answers, time) = try await asking { [self] in
            try zip(batch.requests, readers).map { try recommendations($0.request, $1) }
        }
        return JSONBody.response(
            BatchAnswer(answers: answers, processingTimeMs: time.milliseconds, requestId: context.requestID))
    }

    @Sendable
    private func get(_ request: Request, context: ServiceContext) async throws -> Response {
        let reader = try reader(context.pathParameter("id"), of: request)
        return try await answer(RequestParameters(request).recommendationRequest(), reader, context)
    }

    private func answer(
        _ question: RecommendationRequest, _ reader: ReaderID?, _ context: ServiceContext
    ) async throws -> Response {
        let (answer, time) = try await asking { [self] in try recommendations(question, reader) }
        return JSONBody.response(
            Answer(answer: answer, processingTimeMs: time.milliseconds, requestId: context.requestID))
    }

    private func recommendations(_ question: RecommendationRequest, _ reader: ReaderID?) throws -> RecommendationAnswer
    {
        var question = question
        if let reader, let readers { question.reader = try readers.taste(of: reader.value) }
        return try recommender.recommendations(for: question)
    }

    /// Whoever a request names, `me` being who asks; nil for nobody.
    private func reader(_ name: String?, of request: Request) throws(Problem) -> ReaderID? {
        guard let name else { return nil }
        let own = try cookie.reader(of: request)
        if name == "me" { return own }
        guard let reader = ReaderID(name) else {
            throw Problem(
                .invalidReader, "A reader's name has 16 to 64 letters, digits and hyphens; me is whoever asks.",
                path: "readerId")
        }
        guard own == nil || own == reader else {
            throw Problem(.otherReader, "This is about another reader than the one who asks.")
        }
        return reader
    }
}

extension RecommendationBasis: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("familiarity", familiarity)
            json.member("knownBooks", knownBooks)
            json.member("weights", weights)
        }
    }
}

extension FeatureWeight: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("feature", feature)
            json.member("weight", weight)
        }
    }
}

extension RequestParameters {
    /// What an address asks for: `q`, `count`, `diversity`, `adventurousness`, `explain`, moods and filters.
    func recommendationRequest() throws(Problem) -> RecommendationRequest {
        var request = RecommendationRequest(
            query: try text("q") ?? "", preferences: try preferences())
        if let count = try number("count") { request.count = count }
        if let diversity = try share("diversity") { request.diversity = diversity }
        if let dial = try share("adventurousness") { request.adventurousness = dial }
        request.explain = try flag("explain")
        return request
    }
}
