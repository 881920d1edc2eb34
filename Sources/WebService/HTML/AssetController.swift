import HTTPTypes
import Hummingbird
import NIOCore

/// A file that goes out as it is.
struct Asset: Sendable {
    let path: String
    let contentType: String
    let buffer: ByteBuffer
    let tag: EntityTag

    init(path: String, contentType: String, bytes: [UInt8]) {
        self.path = path
        self.contentType = contentType
        buffer = ByteBuffer(bytes: bytes)
        tag = EntityTag(of: bytes)
    }

    /// The address with the version in it: it may be kept for ever, since another version has another address.
    var address: String { "\(path)?v=\(tag.digits)" }

    static let style = Asset(
        path: "/assets/style.css", contentType: "text/css; charset=utf-8", bytes: PackageResources.style_css)
    static let script = Asset(
        path: "/assets/app.js", contentType: "text/javascript; charset=utf-8", bytes: PackageResources.app_js)
    static let icon = Asset(
        path: "/favicon.svg", contentType: "image/svg+xml", bytes: PackageResources.favicon_svg)
    static let robots = Asset(
        path: "/robots.txt", contentType: "text/plain; charset=utf-8", bytes: PackageResources.robots_txt)
    static let all = [style, script, icon, robots]
}

/// The style sheet, the script and the other fixed files.
struct AssetController {
    func addRoutes(to router: Router<ServiceContext>) {
        for asset in Asset.all {
            router.get(RouterPath(asset.path)) { request, _ in
                let isPinned = request.uri.query == "v=\(asset.tag.digits)"
                return asset.tag.response(
                    to: request, contentType: asset.contentType,
                    cacheControl: isPinned ? "public, max-age=31536000, immutable" : "no-cache", body: asset.buffer)
            }
        }
    }
}
