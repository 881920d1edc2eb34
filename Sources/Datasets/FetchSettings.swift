/// How patient a download is.
public struct FetchSettings: Sendable {
    /// For a connection to stand, with its encryption.
    public var connectTimeout: Duration
    /// Without a byte from the server.
    public var stallTimeout: Duration
    /// For each file, after broken connections and answers of 500 and above. 0 or more.
    public var retries: Int
    /// Before the first retry; doubled before each further one.
    public var firstPause: Duration
    /// Redirects followed for one request.
    public var redirects: Int
    /// Waits. Throws `CancellationError` when its task is cancelled.
    var pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    /// Writes.
    var writing = DiskFile.system

    /// With five retries the pauses are 1, 2, 4, 8 and 16 seconds.
    public init(
        connectTimeout: Duration = .seconds(10), stallTimeout: Duration = .seconds(60), retries: Int = 5,
        firstPause: Duration = .seconds(1), redirects: Int = 5
    ) {
        self.connectTimeout = connectTimeout
        self.stallTimeout = stallTimeout
        self.retries = retries
        self.firstPause = firstPause
        self.redirects = redirects
    }
}

/// What happens while a dataset is fetched, in this order for each file.
public enum FetchEvent: Sendable, Hashable {
    /// The file is there and right: nothing is asked.
    case present(file: String)
    /// Bytes begin to come.
    /// - Parameters:
    ///   - offset: bytes that were there.
    ///   - total: of the whole file; nil when not known.
    case receiving(file: String, after: Int, total: Int?)
    /// - Parameter bytes: what there is of the file now.
    case received(file: String, bytes: Int, total: Int?)
    /// A connection broke or the server failed. After the pause there is another attempt.
    case broken(file: String, reason: String, pause: Duration)
    /// The file is whole, checked and has its name.
    case done(file: String, bytes: Int)
}
