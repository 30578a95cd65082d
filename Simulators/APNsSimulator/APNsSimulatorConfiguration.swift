import HTTP2
import HTTPTypes

/// What a simulated APNs is like.
public struct APNsSimulatorConfiguration: Sendable {
    /// The address of both listeners.
    public var address: String
    /// The port for providers, 0 for any free one.
    public var port: Int
    /// The port of the control interface, 0 for any free one; nil for none.
    public var controlPort: Int?
    /// Who the simulator is.
    public var identity: TLSIdentity
    /// The authorities that issue pass certificates, in PEM.
    public var clientAuthorities: String
    /// Whether a certificate that they did not issue, or that has expired, ends the handshake instead of being
    /// answered with BadCertificate.
    public var refusesCertificatesInHandshake: Bool
    /// The keys that provider tokens may be signed with.
    public var providerKeys: [APNsProviderKey]
    /// Requests at once on a connection; with provider tokens it is 1 until the first valid one.
    public var maximumConcurrentStreams: Int
    /// How many streams a provider may reset.
    public var resetAllowance: HTTP2ResetAllowance
    /// Whether device tokens that the simulator did not give out are refused.
    public var acceptsKnownTokensOnly: Bool
    /// Whether everything is accepted unseen and nothing is kept, for benchmarks.
    public var isSink: Bool
    /// Pushes that are kept, one for each token and topic.
    public var storedPushes: Int
    /// The clock.
    public var now: @Sendable () -> Instant

    /// Describes a simulator.
    public init(
        address: String = "127.0.0.1", port: Int = 0, controlPort: Int? = nil, identity: TLSIdentity,
        clientAuthorities: String, refusesCertificatesInHandshake: Bool = false,
        providerKeys: [APNsProviderKey] = [], maximumConcurrentStreams: Int = 1_000,
        resetAllowance: HTTP2ResetAllowance = .init(), acceptsKnownTokensOnly: Bool = false, isSink: Bool = false,
        storedPushes: Int = 1_000_000, now: @escaping @Sendable () -> Instant = Instant.now
    ) {
        self.address = address
        self.port = port
        self.controlPort = controlPort
        self.identity = identity
        self.clientAuthorities = clientAuthorities
        self.refusesCertificatesInHandshake = refusesCertificatesInHandshake
        self.providerKeys = providerKeys
        self.maximumConcurrentStreams = maximumConcurrentStreams
        self.resetAllowance = resetAllowance
        self.acceptsKnownTokensOnly = acceptsKnownTokensOnly
        self.isSink = isSink
        self.storedPushes = max(1, storedPushes)
        self.now = now
    }
}
