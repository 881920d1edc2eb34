import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// The download of one file: asks, writes what comes, and asks again when that breaks off. Decides nothing itself that
/// `DownloadStart` and `ServerReply` can decide.
struct Download {
    let file: DatasetFile
    let url: String
    let part: PartFile
    let settings: FetchSettings
    let client: HTTPClient

    /// Returns when all bytes are on the disk, unchecked.
    /// - Throws: `DatasetError`, `CancellationError`.
    func run(_ report: @Sendable (FetchEvent) -> Void) async throws {
        var failures = 0
        while true {
            switch try await attempt(report) {
            case .complete: return
            case .again: continue
            case .broken(let reason):
                guard failures < settings.retries else {
                    throw DatasetError.unreachable(
                        url: url, reason: reason, attempts: failures + 1, path: part.url.path, kept: try part.size())
                }
                let pause = settings.firstPause * (1 << min(failures, 10))
                failures += 1
                report(.broken(file: file.name, reason: reason, pause: pause))
                try await settings.pause(pause)
            }
        }
    }

    private enum Outcome {
        case complete, again
        case broken(reason: String)
    }

    private func attempt(_ report: @Sendable (FetchEvent) -> Void) async throws -> Outcome {
        let start = DownloadStart(of: file, at: url, partSize: try part.size(), record: part.record)
        guard start != .complete else { return .complete }
        do {
            let (reply, body, step) = try await ask(start)
            switch step {
            case .write(let offset, let total):
                if offset == 0 { try part.begin(reply.record(of: file, at: url)) }
                report(.receiving(file: file.name, after: offset, total: total))
                return try await write(body, after: offset, total, report)
            case .complete: return .complete
            case .beginAnew:
                try part.empty()
                return .again
            case .tryAgain(let reason): return .broken(reason: reason)
            case .follow(let location):
                throw DatasetError.wrongRedirect(
                    url: url, target: location, reason: "it was sent on more than \(settings.redirects) times")
            }
        } catch let error as DatasetError {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            if Task.isCancelled { throw CancellationError() }
            return .broken(reason: ConnectionFailure.reason(error))
        }
    }

    /// Asks for what is missing, and follows redirects as far as they are allowed.
    private func ask(
        _ start: DownloadStart
    ) async throws -> (ServerReply, HTTPClientResponse.Body, ServerReply.Step) {
        var address = url
        var redirects = 0
        while true {
            var request = HTTPClientRequest(url: address)
            request.headers.add(name: "User-Agent", value: "bookrec-dataset")
            request.headers.add(name: "Accept-Encoding", value: "identity")
            for field in start.fields { request.headers.add(name: field.name, value: field.value) }
            // What has no deadline as a whole has one between two bytes: `stallTimeout`.
            let response = try await client.execute(request, deadline: .distantFuture)
            let reply = ServerReply(status: Int(response.status.code)) { response.headers.first(name: $0) }
            let step = try reply.step(after: start, of: file, at: address)
            guard case .follow(let location) = step, redirects < settings.redirects else {
                return (reply, response.body, step)
            }
            address = try WebAddress.target(of: location, from: address)
            redirects += 1
        }
    }

    private func write(
        _ body: HTTPClientResponse.Body, after offset: Int, _ total: Int?, _ report: @Sendable (FetchEvent) -> Void
    ) async throws -> Outcome {
        var size = offset
        for try await piece in body {
            // Before it is written: a wrong server cannot fill the disk.
            guard size + piece.readableBytes <= file.limit else {
                part.discard()
                throw DatasetError.wrongSize(url: url, reason: "more than the file's \(file.limit) bytes came")
            }
            try piece.withUnsafeReadableBytes { try part.append($0) }
            size += piece.readableBytes
            report(.received(file: file.name, bytes: size, total: total))
        }
        // A server that ends a body by closing the connection may have been cut off.
        if let total, size < total { return .broken(reason: "the connection ended after \(size) of \(total) bytes") }
        return .complete
    }
}
