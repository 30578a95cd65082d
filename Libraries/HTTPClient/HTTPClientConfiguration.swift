/// How a client connects. There is no way to turn the verification of servers off.
public struct HTTPClientConfiguration: Sendable {
    /// A PEM file with the authorities that servers are verified against, instead of the system's.
    public var caFile: String?
    /// The certificate shown to servers that ask for one, in PEM, followed by its intermediates.
    public var clientCertificatePEM: [UInt8]?
    /// The unencrypted key of that certificate, in PEM.
    public var clientKeyPEM: [UInt8]?
    /// The value of `User-Agent` where a request has none.
    public var userAgent: String
    /// Connections to one host and port; further requests wait for one.
    public var maximumConnectionsPerHost: Int
    /// Connections that are kept open for later requests.
    public var maximumKeptConnections: Int
    /// How long connecting and the TLS handshake may take; the request's deadline ends them too.
    public var connectTimeout: Duration
    /// How long a connection may stay unused; shorter than what servers allow, so that few requests meet a closed one.
    public var idleTimeout: Duration
    /// Which addresses may be connected to, asked with the four or sixteen bytes of each one that a name led to; nil
    /// permits all. What it refuses is not even tried, whatever a name meant when it was looked at before.
    public var permitsAddress: (@Sendable (_ address: [UInt8]) -> Bool)?

    /// Describes how a client connects.
    public init(
        caFile: String? = nil, clientCertificatePEM: [UInt8]? = nil, clientKeyPEM: [UInt8]? = nil,
        userAgent: String = "wallet", maximumConnectionsPerHost: Int = 64, maximumKeptConnections: Int = 64,
        connectTimeout: Duration = .seconds(5), idleTimeout: Duration = .seconds(50),
        permitsAddress: (@Sendable (_ address: [UInt8]) -> Bool)? = nil
    ) {
        self.caFile = caFile
        self.clientCertificatePEM = clientCertificatePEM
        self.clientKeyPEM = clientKeyPEM
        self.userAgent = userAgent
        self.maximumConnectionsPerHost = max(1, maximumConnectionsPerHost)
        self.maximumKeptConnections = max(1, maximumKeptConnections)
        self.connectTimeout = connectTimeout
        self.idleTimeout = idleTimeout
        self.permitsAddress = permitsAddress
    }
}

extension HTTPClientConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Leaves the key out.
    public var description: String { "HTTPClientConfiguration(\(userAgent))" }

    /// The same as the description.
    public var debugDescription: String { description }

    /// Shows the description alone.
    public var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)](), displayStyle: .struct) }
}
