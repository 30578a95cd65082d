/// Whom a client speaks to, and how. There is no way to turn the verification of the server off.
public struct HTTP2ClientConfiguration: Sendable {
    /// The server's name or address; its certificate must be for it.
    public var host: String
    /// The server's port.
    public var port: Int
    /// The authorities that the server is verified against, in PEM; nil for the system's.
    public var trustedCertificates: String?
    /// What is shown to a server that asks who we are.
    public var identity: TLSIdentity?
    /// Connections at once; a further one is opened when all streams of the others are in use.
    public var maximumConnections: Int
    /// Requests at once on one connection, however many the server would allow.
    public var maximumStreamsPerConnection: Int
    /// How long connecting may take, from looking the name up to the server's settings.
    public var connectTimeout: Duration
    /// How long a request may take in all, waiting for a stream included.
    public var requestTimeout: Duration
    /// How long a connection may be silent before it is asked whether it is still there.
    public var pingAfterIdle: Duration
    /// How long the answer to that may take; without one the connection has died.
    public var pingTimeout: Duration
    /// The first pause before connecting again after a failure; it doubles with each further one, and varies at random.
    public var firstReconnectPause: Duration
    /// The longest such pause.
    public var longestReconnectPause: Duration
    /// Bytes of an answer's header fields; a longer one ends its request.
    public var maximumResponseHeaderBytes: Int
    /// Bytes of an answer's body; a longer one ends its request.
    public var maximumResponseBytes: Int
    /// Names of request fields, in lower case, whose values differ so much that remembering them would not make the
    /// next request shorter, or are secret.
    public var unindexedHeaders: Set<String>

    /// Describes a client of one server.
    public init(
        host: String, port: Int = 443, trustedCertificates: String? = nil, identity: TLSIdentity? = nil,
        maximumConnections: Int = 4, maximumStreamsPerConnection: Int = 4_096,
        connectTimeout: Duration = .seconds(10), requestTimeout: Duration = .seconds(30),
        pingAfterIdle: Duration = .seconds(3_600), pingTimeout: Duration = .seconds(10),
        firstReconnectPause: Duration = .milliseconds(250), longestReconnectPause: Duration = .seconds(60),
        maximumResponseHeaderBytes: Int = 16 << 10, maximumResponseBytes: Int = 64 << 10,
        unindexedHeaders: Set<String> = ["authorization"]
    ) {
        self.host = host
        self.port = port
        self.trustedCertificates = trustedCertificates
        self.identity = identity
        self.maximumConnections = max(1, maximumConnections)
        self.maximumStreamsPerConnection = max(1, maximumStreamsPerConnection)
        self.connectTimeout = connectTimeout
        self.requestTimeout = requestTimeout
        self.pingAfterIdle = pingAfterIdle
        self.pingTimeout = pingTimeout
        self.firstReconnectPause = firstReconnectPause
        self.longestReconnectPause = longestReconnectPause
        self.maximumResponseHeaderBytes = maximumResponseHeaderBytes
        self.maximumResponseBytes = maximumResponseBytes
        self.unindexedHeaders = unindexedHeaders
    }
}
