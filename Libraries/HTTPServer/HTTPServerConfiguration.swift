import HTTPTypes

/// What a listener is like.
public struct HTTPServerConfiguration: Sendable {
    /// The listener's name in errors, `public` or `internal`.
    public var name: String
    /// The address to listen on; `::` takes IPv4 and IPv6.
    public var address: String
    /// The port to listen on, 0 for any free one.
    public var port: Int
    /// Threads that move bytes; routes run elsewhere.
    public var threads: Int
    /// Connections in all; one more is answered 503 and closed.
    public var maximumConnections: Int
    /// Connections of one client address; one more is answered 429 and closed.
    public var maximumConnectionsPerAddress: Int
    /// Requests at work at once; one more is answered 503.
    public var maximumConcurrentRequests: Int
    /// Peers whose `X-Forwarded-For` is believed and whose connections are not limited.
    public var trustedProxies: [CIDR]
    /// Bytes of a request's line and header fields; more is answered 431.
    public var maximumHeaderBytes: Int
    /// How long a request's header may take.
    public var headerTimeout: Duration
    /// How long a request's body or an answer may take, beside what `minimumBytesPerSecond` grants.
    public var bodyTimeout: Duration
    /// Bytes a second that a body or answer must reach on average once `bodyTimeout` is over.
    public var minimumBytesPerSecond: Int
    /// How long a connection may do nothing, in whole seconds.
    public var idleTimeout: Duration
    /// Whether problems become HTML pages for clients that prefer `text/html`.
    public var htmlProblems: Bool

    /// Describes a listener.
    public init(
        name: String = "http", address: String = "0.0.0.0", port: Int = 0, threads: Int = 1,
        maximumConnections: Int = 4_096, maximumConnectionsPerAddress: Int = 256,
        maximumConcurrentRequests: Int = 1_024, trustedProxies: [CIDR] = [], maximumHeaderBytes: Int = 16_384,
        headerTimeout: Duration = .seconds(10), bodyTimeout: Duration = .seconds(30),
        minimumBytesPerSecond: Int = 16_384, idleTimeout: Duration = .seconds(60), htmlProblems: Bool = false
    ) {
        self.name = name
        self.address = address
        self.port = port
        self.threads = threads
        self.maximumConnections = maximumConnections
        self.maximumConnectionsPerAddress = maximumConnectionsPerAddress
        self.maximumConcurrentRequests = maximumConcurrentRequests
        self.trustedProxies = trustedProxies
        self.maximumHeaderBytes = maximumHeaderBytes
        self.headerTimeout = headerTimeout
        self.bodyTimeout = bodyTimeout
        self.minimumBytesPerSecond = minimumBytesPerSecond
        self.idleTimeout = idleTimeout
        self.htmlProblems = htmlProblems
    }
}
