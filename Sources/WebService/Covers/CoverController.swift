import HTTPTypes
import Hummingbird
import NIOCore
import Recommender

/// `/covers/{id}.svg`: the covers that the service draws itself, so that no page asks another host for a picture.
struct CoverController {
    let recommender: any BookRecommending

    func addRoutes(to router: Router<ServiceContext>) {
        router.get("covers/{id}.svg", use: cover)
    }

    @Sendable
    private func cover(_ request: Request, context: ServiceContext) async throws -> Response {
        let id = try context.pathParameter("id")
        let (svg, _) = try await asking { [recommender] in CoverArt(try recommender.book(id)).svg }
        return EntityTag(of: svg.utf8).response(
            to: request, contentType: "image/svg+xml", cacheControl: "public, max-age=86400",
            body: ByteBuffer(string: svg))
    }
}
