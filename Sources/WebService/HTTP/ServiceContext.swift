import Hummingbird

/// What travels with one request through the service.
struct ServiceContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The name of this request in answers and logs.
    var requestID = RequestID.none

    init(source: Source) {
        coreContext = .init(source: source)
    }
}
