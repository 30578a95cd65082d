import HTTPTypes

/// A request to an `http` or `https` URL.
public struct HTTPClientRequest: Sendable {
    /// The method.
    public var method: HTTPMethod
    /// The whole URL, its path and query percent-encoded.
    public var url: String
    /// Header fields; length and framing are the client's matter and refused here.
    public var headers: HTTPHeaders
    /// The body; GET and HEAD have none.
    public var body: [UInt8]
    /// How long the call may take in all, waiting for a connection included.
    public var deadline: Duration
    /// The longest body that is taken; a longer one ends the transfer.
    public var maximumResponseBytes: Int
    /// Whether redirects of GET and HEAD are followed, ten at most and never from `https` to `http`.
    public var followsRedirects: Bool
    /// Whether the answer may come compressed; its body is given decompressed, and its limit counts those bytes.
    public var acceptsGzip: Bool
    /// The path with names in place of what differs, for traces; the path itself is never told there.
    public var template: String?
    /// Whether the server is one of ours, and is told the trace that the call belongs to; strangers are not.
    public var tellsTrace: Bool

    /// Describes a request.
    public init(
        method: HTTPMethod = .get, url: String, headers: HTTPHeaders = [:], body: [UInt8] = [],
        deadline: Duration = .seconds(10), maximumResponseBytes: Int = 16 << 20, followsRedirects: Bool = false,
        acceptsGzip: Bool = false, template: String? = nil, tellsTrace: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.deadline = deadline
        self.maximumResponseBytes = maximumResponseBytes
        self.followsRedirects = followsRedirects
        self.acceptsGzip = acceptsGzip
        self.template = template
        self.tellsTrace = tellsTrace
    }
}
