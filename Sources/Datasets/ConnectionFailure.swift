import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix

/// Says in words why a connection did not stand or did not last.
enum ConnectionFailure {
    static func reason(_ error: any Error) -> String {
        switch error {
        case let error as HTTPClientError where error == .connectTimeout: "no connection in time"
        case let error as HTTPClientError where error == .readTimeout: "the server sent nothing for too long"
        case let error as HTTPClientError where error == .remoteConnectionClosed: "the server closed the connection"
        case let error as IOError: String(cString: strerror(error.errnoCode))
        case let error as NIOConnectionError: reason(connecting: error)
        default: "\(error)"
        }
    }

    private static func reason(connecting error: NIOConnectionError) -> String {
        if error.dnsAError != nil, error.dnsAAAAError != nil || error.connectionErrors.isEmpty {
            return "the host \(error.host) is not known"
        }
        return error.connectionErrors.first.map { reason($0.error) } ?? "no connection to \(error.host)"
    }
}
