import HTTPTypes

/// A request as a server's handler sees it.
public struct HTTP2ServerRequest: Sendable {
    /// The method.
    public var method: String
    /// The path with its query, percent-encoded.
    public var path: String
    /// The host and port that the client asked for.
    public var authority: String
    /// The header fields in their order, without the pseudo fields.
    public var headers: HTTPHeaders
    /// The body, or its beginning when it is longer than what is kept.
    public var body: [UInt8]
    /// How long the body was.
    public var bodyLength: Int
    /// The number of the stream.
    public var streamID: Int
    /// The connection on which it came.
    public var connection: HTTP2ServerConnection
}
