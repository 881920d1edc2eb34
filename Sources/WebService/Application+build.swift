public import Hummingbird
public import Logging
import NIOCore
public import Recommender

/// Builds the web application: pages and REST API over one recommender.
///
/// The result is a `Service`: run it in a `ServiceGroup` with the signals that shall end it. On graceful shutdown it
/// takes no more connections, finishes the requests in flight and returns.
///
/// - Parameters:
///   - recommender: Answers every request. Its calls run on Swift's concurrency pool, never on an event loop.
///   - opinions: Keeps what readers say of labels; without it none are taken.
///   - readers: Remembers what readers say of books and do with them; without it nothing is taken.
///   - configuration: Where to listen, and what `/version` says.
///   - logger: Takes one line per request, at level `info`, without the words that were searched for.
///   - onServerRunning: Called once with the port, when connections are accepted.
/// - Throws: When an embedded page or the embedded API description is malformed, which the tests exclude.
public func buildApplication(
    recommender: any BookRecommending,
    opinions: (any LabelOpinionKeeping)? = nil,
    readers: (any ReaderMemory)? = nil,
    configuration: WebServiceConfiguration,
    logger: Logger,
    onServerRunning: @escaping @Sendable (Int) async -> Void = { _ in }
) throws -> some ApplicationProtocol {
    let pages = try PageRenderer(serviceName: configuration.serverName)
    let router = try buildRouter(
        recommender: recommender, opinions: opinions, readers: readers, configuration: configuration, pages: pages)
    let responder = ServiceResponder(router: router, pages: pages, logger: logger)
    return Application(
        responder: responder,
        server: .http1(
            configuration: .init(
                additionalChannelHandlers: [MalformedRequestHandler(logger: logger)],
                idleTimeout: .seconds(Int64(configuration.idleTimeout)),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: RequestLimits.longestHead, maxHeaderListSize: RequestLimits.longestHead,
                    maxHeaderFieldCount: RequestLimits.mostHeaders))),
        configuration: .init(
            address: .hostname(configuration.host, port: configuration.port),
            serverName: configuration.serverName,
            availableConnectionsDelegate: .maximum(configuration.maximumConnections, logger: logger)),
        onServerRunning: { channel in
            await onServerRunning(channel.localAddress?.port ?? configuration.port)
        },
        logger: logger)
}

/// Builds the router alone, with `HEAD` for every `GET`.
func buildRouter(
    recommender: any BookRecommending, opinions: (any LabelOpinionKeeping)? = nil,
    readers: (any ReaderMemory)? = nil, configuration: WebServiceConfiguration, pages: PageRenderer
) throws -> Router<ServiceContext> {
    let cookie = ReaderCookie(secret: configuration.secret)
    let router = Router(context: ServiceContext.self, options: .autoGenerateHeadEndpoints)
    SearchController(recommender: recommender).addRoutes(to: router)
    BookController(recommender: recommender).addRoutes(to: router)
    StatusController(recommender: recommender, configuration: configuration).addRoutes(to: router)
    CoverController(recommender: recommender).addRoutes(to: router)
    PageController(recommender: recommender, opinions: opinions, cookie: cookie, pages: pages).addRoutes(to: router)
    if let opinions {
        OpinionController(recommender: recommender, opinions: opinions, cookie: cookie).addRoutes(to: router)
    }
    RecommendationController(recommender: recommender, readers: readers, cookie: cookie).addRoutes(to: router)
    if let readers {
        FeedbackController(recommender: recommender, readers: readers, cookie: cookie).addRoutes(to: router)
        ReaderController(readers: readers, cookie: cookie).addRoutes(to: router)
    }
    try DocumentationController(pages: pages).addRoutes(to: router)
    AssetController().addRoutes(to: router)
    return router
}
