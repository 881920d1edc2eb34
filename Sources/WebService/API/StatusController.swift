import HTTPTypes
import Hummingbird
import Recommender

/// `/health` and `/version`: what operators and load balancers ask.
struct StatusController {
    let recommender: any BookRecommending
    let configuration: WebServiceConfiguration

    struct Health: Encodable {
        var status = "ok"
    }

    struct Version: Encodable {
        let version: String
        let commit: String
        let bundle: String
        let schema: Int
        let works: Int
    }

    func addRoutes(to router: Router<ServiceContext>) {
        router.get("health/live") { _, _ in try JSONBody.response(Health()) }
        router.get("health/ready", use: ready)
        router.get("version", use: version)
    }

    @Sendable
    private func ready(_ request: Request, context: ServiceContext) async throws -> Response {
        let (isReady, _) = try await asking { [recommender] in recommender.isReady() }
        guard isReady else {
            throw Problem(.notReady, "The golden query does not give the expected answer. Ask again in a moment.")
        }
        return try JSONBody.response(Health())
    }

    @Sendable
    private func version(_ request: Request, context: ServiceContext) async throws -> Response {
        let serving = recommender.version
        return try JSONBody.response(
            Version(
                version: configuration.version, commit: configuration.commit, bundle: serving.bundle,
                schema: serving.schema, works: serving.works))
    }
}
