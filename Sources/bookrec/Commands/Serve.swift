import ArgumentParser
import Foundation
import Logging
import NIOCore
import Recommender
import ServiceLifecycle
import UnixSignals
import WebService

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the web page and the REST API until SIGTERM or SIGINT.",
        discussion: "A bundle that is promoted while serving takes over without a restart.")

    @Option(help: "The address to listen on; 0.0.0.0 for every interface.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 for any free one.")
    var port = 7860

    @OptionGroup var home: Home

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535, not \(port).") }
    }

    func run() async throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        let logger = Logger(label: "bookrec")
        let bundleHost = try home.openBundleHost()
        let host = host
        let application = try buildApplication(
            recommender: bundleHost,
            configuration: WebServiceConfiguration(
                host: host, port: port, version: CodeVersion.current.number, commit: CodeVersion.current.commit),
            logger: logger
        ) { port in
            let version = bundleHost.version
            Console.message(
                "Serving \(version.works) works on http://\(host == "0.0.0.0" ? "localhost" : host):\(port)/ "
                    + "(bundle \(version.bundle))")
        }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: application), .init(service: BundleWatcher(host: bundleHost, logger: logger)),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
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
