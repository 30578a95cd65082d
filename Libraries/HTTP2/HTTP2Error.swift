/// Why a request got no answer, or why a client or server could not be made.
///
/// No description holds a path, a header field, a body or what a server said; OpenSSL's and the system's words are
/// theirs and hold no data.
public enum HTTP2Error: Error, Sendable, Hashable {
    /// The request cannot be sent as it is.
    case invalidRequest(HTTP2RequestFault)
    /// The certificate chain or the key of an identity cannot be used, or they don't belong together.
    case unusableIdentity(reason: String)
    /// The trusted certificates cannot be read.
    case unusableAuthorities(reason: String)
    /// The system refused a socket or a thread.
    case systemFailed(reason: String)
    /// The server's name has no address.
    case unresolvable(reason: String)
    /// Nobody accepts connections there.
    case connectFailed(reason: String)
    /// The server's certificate is not signed by an authority of ours, expired, or for another name.
    case untrustedServer(reason: String)
    /// The TLS handshake failed, as when the server refuses our certificate.
    case handshakeFailed(reason: String)
    /// The server does not speak HTTP/2.
    case notHTTP2
    /// The connection ended before the answer did.
    case connectionLost(wasSent: Bool)
    /// The server ended the connection, and this request with it.
    case goAway(HTTP2GoAway, wasSent: Bool)
    /// The server refused the stream again and again without processing it.
    case refused
    /// The server ended the stream.
    case reset(HTTP2ErrorCode)
    /// What came is no HTTP/2, or no answer.
    case malformedResponse
    /// The answer is longer than allowed.
    case responseTooLarge
    /// No answer came in time.
    case timedOut(wasSent: Bool)
    /// The task was cancelled.
    case cancelled(wasSent: Bool)
    /// The client was shut down.
    case closed(wasSent: Bool)

    /// Whether the server may have acted on the request; when not, it can be repeated without a thought.
    public var mayHaveBeenProcessed: Bool {
        switch self {
        case .invalidRequest, .unusableIdentity, .unusableAuthorities, .systemFailed, .unresolvable, .connectFailed,
            .untrustedServer, .handshakeFailed, .notHTTP2, .refused:
            false
        case .connectionLost(let wasSent), .goAway(_, let wasSent), .timedOut(let wasSent), .cancelled(let wasSent),
            .closed(let wasSent):
            wasSent
        case .reset, .malformedResponse, .responseTooLarge: true
        }
    }
}

/// What is wrong with a request.
public enum HTTP2RequestFault: Sendable, Hashable {
    /// The method is no token.
    case method
    /// The path does not begin with a slash, or has a space or a control character in it.
    case path
    /// A field's name is no token in lower case, belongs to HTTP/1 connections, or its value has a control character.
    case headerField
}

extension HTTP2Error: CustomStringConvertible {
    /// Safe to log.
    public var description: String {
        switch self {
        case .invalidRequest(.method): "the method is none"
        case .invalidRequest(.path): "the path cannot be used"
        case .invalidRequest(.headerField): "a header field cannot be sent"
        case .unusableIdentity(let reason): "the certificate or its key cannot be used: \(reason)"
        case .unusableAuthorities(let reason): "the trusted certificates cannot be read: \(reason)"
        case .systemFailed(let reason): "the system refused: \(reason)"
        case .unresolvable(let reason): "the server's name could not be resolved: \(reason)"
        case .connectFailed(let reason): "the server does not accept connections: \(reason)"
        case .untrustedServer(let reason): "the server's certificate is not trusted: \(reason)"
        case .handshakeFailed(let reason): "the TLS handshake failed: \(reason)"
        case .notHTTP2: "the server does not speak HTTP/2"
        case .connectionLost: "the connection was lost before the answer ended"
        case .goAway(let goAway, _): "the server ended the connection (\(goAway.code))"
        case .refused: "the server refused the stream"
        case .reset(let code): "the server ended the stream (\(code))"
        case .malformedResponse: "the answer is no HTTP/2"
        case .responseTooLarge: "the answer is longer than allowed"
        case .timedOut: "no answer came in time"
        case .cancelled: "the call was cancelled"
        case .closed: "the client was shut down"
        }
    }
}
