import HTTPTypes
import Hummingbird

/// All routes of a router, asked before it routes, because the router answers a wrong method like a wrong path.
struct RouteTable: Sendable {
    enum Match: Equatable {
        case route
        /// The path is known, the method is not; these are.
        case otherMethods([HTTPRequest.Method])
        case none
    }

    private let routes: [(path: RouterPath, methods: [HTTPRequest.Method])]

    /// - Parameter router: With its responder built, so that the generated `HEAD` routes are there.
    init(_ router: Router<ServiceContext>) {
        var methods: [String: (path: RouterPath, methods: [HTTPRequest.Method])] = [:]
        for route in router.routes {
            methods[route.path.description, default: (route.path, [])].methods.append(route.method)
        }
        routes = methods.values.sorted { $0.path.description < $1.path.description }
    }

    /// O(routes).
    func match(_ path: String, method: HTTPRequest.Method) -> Match {
        let segments = path.split(separator: "/")
        let methods = routes.filter { Self.matches(segments, $0.path) }.flatMap(\.methods)
        if methods.contains(method) { return .route }
        return methods.isEmpty ? .none : .otherMethods(methods.sorted { $0.rawValue < $1.rawValue })
    }

    private static func matches(_ segments: [Substring], _ path: RouterPath) -> Bool {
        segments.count == path.components.count && zip(path.components, segments).allSatisfy { $0 ~= $1 }
    }
}
