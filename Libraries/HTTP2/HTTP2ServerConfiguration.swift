/// What an HTTP/2 server is like.
public struct HTTP2ServerConfiguration: Sendable {
    /// The numeric address to listen on.
    public var address: String
    /// The port to listen on, 0 for any free one.
    public var port: Int
    /// Who the server is.
    public var identity: TLSIdentity
    /// What it asks its clients.
    public var clientCertificates: HTTP2ClientCertificates
    /// Requests at once that a new connection is allowed; see ``HTTP2ServerConnection/setMaximumConcurrentStreams(_:)``.
    public var maximumConcurrentStreams: Int
    /// The same for clients that show no certificate; nil when it makes no difference.
    public var maximumConcurrentStreamsWithoutCertificate: Int?
    /// Bytes of a request's body that are kept; of a longer one the handler sees the beginning.
    public var maximumRequestBytes: Int
    /// Bytes of a request's header fields; more resets the stream.
    public var maximumRequestHeaderBytes: Int
    /// How many streams a client may reset.
    public var resetAllowance: HTTP2ResetAllowance
    /// Connections at once; a further one is closed.
    public var maximumConnections: Int
    /// How long the TLS handshake may take.
    public var handshakeTimeout: Duration

    /// Describes a server.
    public init(
        address: String = "127.0.0.1", port: Int = 0, identity: TLSIdentity,
        clientCertificates: HTTP2ClientCertificates = .notAsked, maximumConcurrentStreams: Int = 1_000,
        maximumConcurrentStreamsWithoutCertificate: Int? = nil,
        maximumRequestBytes: Int = 64 << 10, maximumRequestHeaderBytes: Int = 16 << 10,
        resetAllowance: HTTP2ResetAllowance = .init(), maximumConnections: Int = 1_024,
        handshakeTimeout: Duration = .seconds(10)
    ) {
        self.address = address
        self.port = port
        self.identity = identity
        self.clientCertificates = clientCertificates
        self.maximumConcurrentStreams = max(0, maximumConcurrentStreams)
        self.maximumConcurrentStreamsWithoutCertificate = maximumConcurrentStreamsWithoutCertificate
        self.maximumRequestBytes = max(0, maximumRequestBytes)
        self.maximumRequestHeaderBytes = maximumRequestHeaderBytes
        self.resetAllowance = resetAllowance
        self.maximumConnections = max(1, maximumConnections)
        self.handshakeTimeout = handshakeTimeout
    }
}
