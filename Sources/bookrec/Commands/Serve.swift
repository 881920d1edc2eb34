import ArgumentParser
import CatalogStore
import Foundation
import Logging
import NIOCore
import Recommender
import ServiceLifecycle
import Training
import UnixSignals
import WebService

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the web page and the REST API until SIGTERM or SIGINT.",
        discussion: """
            First the library, if there is one, is brought up to date; one that needs a newer bookrec is refused. With \
            --starter a home without a library takes over the starter's, and a home without a bundle that this bookrec \
            can serve trains one. A bundle that is promoted while serving takes over without a restart.
            """)

    @Option(help: "The address to listen on; 0.0.0.0 for every interface.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 for any free one.")
    var port = 7860

    @Option(
        help: ArgumentHelp(
            "A home that an empty one begins with; it is only read (default: BOOKREC_STARTER, else none).",
            valueName: "dir"))
    var starter: String?

    @OptionGroup var home: Home

    /// How long answers under way have after SIGTERM. Less than the ten seconds after which containers are killed.
    private static let patienceWithReaders = Duration.seconds(8)

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535, not \(port).") }
    }

    func run() async throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        let logger = Logger(label: "bookrec")
        let bundleHost = try home.prepare(
            starter: (starter ?? Environment["BOOKREC_STARTER"]).map { HomeFolder(url: Home.folder($0)) })
        let secret = try CookieSecret.load(named: Environment[CookieSecret.variable], home: home.folder.url)
        let library = ServedLibrary(path: home.folder.library.path)
        let host = host
        let application = try buildApplication(
            recommender: bundleHost, opinions: LibraryOpinions(library: library),
            readers: LibraryReaders(library: library),
            configuration: WebServiceConfiguration(
                host: host, port: port, version: CodeVersion.current.number, commit: CodeVersion.current.commit,
                secret: secret),
            logger: logger
        ) { port in
            let version = bundleHost.version
            Console.message(
                "Serving \(version.works) works on http://\(host == "0.0.0.0" ? "localhost" : host):\(port)/ "
                    + "(bundle \(version.bundle))")
        }
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: application), .init(service: BundleWatcher(host: bundleHost, logger: logger)),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = Self.patienceWithReaders
        let group = ServiceGroup(configuration: configuration)
        do {
            try await group.run()
        } catch let error as IOError where error.errnoCode != EADDRNOTAVAIL {
            throw CommandError(
                "Cannot listen on \(host):\(port): \(String(cString: strerror(error.errnoCode))). "
                    + "Stop the program that has the port, or choose another with --port.",
                exitCode: unavailable)
        } catch let error
            where error is IOError || error is SocketAddressError || error is SocketAddressError.UnknownHost
        {
            throw CommandError(
                "Cannot listen on \(host):\(port): \(host) is no address of this machine. "
                    + "Use 127.0.0.1 for this machine only, or 0.0.0.0 for every interface.",
                exitCode: usage)
        }
    }
}
