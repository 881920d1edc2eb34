import ArgumentParser
import AsyncHTTPClient
import NIOCore
import NIOHTTP1

struct HealthCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "healthcheck", abstract: "Ask the server on this machine whether it is ready; exit code 1 if not.")

    @Option(help: "The server's port.")
    var port = 7860

    func run() async throws {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/health/ready")
        request.headers.add(name: "User-Agent", value: "bookrec-healthcheck")
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(5))
            guard response.status == .ok else {
                throw CommandError(
                    "The server on port \(port) answers \(response.status.code): it is not ready.", exitCode: 1)
            }
            Console.result("ready")
        } catch let error as CommandError {
            throw error
        } catch {
            throw CommandError(
                "No server answers on port \(port) (\(error)). Start one with `bookrec serve --port \(port)`.",
                exitCode: 1)
        }
    }
}
