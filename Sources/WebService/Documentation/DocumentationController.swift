import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// `/openapi.json` for programs, and `/docs`, the same for people.
struct DocumentationController {
    private let document = Asset(
        path: "/openapi.json", contentType: "application/json", bytes: PackageResources.openapi_json)
    private let page: Asset

    /// - Throws: When the embedded document is not what the page needs.
    init(pages: PageRenderer) throws {
        let api = try JSONDecoder().decode(APIDescription.self, from: Data(PackageResources.openapi_json))
        let frame = pages.frame(title: "The API", summary: "How a program asks for books: every path, field and error.")
        let html = try pages.html(try DocumentationView(api, frame: frame), template: .documentation)
        page = Asset(path: "/docs", contentType: "text/html; charset=utf-8", bytes: Array(html.utf8))
    }

    func addRoutes(to router: Router<ServiceContext>) {
        for asset in [document, page] {
            router.get(RouterPath(asset.path)) { request, _ in
                asset.tag.response(
                    to: request, contentType: asset.contentType, cacheControl: "no-cache", body: asset.buffer)
            }
        }
    }
}
