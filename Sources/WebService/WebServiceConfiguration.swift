/// Where the service listens and what it says about itself.
public struct WebServiceConfiguration: Sendable {
    /// The address to bind: `127.0.0.1` for this machine only, `0.0.0.0` for every interface.
    public var host: String
    /// The port to bind; 0 takes any free one, which is then told to `onServerRunning`.
    public var port: Int
    /// The `Server` header, and the name over every page.
    public var serverName: String
    /// The program's version, as `/version` tells it.
    public var version: String
    /// The commit the program was built from, as `/version` tells it.
    public var commit: String
    /// Connections open at one time; more wait in the kernel's queue.
    public var maximumConnections: Int
    /// Seconds after which a connection that sends nothing is closed.
    public var idleTimeout: Int
    /// What readers' cookies are signed with, 32 random bytes or more. Readers are known again as long as it stays.
    public var secret: [UInt8]

    /// Describes a service for this machine only, unless told otherwise.
    public init(
        host: String = "127.0.0.1", port: Int = 7860, serverName: String = "Bookrec", version: String,
        commit: String, maximumConnections: Int = 512, idleTimeout: Int = 60,
        secret: [UInt8] = Self.randomSecret()
    ) {
        self.host = host
        self.port = port
        self.serverName = serverName
        self.version = version
        self.commit = commit
        self.maximumConnections = maximumConnections
        self.idleTimeout = idleTimeout
        self.secret = secret
    }

    /// A secret that nobody has had.
    public static func randomSecret() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in .random(in: .min ... .max, using: &generator) }
    }
}
