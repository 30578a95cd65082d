/// Why a request got no answer. No description holds a URL, a header field or a body.
public enum HTTPClientError: Error, Sendable, Hashable {
    /// The request cannot be sent as it is.
    case invalidRequest(HTTPClientRequestFault)
    /// The server's name has no address.
    case unresolvable
    /// Nobody accepts connections at that address and port.
    case connectFailed
    /// The server's name leads to no address that may be connected to.
    case addressRefused
    /// The server's certificate is not signed by an authority of ours, expired, or for another name.
    case untrustedServer
    /// The TLS handshake failed, as when the server refuses our certificate or offers nothing above TLS 1.1.
    case handshakeFailed
    /// The client's certificate or key cannot be used.
    case unusableClientCertificate
    /// The file of authorities cannot be read.
    case unreadableAuthorities
    /// The connection ended before the answer did; the server may have acted on the request.
    case connectionLost
    /// The answer is no HTTP.
    case malformedResponse
    /// The answer is longer than the request allows.
    case responseTooLarge
    /// More redirects than are followed, or one to where none may lead.
    case redirectRefused
    /// The deadline passed; the server may have acted on the request.
    case timedOut
    /// The task was cancelled; the server may have acted on the request.
    case cancelled
    /// The client was shut down.
    case closed
    /// Anything else, by libcurl's code.
    case failed(code: Int)
}

/// What is wrong with a request.
public enum HTTPClientRequestFault: Sendable, Hashable {
    /// No URL, or one with another scheme than `http` and `https`, with a user name, or with a space in it.
    case url
    /// The method is no token.
    case method
    /// A header field's name is no token, or is one of those that the client writes itself.
    case headerField
    /// A GET or HEAD request has a body.
    case unexpectedBody
}

extension HTTPClientError: CustomStringConvertible {
    /// Safe to log.
    public var description: String {
        switch self {
        case .invalidRequest(.url): "the URL cannot be used"
        case .invalidRequest(.method): "the method is none"
        case .invalidRequest(.headerField): "a header field cannot be sent"
        case .invalidRequest(.unexpectedBody): "a GET or HEAD request has no body"
        case .unresolvable: "the server's name could not be resolved"
        case .connectFailed: "the server does not accept connections"
        case .addressRefused: "the server's address may not be connected to"
        case .untrustedServer: "the server's certificate is not trusted"
        case .handshakeFailed: "the TLS handshake failed"
        case .unusableClientCertificate: "the client certificate or its key cannot be used"
        case .unreadableAuthorities: "the file of certificate authorities cannot be read"
        case .connectionLost: "the connection was lost before the answer ended"
        case .malformedResponse: "the answer is no HTTP"
        case .responseTooLarge: "the answer is longer than allowed"
        case .redirectRefused: "the server redirects too often, or to where none may lead"
        case .timedOut: "no answer came in time"
        case .cancelled: "the call was cancelled"
        case .closed: "the client was shut down"
        case .failed(let code): "the transfer failed (libcurl \(code))"
        }
    }
}
