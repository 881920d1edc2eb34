import HTTPTypes
import Hummingbird
import Logging

/// The outermost door: every request passes it once, and every response leaves through it, errors as well.
///
/// It names the request, refuses what no route answers, turns errors into problem documents or error pages, adds the
/// security headers, and writes the access log.
struct ServiceResponder: HTTPResponder {
    typealias Context = ServiceContext

    private let router: RouterResponder<ServiceContext>
    private let routes: RouteTable
    private let pages: PageRenderer
    private let logger: Logger

    init(router: Router<ServiceContext>, pages: PageRenderer, logger: Logger) {
        self.router = router.buildResponder()
        self.routes = RouteTable(router)
        self.pages = pages
        self.logger = logger
    }

    func respond(to request: Request, context: ServiceContext) async throws -> Response {
        let start = ContinuousClock.now
        var context = context
        context.requestID = request.headers[.requestID].flatMap { RequestID($0) } ?? .random()
        context.logger[metadataKey: "requestId"] = .string(context.requestID.value)

        var response: Response
        do {
            response = try await answer(request, context: context)
        } catch {
            let problem = Problem(error)
            if problem.code == .internalError {
                context.logger.error("request failed", metadata: ["error": .string(String(reflecting: error))])
            }
            response = try self.response(to: problem, request: request, requestID: context.requestID)
        }
        if request.method == .head {
            response = response.createHeadResponse()
        }
        SecurityHeaders.add(to: &response)
        response.headers[.requestID] = context.requestID.value
        log(request, response: response, requestID: context.requestID, duration: .now - start)
        return response
    }

    private func answer(_ request: Request, context: ServiceContext) async throws -> Response {
        guard request.uri.string.utf8.count <= RequestLimits.longestTarget else {
            let bytes = request.uri.string.utf8.count
            throw Problem(
                .targetTooLong, "The address has \(bytes) bytes; at most \(RequestLimits.longestTarget) are read.")
        }
        switch routes.match(request.uri.path, method: request.method) {
        case .route: return try await router.respond(to: request, context: context)
        case .otherMethods(let methods): throw Problem.methodNotAllowed(request.method, allowed: methods)
        case .none: throw Problem(.notFound, "There is nothing at this address.")
        }
    }

    /// A problem document for programs, an error page for people.
    private func response(to problem: Problem, request: Request, requestID: RequestID) throws -> Response {
        guard Self.isForPrograms(request.uri.path) else {
            var response = try pages.problem(problem, requestID: requestID)
            problem.addHeaders(to: &response)
            return response
        }
        return try problem.jsonResponse(path: String(request.uri.path.prefix(200)), requestID: requestID)
    }

    private static func isForPrograms(_ path: String) -> Bool {
        let first = path.split(separator: "/").first.map(String.init) ?? ""
        return ["api", "health", "version", "openapi.json"].contains(first)
    }

    /// The path without a reader's name, which is their key.
    static func loggedPath(_ path: String) -> String {
        var pieces = path.split(separator: "/", omittingEmptySubsequences: false)
        if let place = pieces.firstIndex(of: "readers"), place + 1 < pieces.count, pieces[place + 1] != "me" {
            pieces[place + 1] = "*"
        }
        return String(pieces.joined(separator: "/").prefix(200))
    }

    /// One line per request. The query text is what somebody feels like reading: it stays out.
    private func log(_ request: Request, response: Response, requestID: RequestID, duration: Duration) {
        logger.info(
            "request",
            metadata: [
                "method": .string(request.method.rawValue),
                "path": .string(Self.loggedPath(request.uri.path)),
                "status": .stringConvertible(response.status.code),
                "durationMs": .stringConvertible(duration.milliseconds),
                "requestId": .string(requestID.value),
            ])
    }
}

extension HTTPField.Name {
    static let requestID = HTTPField.Name("X-Request-Id")!
}

extension Duration {
    /// In milliseconds, to the microsecond.
    var milliseconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) * 1_000 + Double(attoseconds / 1_000_000_000_000) / 1_000
    }
}
