import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A small web server on the loopback interface that does as it is told, and notes what it was asked.
final class FileServer: Sendable {
    struct Request: Sendable {
        var path: String
        var fields: HTTPHeaders

        var range: String? { fields.first(name: "Range") }
        var condition: String? { fields.first(name: "If-Range") }
    }

    struct Answer: Sendable {
        enum Ending: Sendable { case whole, cut, silence, closedUnanswered, unanswered }

        var status = 200
        var fields: [(String, String)] = []
        var body: [UInt8] = []
        /// Where the body stands in the file.
        var offset = 0
        /// Bytes of the body that are sent; then comes the ending.
        var sent: Int?
        var ending = Ending.whole
        var version = HTTPVersion.http1_1

        /// A file as a good server sends it: part or whole, with its tag.
        static func file(_ content: [UInt8], etag: String? = "\"one\"", to request: Request) -> Answer {
            var answer = Answer()
            answer.fields = etag.map { [("ETag", $0)] } ?? []
            answer.body = content
            if let range = request.range, request.condition.map({ $0 == etag }) ?? true,
                let first = Int(range.dropFirst("bytes=".count).dropLast())
            {
                if first >= content.count {
                    answer.status = 416
                    answer.body = []
                    answer.fields.append(("Content-Range", "bytes */\(content.count)"))
                } else {
                    answer.status = 206
                    answer.offset = first
                    answer.body = Array(content[first...])
                    answer.fields.append(("Content-Range", "bytes \(first)-\(content.count - 1)/\(content.count)"))
                }
            }
            answer.fields.append(("Content-Length", "\(answer.body.count)"))
            return answer
        }

        static func status(_ status: Int, _ fields: [(String, String)] = []) -> Answer {
            Answer(status: status, fields: fields + [("Content-Length", "0")])
        }

        /// The same, and after that many bytes the connection ends, once they are written, or falls silent.
        func broken(after count: Int, _ ending: Ending = .cut) -> Answer {
            var answer = self
            answer.sent = count
            answer.ending = ending
            return answer
        }
    }

    private let channel: any Channel
    private let log: Log

    private final class Log: Sendable {
        let requests = Mutex<[Request]>([])
        /// Connections to close once the file has that many bytes.
        let doomed = Mutex<[(size: Int, channel: any Channel)]>([])
    }

    /// - Parameter answer: given the request and its number, from 0.
    init(answer: @escaping @Sendable (Request, Int) -> Answer) async throws {
        let log = Log()
        self.log = log
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(
                        Answering { request in
                            let number = log.requests.withLock {
                                $0.append(request)
                                return $0.count - 1
                            }
                            return answer(request, number)
                        } cut: { channel, size in
                            log.doomed.withLock { $0.append((size, channel)) }
                        })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    deinit { channel.close(promise: nil) }

    var requests: [Request] { log.requests.withLock { $0 } }
    var base: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)/data" }

    /// Tells it how much of the file is written: what a connection delivered and nobody read when it ended is lost,
    /// so a cut at a certain byte has to wait for it.
    func hear(_ size: Int) {
        log.doomed.withLock { doomed in
            for one in doomed where one.size <= size { one.channel.close(promise: nil) }
            doomed.removeAll { $0.size <= size }
        }
    }

    func stop() async throws { try await channel.close() }
}

private final class Answering: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let answer: (FileServer.Request) -> FileServer.Answer
    private let cut: (any Channel, Int) -> Void
    private var request: FileServer.Request?

    init(
        answer: @escaping (FileServer.Request) -> FileServer.Answer, cut: @escaping (any Channel, Int) -> Void
    ) {
        self.answer = answer
        self.cut = cut
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): request = .init(path: head.uri, fields: head.headers)
        case .body: break
        case .end:
            guard let request else { return }
            send(answer(request), context)
        }
    }

    private func send(_ answer: FileServer.Answer, _ context: ChannelHandlerContext) {
        if answer.ending == .unanswered { return }
        if answer.ending == .closedUnanswered { return context.close(promise: nil) }
        var head = HTTPResponseHead(version: answer.version, status: .init(statusCode: answer.status))
        for (name, value) in answer.fields { head.headers.add(name: name, value: value) }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let sent = answer.body.prefix(answer.sent ?? answer.body.count)
        if answer.ending == .cut { cut(context.channel, answer.offset + sent.count) }
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: sent)))), promise: nil)
        switch answer.ending {
        case .whole:
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            if answer.version == .http1_0 { context.close(promise: nil) }
        case .cut, .silence, .closedUnanswered, .unanswered: break
        }
    }
}
