import HTTPTypes
import Logging
import NIOCore
import NIOHTTP1

/// Answers a connection whose first request cannot even be parsed: too large a head, or no HTTP at all.
///
/// Hummingbird answers it with a bare 400 and closes. This handler stands before it and sends a problem document. Then
/// it closes its half of the connection, and reads on for a moment: a client that still writes would otherwise get a
/// reset and never see the answer.
final class MalformedRequestHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    private let logger: Logger
    /// A request was handed on, so that a response may be under way: from now on Hummingbird answers for itself.
    private var hasPassedRequest = false
    private var hasAnswered = false

    init(logger: Logger) {
        self.logger = logger
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        hasPassedRequest = true
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if hasAnswered {
            return  // What still comes in belongs to the request that was refused.
        }
        guard !hasPassedRequest, let error = error as? HTTPParserError,
            let encoder = try? context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
        else {
            context.fireErrorCaught(error)
            return
        }
        hasAnswered = true
        let requestID = RequestID.random()
        let problem = Self.problem(of: error)
        logger.info(
            "request",
            metadata: [
                "status": .stringConvertible(problem.code.status.code), "requestId": .string(requestID.value),
                "problem": .string(problem.code.rawValue),
            ])
        // Written before the encoder, which knows no request that this could answer.
        encoder.writeAndFlush(NIOAny(Self.message(for: problem, requestID: requestID)), promise: nil)
        context.channel.close(mode: .output, promise: nil)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: .seconds(2)) { channel.close(mode: .all, promise: nil) }
    }

    private static func problem(of error: HTTPParserError) -> Problem {
        if error == .headerOverflow {
            return Problem(.headTooLarge, "Address and headers have more than \(RequestLimits.longestHead) bytes.")
        }
        return Problem(.malformedRequest, "This is not an HTTP request that can be read: \(error).")
    }

    private static func message(for problem: Problem, requestID: RequestID) -> ByteBuffer {
        let document = problem.document(path: "", requestID: requestID)
        let body = (try? JSONBody.encode(document)) ?? ByteBuffer()
        let security = SecurityHeaders.fields.map { "\($0.name.rawName): \($0.value)\r\n" }.joined()
        let status = problem.code.status
        var message = ByteBuffer(
            string: "HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n"
                + "Content-Type: application/problem+json\r\nContent-Length: \(body.readableBytes)\r\n"
                + "Cache-Control: no-store\r\nConnection: close\r\nX-Request-Id: \(requestID)\r\n\(security)\r\n")
        message.writeImmutableBuffer(body)
        return message
    }
}
